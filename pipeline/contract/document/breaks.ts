import type { Document } from './document.ts';
import { isObject, pointer, withAt } from './json.ts';
import { type Place, places } from './places.ts';
import type { Schema } from './schema.ts';
import type { Validators } from './validators.ts';
import { show, type Variant } from './vary.ts';

export type BreakKind = 'required' | 'type' | 'enum' | 'bound';

export interface Break extends Variant {
  readonly kind: BreakKind;
}

/** What is wrong in one place, and only there: Ajv has refused each of them. */
export function breaks(document: Document, validators: Validators, schema: Schema, body: unknown): Break[] {
  return [...places(document, validators, schema, body)].flatMap((place) => {
    const at = (kind: BreakKind, what: string, value: unknown): Break => ({
      kind,
      path: place.path,
      what: `${pointer(place.path) || 'the body'} ${what}`,
      body: withAt(body, place.path, value),
    });
    const found: Break[] = [];
    if (isObject(place.value)) {
      for (const name of place.view.required) {
        if (!Object.hasOwn(place.value, name)) continue;
        const path = [...place.path, name];
        const what = `${pointer(path)} is missing`;
        found.push({ kind: 'required', path, what, body: withAt(body, path, undefined) });
      }
      if (place.view.additionalProperties === false) {
        found.push(at('bound', 'has a member too many', { ...place.value, undeclared: 1 }));
      }
    }
    for (const value of wrongTypes(place)) found.push(at('type', `is ${show(value)}, of another type`, value));
    if (place.view.enum !== undefined && typeof place.value === 'string') {
      found.push(at('enum', 'is outside its enum', `${place.value}_NOT`));
      found.push(at('enum', 'is outside its enum, but for its case', otherCase(place.value)));
    }
    for (const value of beyond(place)) found.push(at('bound', `is ${show(value)}, beyond its bound`, value));
    return found.filter((one) => !validators.fits(schema, one.body));
  });
}

const otherCase = (text: string): string => (text === text.toLowerCase() ? text.toUpperCase() : text.toLowerCase());

/** A text or a number where an object or a list should be, and the like; never one that means the same as text. */
function wrongTypes({ view, value, path }: Place): unknown[] {
  if (typeof path.at(-1) === 'number' && path.at(-1) !== 0) return [];
  if (view.types.length === 0) return [];
  if (isObject(value)) return ['text', [], null];
  if (Array.isArray(value)) return [{}, 7, null];
  return typeof value === 'string' ? [7, {}, null] : ['text', {}, null];
}

function beyond({ value, view }: Place): unknown[] {
  const found: unknown[] = [];
  if (typeof value === 'number') {
    if (view.minimum !== undefined) found.push(view.minimum - 1);
    if (view.maximum !== undefined) found.push(view.maximum + 1);
    if (view.exclusiveMinimum !== undefined) found.push(view.exclusiveMinimum);
    if (view.exclusiveMaximum !== undefined) found.push(view.exclusiveMaximum);
    if (view.types.includes('integer')) found.push(value + 0.5);
  }
  if (typeof value === 'string') {
    if (view.minLength) found.push('x'.repeat(view.minLength - 1));
    if (view.maxLength !== undefined && view.maxLength < 100_000) found.push('x'.repeat(view.maxLength + 1));
    if (view.pattern !== undefined || view.format !== undefined) found.push('\u0007 no such thing');
  }
  if (Array.isArray(value) && value.length > 0) {
    if (view.minItems) found.push(value.slice(0, view.minItems - 1));
    if (view.uniqueItems === true) found.push([value[0], ...value]);
    if (view.maxItems !== undefined && view.maxItems < 1000) {
      found.push(Array.from({ length: view.maxItems + 1 }, () => value[0]));
    }
  }
  return found;
}
