import document from '../../generated/openapi.json' with { type: 'json' };
import { type OperationId, operations } from '../../generated/operations.ts';
import { isObject, resolve } from '../../pipeline/document/references.ts';
import { partsOf } from '../../pipeline/document/schemas.ts';
import type { Document } from '../../pipeline/document/types.ts';

/** The help of an operation, from the document. */

const contract = document as unknown as Document;

export const summaryOf = (id: OperationId): string => String(operationOf(id).summary ?? '');

/** A line for each member of the input. */
export function describeInput(id: OperationId): string {
  const parameters = parametersOf(id).map(({ name, schema, required, description }) =>
    line(String(name), { ...resolved(schema), description }, required === true, 1),
  );
  const schema = bodyOf(id)?.schema;
  return ['Input:', ...parameters, ...(schema === undefined ? [] : members(schema, 1))].join('\n');
}

/** A command that calls the operation with the document's own example. */
export function exampleOf(id: OperationId): string {
  const path = Object.fromEntries(parametersOf(id).map((parameter) => [parameter.name, parameter.example]));
  const examples = bodyOf(id)?.examples;
  const [first] = isObject(examples) ? Object.values(examples) : [];
  const example = resolve(contract, first);
  const body = isObject(example) && isObject(example.value) ? example.value : {};
  return `amplify-backend-auth call ${id} --json '${JSON.stringify({ ...path, ...body })}'`;
}

function operationOf(id: OperationId): Record<string, unknown> {
  const { path, method } = operations[id];
  const operation = contract.paths?.[path]?.[method.toLowerCase()];
  return isObject(operation) ? operation : {};
}

function parametersOf(id: OperationId): Record<string, unknown>[] {
  const item = contract.paths?.[operations[id].path];
  return [item?.parameters, operationOf(id).parameters]
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .map((parameter) => resolved(parameter))
    .filter((parameter) => parameter.in !== 'header');
}

function bodyOf(id: OperationId): Record<string, unknown> | undefined {
  const body = resolved(operationOf(id).requestBody);
  const content = isObject(body.content) ? body.content : {};
  const media = content['application/json'];
  return isObject(media) ? media : undefined;
}

const resolved = (node: unknown): Record<string, unknown> => {
  const found = resolve(contract, node);
  return isObject(found) ? found : {};
};

function members(schema: unknown, depth: number): string[] {
  const all = partsOf(contract, schema);
  const required = new Set(all.flatMap((part) => (Array.isArray(part.required) ? part.required : [])));
  return all.flatMap(({ properties }) =>
    Object.entries(isObject(properties) ? properties : {}).flatMap(([name, member]) => {
      const whole = { ...resolved(member), ...(isObject(member) ? member : {}) };
      return [line(name, whole, required.has(name), depth), ...members(member, depth + 1)];
    }),
  );
}

function line(name: string, schema: Record<string, unknown>, required: boolean, depth: number): string {
  const items = schema.type === 'array' ? resolved(schema.items) : undefined;
  const type = items === undefined ? typeOf(schema) : `list of ${typeOf(items)}`;
  const marks = [...(required ? ['required'] : []), ...(schema.deprecated === true ? ['deprecated'] : [])];
  const head = `${'  '.repeat(depth)}${name}  ${[type, ...marks].join(', ')}`;
  // Its first sentence.
  const [description = ''] = String(schema.description ?? '')
    .replaceAll(/\s+/g, ' ')
    .split(/(?<=\.)\s/);
  return description === '' ? head : `${head}: ${description}`;
}

const typeOf = ({ enum: values, type }: Record<string, unknown>): string =>
  Array.isArray(values) ? values.join(' | ') : String(type ?? 'any');
