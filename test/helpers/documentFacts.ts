import { jsonSchema, type Operation, refersTo, resolve, type Schema } from './bundledDocument.ts';
import { below, each, type Facts, fact, type OperationFacts } from './facts.ts';

const kinds: Record<string, string> = { object: 'structure', array: 'list', integer: 'number' };

/** The document's facts about an operation, in a form that can be compared with the SDK's schema. */
export function factsOf(operation: Operation): OperationFacts {
  const success = Object.keys(operation.responses).find((status) => status.startsWith('2')) ?? 'none';
  const parameters = operation.parameters.map(
    ({ in: place, name, required = false, schema }) => [`${place} ${name}`, fact(typeOf(schema), required)] as const,
  );
  const body = Object.entries(membersOf(jsonSchema(operation.requestBody) ?? {}));
  return {
    method: operation.method.toUpperCase(),
    path: operation.path,
    status: Number(success),
    input: Object.fromEntries([...parameters, ...body.map(([place, what]) => [`body ${place}`, what] as const)]),
    output: outputOf(jsonSchema(operation.responses[success]) ?? {}),
  };
}

export interface ErrorFacts {
  readonly status: number;
  /** The one that goes over the wire: what the header says. */
  readonly name: string;
  readonly members: Facts;
}

/** The errors of an operation, but for the default, which is whatever else may go wrong. */
export function errorsOf({ responses }: Operation): ErrorFacts[] {
  return Object.entries(responses)
    .filter(([status]) => /^[45]/.test(status))
    .map(([status, response]) => ({
      status: Number(status),
      name: response.headers?.['x-amzn-ErrorType']?.schema.const ?? 'nameless',
      members: outputOf(jsonSchema(response) ?? {}),
    }));
}

/** The members of an answer, with those of every schema it is made of. */
function outputOf(schema: Schema): Facts {
  const parts = resolve(schema).allOf ?? [schema];
  return Object.assign({}, ...parts.map((part) => membersOf({ ...resolve(part), required: [] })));
}

/** All that is below a schema, and its place under it. */
export function membersOf(schema: Schema, place = ''): Facts {
  const { properties = {}, required = [], items } = resolve(schema);
  const facts: Record<string, string> = {};
  for (const [name, property] of Object.entries(properties)) {
    const at = below(place, name);
    facts[at] = fact(typeOf(property), required.includes(name));
    Object.assign(facts, membersOf(property, at));
  }
  if (items) {
    facts[each(place)] = typeOf(items);
    Object.assign(facts, membersOf(items, each(place)));
  }
  return facts;
}

function typeOf(schema: Schema): string {
  const { type = 'anything', enum: values } = resolve(schema);
  return values ? `${type} of ${refersTo(schema) ?? values.join(' | ')}` : (kinds[type] ?? type);
}
