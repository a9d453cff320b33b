import { isObject, pointer, withAt } from '../document/json.ts';
import { isCheckedFormat } from './formats.ts';
import { type Place, places } from './places.ts';
import type { Resolve, Schema } from './schema.ts';
import { validate } from './validate.ts';
import { fit, show } from './vary.ts';

export type BreakKind = 'required' | 'type' | 'enum' | 'bound';

export interface Break {
  readonly kind: BreakKind;
  readonly path: Place['path'];
  readonly what: string;
  readonly body: unknown;
}

const MAX_TEXT = 100_000;

/** Values that are wrong in one place, and only there. */
export function breaks(resolve: Resolve, schema: Schema, body: unknown): Break[] {
  return places(resolve, schema, body).flatMap((place) => {
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
        found.push({
          kind: 'required',
          path,
          what: `${pointer(path)} is missing`,
          body: withAt(body, path, undefined),
        });
      }
      if (place.view.closed) found.push(at('bound', 'has a member too many', { ...place.value, undeclared: 1 }));
    }
    for (const value of wrongTypes(place)) found.push(at('type', `is ${show(value)}, of another type`, value));
    if (place.view.enum !== undefined && typeof place.value === 'string') {
      found.push(at('enum', 'is outside its enum', `${place.value}_NOT`));
      found.push(at('enum', 'is outside its enum, but for its case', otherCase(place.value)));
    } else if (place.view.enum !== undefined && typeof place.value === 'number') {
      found.push(at('enum', 'is outside its enum', 987_654));
    }
    for (const value of beyond(place)) found.push(at('bound', `is ${show(value)}, beyond its bound`, value));
    return found.filter((one) => validate(resolve, schema, one.body, 'request').length > 0);
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

function beyond({ value, view, path }: Place): unknown[] {
  if (typeof path.at(-1) === 'number' && path.at(-1) !== 0) return [];
  const found: unknown[] = [];
  if (typeof value === 'number') {
    const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = view;
    if (minimum !== undefined) found.push(exclusiveMinimum === true ? minimum : minimum - 1);
    if (maximum !== undefined) found.push(exclusiveMaximum === true ? maximum : maximum + 1);
    if (typeof exclusiveMinimum === 'number') found.push(exclusiveMinimum);
    if (typeof exclusiveMaximum === 'number') found.push(exclusiveMaximum);
    if (view.types.includes('integer')) found.push(value + 0.5);
    if (view.multipleOf !== undefined) found.push(value + view.multipleOf / 2);
  }
  if (typeof value === 'string' && view.enum === undefined && !('const' in view)) {
    if (view.minLength) found.push(fit(value, 0, view.minLength - 1));
    if (view.maxLength !== undefined && view.maxLength < MAX_TEXT) {
      found.push(fit(value, view.maxLength + 1, view.maxLength + 1));
    }
    const wrong = '!! no such thing !!';
    if (view.pattern !== undefined) found.push(wrong);
    else if (view.format !== undefined && isCheckedFormat(view.format)) found.push(wrong);
  }
  if (Array.isArray(value) && value.length > 0) {
    if (view.minItems) found.push(value.slice(0, view.minItems - 1));
    if (view.uniqueItems === true && value.length < (view.maxItems ?? 1000)) found.push([value[0], ...value]);
    if (view.maxItems !== undefined && view.maxItems < 1000) {
      found.push(
        Array.from({ length: view.maxItems + 1 }, (_, index) => distinct(value, index, view.uniqueItems === true)),
      );
    }
  }
  if (isObject(value)) {
    if (view.minProperties === 1 && view.required.length === 0) found.push({});
  }
  return found;
}

/** Items that differ, so that only their number is wrong. */
function distinct(value: readonly unknown[], index: number, unique: boolean): unknown {
  const [item] = value;
  if (!unique || index === 0) return item;
  return typeof item === 'string' ? `${item.slice(0, 12)}${index}` : typeof item === 'number' ? item + index : item;
}
