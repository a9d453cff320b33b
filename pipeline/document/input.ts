import type { MediaType } from './mediaTypes.ts';
import type { Operation, Parameter } from './operations.ts';
import { partsOf, typesOf } from './schemas.ts';
import type { Document } from './types.ts';

/** Where each member of a handler's flat input comes from. */
export interface Input {
  /** One member each, by the parameter's name. */
  readonly parameters: readonly Parameter[];
  /** `members`: the body's members are members of the input. `value`: the body is the input's `body`. */
  readonly body: 'none' | 'members' | 'value';
  /** The names of the body's members that the schema gives, where they are members of the input. */
  readonly members: readonly string[];
}

/**
 * The body is flat where every media type of it is an object that names members, is not a choice of schemas, and names
 * no member that bears a parameter's name. The schema alone decides.
 */
export function inputOf(document: Document, { parameters, body }: Operation): Input {
  if (body === undefined) return { parameters, body: 'none', members: [] };
  const whole: Input = { parameters, body: 'value', members: [] };
  const named = body.contents.map((content) => membersOf(document, content));
  if (named.length === 0 || !named.every((names) => names !== undefined)) return whole;
  const members = [...new Set(named.flat())];
  const taken = new Set(parameters.map(({ name }) => name));
  return members.some((name) => taken.has(name)) ? whole : { parameters, body: 'members', members };
}

/** The members that an object's schema names, or nothing where a body is handed over whole. */
function membersOf(document: Document, { kind, schema }: MediaType): string[] | undefined {
  if (schema === undefined || !(kind === 'json' || kind === 'form' || kind === 'multipart')) return undefined;
  const parts = partsOf(document, schema);
  if (parts.some(({ oneOf, anyOf }) => oneOf || anyOf)) return undefined;
  if ([...typesOf(document, schema)].join() !== 'object') return undefined;
  const names = parts.flatMap(({ properties }) => Object.keys(properties ?? {}));
  return names.length > 0 ? [...new Set(names)] : undefined;
}
