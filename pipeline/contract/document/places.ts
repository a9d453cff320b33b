import type { Document } from './document.ts';
import { isObject, type Path } from './json.ts';
import { type Schema, type View, viewOf } from './schema.ts';
import type { Validators } from './validators.ts';

/** A place in a value, with what the schema says of it. */
export interface Place {
  readonly path: Path;
  readonly value: unknown;
  readonly view: View;
  readonly schema: Schema;
  /** Whether it may be left out; undefined for the whole and for items. */
  readonly optional: boolean | undefined;
}

/** Every place of a value that its schema declares, the whole first. */
export function* places(
  document: Document,
  validators: Validators,
  schema: Schema,
  value: unknown,
  path: Path = [],
  optional?: boolean,
): Generator<Place> {
  const choose = (branches: readonly Schema[]) =>
    branches.find((branch) => validators.fits(branch, value)) ?? branches[0] ?? {};
  const view = viewOf(document.resolve, schema, choose);
  yield { path, value, view, schema, optional };
  if (Array.isArray(value) && view.items !== undefined) {
    for (const [index, item] of value.entries()) {
      yield* places(document, validators, view.items, item, [...path, index]);
    }
  } else if (isObject(value)) {
    for (const [name, member] of Object.entries(value)) {
      const declared = Object.hasOwn(view.properties, name) ? view.properties[name] : undefined;
      if (declared === undefined) continue;
      yield* places(document, validators, declared, member, [...path, name], !view.required.includes(name));
    }
  }
}

/** The place in the schema: every item of a list is the same one. */
export const schemaPlace = (path: Path): string =>
  path.map((step) => (typeof step === 'number' ? '/*' : `/${step}`)).join('');
