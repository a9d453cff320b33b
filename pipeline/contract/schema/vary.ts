import { patternOf } from '../../document/patterns.ts';
import { Random } from '../../document/random.ts';
import { type Path, pointer, withAt } from '../document/json.ts';
import { fit } from './fit.ts';
import { build } from './make.ts';
import { type Place, places } from './places.ts';
import type { Resolve, Schema } from './schema.ts';
import { validate, validator } from './validate.ts';

/** A value that differs from a valid one in one place. */
export interface Variant {
  readonly path: Path;
  /** Such as `/resourceConfig/service left out`. */
  readonly what: string;
  readonly body: unknown;
  /** Whether the document names this very value: of an enum, at a bound, without an optional part. */
  readonly declared: boolean;
}

const MAX_TEXT = 100_000;
/** Among them a letter whose mark is a character of its own, and what a page would have to escape. */
const BEYOND_ASCII = 'Zoë😀e\u0301<&>"漢字 \\ end';

const WHOLE_URI = 'https://example.com/a/B?c=d%20e&f=g#h';

/** Values as valid as `body`: another value of an enum, an optional part left out, a bound, text beyond ASCII. */
export function* variations(resolve: Resolve, schema: Schema, body: unknown): Generator<Variant> {
  const faultsOf = validator(resolve, 'request');
  for (const place of places(resolve, schema, body, faultsOf)) {
    for (const one of variationsAt(resolve, place, body)) if (faultsOf(schema, one.body).length === 0) yield one;
  }
}

function* variationsAt(resolve: Resolve, place: Place, body: unknown): Generator<Variant> {
  const at = (what: string, value: unknown, declared = true): Variant => ({
    path: place.path,
    what: `${pointer(place.path) || 'the body'} ${what}`,
    body: withAt(body, place.path, value),
    declared,
  });
  for (const value of others(place)) yield at(`is ${show(value)}`, value);
  if (place.optional === true) yield at('left out', undefined);
  for (const [what, value] of texts(place)) yield at(what, value, false);
  const number = precise(resolve, place);
  if (number !== undefined) yield at(`is ${number}`, number, false);
  for (const items of lists(resolve, place)) yield at(`is ${show(items)}`, items, false);
}

/** Other texts, and how each is to be called. */
function* texts({ path, value, view }: Place): Generator<[string, string]> {
  if (typeof value !== 'string' || repeatedItem(path) || view.enum !== undefined || 'const' in view) return;
  if (view.format === undefined) {
    const fitted = fit(BEYOND_ASCII, view.minLength, view.maxLength).replace(/ $/, 'x');
    if (view.pattern === undefined || patternOf(view.pattern)?.test(fitted)) yield ['has letters beyond ASCII', fitted];
    if (view.minLength === undefined) yield ['is ""', ''];
  } else if (view.format === 'uri') yield [`is ${show(WHOLE_URI)}`, WHOLE_URI];
}

/** The items of a list are alike: the first one stands for them. */
const repeatedItem = (path: Path): boolean => typeof path.at(-1) === 'number' && path.at(-1) !== 0;

function others({ path, value, view, schema }: Place): unknown[] {
  if (repeatedItem(path)) return [];
  const found: unknown[] = [...(view.enum ?? [])];
  if (typeof value === 'boolean') found.push(!value);
  if (typeof value === 'number') found.push(view.minimum, view.maximum);
  if (typeof value === 'string' && view.pattern === undefined && view.format === undefined && view.enum === undefined) {
    for (const length of [view.minLength, view.maxLength]) {
      if (length !== undefined && length < MAX_TEXT) found.push(fit(value, length, length));
    }
  }
  if (Array.isArray(value)) {
    if (value.length > 0) found.push([]);
    if (value.length > 1) found.push(value.slice(0, 1));
    if (value.length > 0 && view.maxItems !== undefined && view.maxItems < 1000 && view.uniqueItems !== true) {
      found.push(Array.from({ length: view.maxItems }, () => value[0]));
    }
  }
  // OpenAPI 3.0 gives no meaning to what stands beside a reference, and many documents do.
  const isNullable = view.nullable === true && (schema.$ref === undefined || schema.nullable !== true);
  if (value !== null && (isNullable || view.types.includes('null'))) found.push(null);
  return found.filter((other) => other !== undefined && JSON.stringify(other) !== JSON.stringify(value));
}

/** A number of which something is lost where it is rounded. */
function precise(resolve: Resolve, { value, view, schema }: Place): number | undefined {
  if (typeof value !== 'number' || view.enum !== undefined) return undefined;
  const { multipleOf: step } = view;
  const whole = step === undefined || Number.isInteger(step) ? 16_777_217 * (step ?? 1) : 37 * step;
  const candidates = view.types.includes('number') && step === undefined ? [12.75, 0.375, -0.375] : [whole, 37, 7];
  return candidates
    .map((one) => Number(one.toPrecision(12)))
    .find((one) => one !== value && validate(resolve, schema, one, 'request').length === 0);
}

/** Two items, so that their order shows, and one that holds what may part items. */
function lists(resolve: Resolve, { value, view }: Place): unknown[][] {
  if (!Array.isArray(value) || view.prefixItems !== undefined) return [];
  const [item] = value;
  if (typeof item === 'string') return [[`${item.slice(0, 8)}2`, `${item.slice(0, 8)}1`], [`${item.slice(0, 4)},b;c`]];
  if (typeof item === 'number') return [[item + 1, item]];
  const random = new Random(1, 'order');
  const other = item === undefined ? undefined : build(resolve, view.items ?? {}, { random, known: new Map() });
  return other !== undefined && 'value' in other ? [[other.value, item]] : [];
}

export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${[...text].slice(0, 57).join('')}…` : text;
}
