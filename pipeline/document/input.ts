import type { MediaType } from './mediaTypes.ts';
import type { Operation, Parameter } from './operations.ts';
import { partsOf, typesOf } from './schemas.ts';
import type { Document } from './types.ts';

/** Where each member of a handler's flat input comes from. */
export interface Input {
  /** One member each, by the parameter's name. Of two parameters of one name, the first. */
  readonly parameters: readonly Parameter[];
  /** `members`: the body's members are members of the input. `value`: the body is one member, `bodyName`. */
  readonly body: 'none' | 'members' | 'value';
  /** The member that holds a whole body: `body`, unless a parameter bears that name; then `requestBody`. */
  readonly bodyName: string;
  /** The names of the body's members that the schema gives, where they are members of the input. */
  readonly members: readonly string[];
}

/**
 * The body is flat where every media type of it is an object that names members, is not a choice of schemas, and names
 * no member that bears a parameter's name. The schema alone decides.
 */
export function inputOf(document: Document, { parameters: all, body }: Operation): Input {
  const byName = new Map(all.toReversed().map((parameter) => [parameter.name, parameter]));
  const parameters = all.filter((parameter) => byName.get(parameter.name) === parameter);
  const bodyName = freeName(byName);
  if (body === undefined) return { parameters, body: 'none', bodyName, members: [] };
  const whole: Input = { parameters, body: 'value', bodyName, members: [] };
  const named = body.contents.map((content) => membersOf(document, content));
  if (named.length === 0 || !named.every((names) => names !== undefined)) return whole;
  const members = [...new Set(named.flat())];
  return members.some((name) => byName.has(name)) ? whole : { ...whole, body: 'members', members };
}

function freeName(taken: ReadonlyMap<string, unknown>): string {
  if (!taken.has('body')) return 'body';
  let name = 'requestBody';
  while (taken.has(name)) name += '_';
  return name;
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
