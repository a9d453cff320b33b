import type { Document } from './document.ts';
import { type Path, pointer, withAt } from './json.ts';
import { type Place, places } from './places.ts';
import type { Schema } from './schema.ts';
import type { Validators } from './validators.ts';

/** A body that differs from a valid one in one place. */
export interface Variant {
  readonly path: Path;
  /** Such as `/resourceConfig/service left out`. */
  readonly what: string;
  readonly body: unknown;
}

/** What is as valid as `body`: another value of an enum, an optional part left out, a bound that the schema names. */
export function variations(document: Document, validators: Validators, schema: Schema, body: unknown): Variant[] {
  return [...places(document, validators, schema, body)].flatMap((place) => {
    const at = (what: string, value: unknown): Variant => ({
      path: place.path,
      what: `${pointer(place.path) || 'the body'} ${what}`,
      body: withAt(body, place.path, value),
    });
    const found = others(place).map((value) => at(`is ${show(value)}`, value));
    if (place.optional === true) found.push(at('left out', undefined));
    return found.filter((variant) => validators.fits(schema, variant.body));
  });
}

function others({ path, value, view }: Place): unknown[] {
  // The items of a list are alike: the first one stands for them.
  if (typeof path.at(-1) === 'number' && path.at(-1) !== 0) return [];
  const found: unknown[] = [...(view.enum ?? [])];
  if (typeof value === 'boolean') found.push(!value);
  if (typeof value === 'number') found.push(view.minimum, view.maximum);
  if (typeof value === 'string' && view.pattern === undefined && view.format === undefined) {
    for (const length of [view.minLength, view.maxLength]) {
      if (length !== undefined && length < 100_000) found.push(value.slice(0, length).padEnd(length, 'x'));
    }
  }
  if (Array.isArray(value)) {
    if (value.length > 0) found.push([]);
    if (value.length > 1) found.push(value.slice(0, 1));
    if (value.length > 0 && view.maxItems !== undefined && view.maxItems < 1000 && view.uniqueItems !== true) {
      found.push(Array.from({ length: view.maxItems }, () => value[0]));
    }
  }
  return found.filter((other) => other !== undefined && JSON.stringify(other) !== JSON.stringify(value));
}

export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
