import { isObject } from '../document/json.ts';
import type { Direction } from './evaluation.ts';
import type { Resolve, Schema } from './schema.ts';

/** The mark of members that are not part of a request, or of an answer. */
export const markOf = (direction: Direction): 'readOnly' | 'writeOnly' =>
  direction === 'request' ? 'readOnly' : 'writeOnly';

/** Whether a member is no part of a request, or of an answer: any of the schemas that it is made of may say so (JSON Schema 2020-12, Validation 9.4). */
export function isHidden(resolve: Resolve, member: unknown, direction: Direction): boolean {
  const mark = markOf(direction);
  return partsOf(resolve, member, []).some((part) => part[mark] === true);
}

/** The names of the members that a schema hides, in whatever part of it. */
export function hiddenMembers(resolve: Resolve, schema: Schema, direction: Direction): string[] {
  return partsOf(resolve, schema, []).flatMap(({ properties = {} }) =>
    Object.keys(properties).filter((name) => isHidden(resolve, properties[name], direction)),
  );
}

function partsOf(resolve: Resolve, node: unknown, above: readonly Schema[]): Schema[] {
  if (!isObject(node)) return [];
  const schema = resolve(node as Schema);
  if (above.includes(schema)) return [];
  const inner = Array.isArray(schema.allOf) ? schema.allOf : [];
  const beside = schema === node ? [] : [node as Schema];
  return [...beside, schema, ...inner.flatMap((part) => partsOf(resolve, part, [...above, schema]))];
}
