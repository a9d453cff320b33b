import { isObject } from '../document/json.ts';
import type { Direction } from './evaluation.ts';
import { isHidden } from './marks.ts';
import { chosenFor } from './places.ts';
import { type Resolve, type Schema, viewOf } from './schema.ts';

/** The value without the members that are no part of a request, or of an answer, at every depth. */
export function withoutHidden(resolve: Resolve, schema: Schema, value: unknown, direction: Direction): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { properties, items } = viewOf(resolve, schema, chosenFor(resolve, value));
  if (Array.isArray(value)) return value.map((item) => withoutHidden(resolve, items ?? {}, item, direction));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      const member = Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (!isObject(member)) return [[name, inner]];
      return isHidden(resolve, member, direction) ? [] : [[name, withoutHidden(resolve, member, inner, direction)]];
    }),
  );
}
