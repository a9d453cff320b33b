import { type Document, type Operation, operationsOf, type Reference, resolve, type Schema } from './document.ts';
import { banner, jsdoc, literal, member } from './text.ts';

/** The table that dispatcher and client read at run time: what stands where in the request, and what success is. */
export function operations(document: Document): string {
  const entries = operationsOf(document).map((operation) => {
    const { id, method, path, parameters, object } = operation;
    const named = (place: string) => parameters.filter((parameter) => parameter.in === place).map(({ name }) => name);
    const fields = {
      method,
      path,
      pathParams: named('path'),
      queryParams: named('query'),
      headerParams: named('header'),
      body: bodyOf(document, operation),
      status: successOf(operation),
    };
    const lines = Object.entries(fields).map(([name, value]) => `    ${name}: ${literal(value)},\n`);
    return `${jsdoc(object.summary, '  ')}  ${member(id)}: {\n${lines.join('')}  },\n`;
  });
  return `${banner}
export const operations = {
${entries.join('')}} as const;

export type OperationId = keyof typeof operations;
`;
}

/**
 * `members`: an object whose members the flat input takes up. `value`: a body that has no members, or one that shares a
 * name with a parameter, and is therefore given whole.
 */
function bodyOf(document: Document, { object, parameters }: Operation): 'none' | 'members' | 'value' {
  if (!object.requestBody) return 'none';
  const schema = resolve(document, object.requestBody).content?.['application/json']?.schema;
  const members = schema && membersOf(document, schema);
  return members && !parameters.some(({ name }) => members.has(name)) ? 'members' : 'value';
}

/** The members that a schema names, or nothing where a value of it need not be an object. */
function membersOf(document: Document, node: Schema | Reference): Set<string> | undefined {
  const schema = resolve(document, node);
  const parts = (schema.allOf ?? []).map((part) => membersOf(document, part));
  const isObject = schema.type === 'object' || (schema.type === undefined && schema.properties);
  if (!isObject && !(parts.length > 0 && parts.every(Boolean))) return undefined;
  return new Set([...Object.keys(schema.properties ?? {}), ...parts.flatMap((part) => [...(part ?? [])])]);
}

function successOf({ object }: Operation): number {
  const status = Object.keys(object.responses ?? {}).find((key) => /^2(\d\d|XX)$/i.test(key));
  return Number(status?.replace(/XX/i, '00') ?? 200);
}
