import { isObject } from '../../pipeline/document/references.ts';
import { partsOf } from '../../pipeline/document/schemas.ts';
import type { Document } from '../../pipeline/document/types.ts';

/** The members of a value that its schema names, without `writeOnly` ones; undefined where none is left. */
export function declared(document: Document, schemas: readonly unknown[], value: unknown): unknown {
  const all = schemas.filter((schema) => schema !== undefined).flatMap((schema) => partsOf(document, schema));
  if (all.length === 0 || all.some(({ writeOnly }) => writeOnly === true)) return undefined;
  if (Array.isArray(value)) {
    const items = all.map(({ items }) => items);
    return value.map((item) => declared(document, items, item)).filter((item) => item !== undefined);
  }
  if (!isObject(value)) return value;
  const members = Object.entries(value).flatMap(([name, member]) => {
    const of = all.flatMap(({ properties }) =>
      isObject(properties) && Object.hasOwn(properties, name) ? [properties[name]] : [],
    );
    const kept = declared(document, of, member);
    return kept === undefined ? [] : [[name, kept] as const];
  });
  return Object.fromEntries(members);
}
