import type { Document, Parameter } from '../document/document.ts';
import { isObject } from '../document/json.ts';
import { type Schema, viewOf } from '../schema/schema.ts';
import { validate } from '../schema/validate.ts';
import { keyOf } from '../wire/request.ts';
import type { Trial } from './trial.ts';

/** A parameter of the query that bounds a number or a time of the items, such as `min_total` or `createdAfter`. */
export interface Range {
  readonly parameter: Parameter;
  /** The members that it may be about; one, where its name says which. */
  readonly members: readonly string[];
  readonly isLower: boolean;
}

const LOWER = ['min', 'minimum', 'from', 'since', 'after', 'start', 'starting', 'gte', 'gt', 'newerthan'];
const UPPER = ['max', 'maximum', 'to', 'until', 'before', 'end', 'ending', 'lte', 'lt', 'olderthan'];
const DAY = 24 * 60 * 60_000; // ms

export function rangeOf(document: Document, parameter: Parameter, item: Schema): Range | undefined {
  if (parameter.in !== 'query') return undefined;
  const { types, format } = viewOf(document.resolve, parameter.schema);
  const isTime = format === 'date' || format === 'date-time';
  if (!isTime && !types.includes('number') && !types.includes('integer')) return undefined;
  const words = wordsOf(parameter.name);
  const bound = [words[0], words.at(-1)].find((word) => word !== undefined && [...LOWER, ...UPPER].includes(word));
  if (bound === undefined) return undefined;
  const stem = rootOf(words.filter((word) => word !== bound && word !== 'date' && word !== 'time'));
  const { properties } = viewOf(document.resolve, item);
  const comparable = Object.keys(properties).filter((name) => {
    const view = viewOf(document.resolve, properties[name] ?? {});
    if (isTime) return view.format === 'date' || view.format === 'date-time';
    return view.types.includes('number') || view.types.includes('integer');
  });
  const named = comparable.filter((name) => stem !== '' && rootOf(wordsOf(name)) === stem);
  const isLower = LOWER.includes(bound);
  if (named.length > 0) return { parameter, members: named.slice(0, 1), isLower };
  // `since` alone may be about any of the times.
  return stem === '' && isTime && comparable.length > 0 ? { parameter, members: comparable, isLower } : undefined;
}

const wordsOf = (name: string): string[] =>
  name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter(Boolean);

/** `created`, `createdAt` and `created_date` are about the same. */
const rootOf = (words: readonly string[]): string =>
  words.filter((word) => !['at', 'on', 'date', 'time', 'timestamp'].includes(word)).join('');

/** Beyond the bound there is nothing, and within it everything: bounds far from each item, since none says whether it is included. */
export async function boundsBy(trial: Trial, { parameter, members, isLower }: Range): Promise<void> {
  const { resolve } = trial.context.document;
  await trial.make(2);
  const whole = await trial.list.whole();
  if (whole === undefined) return;
  const format = viewOf(resolve, parameter.schema).format;
  const values = whole.items.filter(isObject).flatMap((item) => members.map((name) => numberOf(item[name])));
  // A time that is not set may stand for any.
  const known = values.filter((value) => value !== undefined);
  if (known.length === 0 || known.length < values.length) return;
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const step = format === undefined || !/^date/.test(format) ? 1 : 2 * DAY;
  const [outside, inside] = isLower ? [most + step, least - step] : [least - step, most + step];
  for (const [bound, isAll] of [
    [outside, false],
    [inside, true],
  ] as const) {
    const sent = written(bound, format);
    if (sent === undefined || validate(resolve, parameter.schema, sent, 'request').length > 0) continue;
    const page = await trial.list.whole(undefined, { [keyOf(parameter)]: sent });
    if (page === undefined) return;
    const [first] = page.items.filter((item) => whole.items.some((one) => trial.idOf(one) === trial.idOf(item)));
    if (!isAll && isObject(first)) {
      const has = members.map((name) => `${name} is ${JSON.stringify(first[name])}`).join(' and ');
      trial.fail(
        'filter',
        `answered an item whose ${has} where ${parameter.name} was ${JSON.stringify(sent)}`,
        page.curl,
      );
      return;
    }
    const lost = isAll
      ? whole.items.find((item) => !page.items.some((one) => trial.idOf(one) === trial.idOf(item)))
      : undefined;
    // Others may remove what they made.
    if (isObject(lost) && members.length === 1) {
      const has = members.map((name) => `${name} is ${JSON.stringify(lost[name])}`).join(' and ');
      const message = `leaves out ${trial.idOf(lost)}, whose ${has}, where ${parameter.name} was ${JSON.stringify(sent)}`;
      trial.fail('filter', message, page.curl);
      return;
    }
  }
}

/** A number, or a time in ms. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

function written(bound: number, format: string | undefined): unknown {
  if (format !== 'date' && format !== 'date-time') return bound;
  if (Math.abs(bound) > 8e15) return undefined;
  const text = new Date(bound).toISOString();
  return format === 'date' ? text.slice(0, 10) : text.replace(/\.\d+Z$/, 'Z');
}
