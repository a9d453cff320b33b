import { patternOf } from '../../document/patterns.ts';
import { sampleOf } from '../../document/samples.ts';
import { isObject, pointer, withAt } from '../document/json.ts';
import { fit } from './fit.ts';
import { isCheckedFormat } from './formats.ts';
import { mostPlaces, type Place, places } from './places.ts';
import { type Resolve, type Schema, type View, viewOf } from './schema.ts';
import { type Validate, validator } from './validate.ts';
import { show } from './vary.ts';

export type BreakKind = 'required' | 'type' | 'enum' | 'bound';

export interface Break {
  readonly kind: BreakKind;
  readonly path: Place['path'];
  readonly what: string;
  readonly body: unknown;
}

const MAX_TEXT = 100_000;

/** Values that are wrong in one place, and only there. */
export function* breaks(resolve: Resolve, schema: Schema, body: unknown): Generator<Break> {
  const faultsOf = validator(resolve, 'request');
  const most = mostPlaces(body);
  for (const place of places(resolve, schema, body, faultsOf)) {
    const required = needed(resolve, place).slice(0, most);
    for (const one of breaksAt(place, body, required, faultsOf)) if (faultsOf(schema, one.body).length > 0) yield one;
  }
}

/** The members that may not be left out: a server may put in what is the default. */
const needed = (resolve: Resolve, { view }: Place): string[] =>
  view.required.filter((name) => viewOf(resolve, view.properties[name] ?? {}).default === undefined);

/** Yields each way to break the schema at one place of a body. */
function* breaksAt(place: Place, body: unknown, required: readonly string[], faultsOf: Validate): Generator<Break> {
  const at = (kind: BreakKind, what: string, value: unknown): Break => ({
    kind,
    path: place.path,
    what: `${pointer(place.path) || 'the body'} ${what}`,
    body: withAt(body, place.path, value),
  });
  if (isObject(place.value)) {
    for (const name of required) {
      if (!Object.hasOwn(place.value, name)) continue;
      const path = [...place.path, name];
      yield { kind: 'required', path, what: `${pointer(path)} is missing`, body: withAt(body, path, undefined) };
    }
    if (place.view.closed) yield at('bound', 'has a member too many', { ...place.value, undeclared: 1 });
  }
  for (const value of wrongTypes(place)) yield at('type', `is ${show(value)}, of another type`, value);
  if (place.view.enum !== undefined && typeof place.value === 'string') {
    yield at('enum', 'is outside its enum', `${place.value}_NOT`);
    yield at('enum', 'is outside its enum, but for its case', otherCase(place.value));
  } else if (place.view.enum !== undefined && typeof place.value === 'number') {
    yield at('enum', 'is outside its enum', 987_654);
  }
  for (const value of [...beyond(place), ...membersBeyond(place, faultsOf)])
    yield at('bound', `is ${show(value)}, beyond its bound`, value);
}

const otherCase = (text: string): string => (text === text.toLowerCase() ? text.toUpperCase() : text.toLowerCase());

/** A value of each other kind, among them what a lenient reader takes for the right one: `"1"` for 1, an item for a list. */
function wrongTypes({ view, value, path }: Place): unknown[] {
  if (typeof path.at(-1) === 'number' && path.at(-1) !== 0) return [];
  if (view.types.length === 0) return [];
  if (isObject(value)) return ['text', [], null];
  if (Array.isArray(value)) return [{}, 7, null, ...value.slice(0, 1)];
  return typeof value === 'string' ? [7, {}, null] : ['text', {}, null, String(value)];
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
    // Half a step to the side on which there is room.
    if (view.multipleOf !== undefined) found.push(value + (maximum === value ? -1 : 1) * (view.multipleOf / 2));
  }
  if (typeof value === 'string' && view.enum === undefined && !('const' in view)) {
    if (view.minLength) found.push(tooShort(value, view, view.minLength - 1));
    if (view.maxLength !== undefined && view.maxLength < MAX_TEXT) found.push(tooLong(value, view, view.maxLength + 1));
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
  return found;
}

/** Too few members, too many, and one of a name that none may have. */
function membersBeyond({ value, view }: Place, faultsOf: Validate): unknown[] {
  if (!isObject(value)) return [];
  const found: unknown[] = [];
  const { minProperties = 0, maxProperties, propertyNames } = view;
  const names = Object.keys(value);
  if (minProperties > 0 && minProperties > view.required.length) {
    const kept = names.toSorted((a, b) => Number(view.required.includes(b)) - Number(view.required.includes(a)));
    found.push(Object.fromEntries(kept.slice(0, minProperties - 1).map((name) => [name, value[name]])));
  }
  const free = names.find((name) => !Object.hasOwn(view.properties, name));
  const member = free === undefined ? 'text' : value[free];
  const isName = (name: string) => propertyNames === undefined || faultsOf(propertyNames, name).length === 0;
  if (maxProperties !== undefined && maxProperties < 1000 && !view.closed) {
    const more = LETTERS.flatMap((a) => LETTERS.map((b) => `${free ?? 'key'}${a}${b}`)).filter(isName);
    const added = more.slice(0, Math.max(0, maxProperties + 1 - names.length)).map((name) => [name, member]);
    found.push({ ...value, ...Object.fromEntries(added) });
  }
  const wrong = ['!! no such name !!', 'x'.repeat(300), 'no_such_name'].find((name) => !isName(name));
  if (propertyNames !== undefined && wrong !== undefined) found.push({ ...value, [wrong]: member });
  return found;
}

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];

/** Shorter than it may be and wrong in nothing else, if such a text is found. */
function tooShort(value: string, { pattern }: View, most: number): string {
  const fits = matches(pattern);
  const lengths = Array.from({ length: Math.min(most, 50) }, (_, index) => most - index);
  const candidates = lengths.map((length) => fit(value, length, length));
  const sample = pattern === undefined ? undefined : sampleOf(pattern, 1);
  if (sample !== undefined && [...sample].length <= most) candidates.push(sample);
  return candidates.find((one) => one !== '' && fits(one)) ?? fit(value, most, most);
}

/** Longer than it may be and wrong in nothing else, if such a text is found. */
function tooLong(value: string, { pattern }: View, least: number): string {
  const fits = matches(pattern);
  const last = [...value].at(-1) ?? 'x';
  const padded = `${value}${last.repeat(Math.max(0, least - [...value].length))}`;
  const sample = pattern === undefined ? undefined : sampleOf(pattern, least);
  const candidates = [fit(value, least, least), padded, sample ?? ''];
  return candidates.find((one) => [...one].length >= least && fits(one)) ?? fit(value, least, least);
}

const matches = (pattern: string | undefined) => (text: string) =>
  pattern === undefined || (patternOf(pattern)?.test(text) ?? true);

/** Items that differ, so that only their number is wrong. */
function distinct(value: readonly unknown[], index: number, unique: boolean): unknown {
  const [item] = value;
  if (!unique || index === 0) return item;
  return typeof item === 'string' ? `${item.slice(0, 12)}${index}` : typeof item === 'number' ? item + index : item;
}
