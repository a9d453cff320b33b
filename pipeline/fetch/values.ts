/** Conversions that generated code uses where the configuration maps int64 or dates. */

import type { Write } from './operation.ts';

/**
 * Turns a value as JSON has it into the one that the caller sees. `exact` is the same value with integers too long for a
 * number as bigint. A value of another form than the schema's stays as it is.
 */
export type Convert = (value: unknown, exact?: unknown) => unknown;

/** Converts a body by the status of its answer. `text` is what was parsed. */
export type ConvertBody = (body: unknown, status: number, text: string) => unknown;

/** An integer as bigint. */
export const int64: Convert = (value, exact) => {
  if (typeof exact === 'bigint') return exact;
  return value !== Object(value) && /^-?\d+$/.test(`${value}`) ? BigInt(value as string) : value;
};

/** An integer as the text of its digits. */
export const int64Text: Convert = (value, exact) =>
  typeof exact === 'bigint' || Number.isInteger(exact) ? `${BigInt(exact as number)}` : value;

const DATE_TIME = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)$/;

/** A date-time (RFC 3339, 5.6) as a Date. */
export const date: Convert = (value) => {
  const time = typeof value === 'string' && DATE_TIME.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? value : new Date(time);
};

/** Any value, as it is. */
export const same: Convert = (value) => value;

type Named = Readonly<Record<string, Convert>>;
type Members = Record<string, unknown>;

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object: members by their names, else by the patterns that their names match, else the others. */
export const members =
  (named: Named, others?: Convert, patterns: readonly (readonly [RegExp, Convert])[] = []): Convert =>
  (value, exact) => {
    if (!isMembers(value)) return value;
    const converted = Object.entries(value).map(([name, member]) => {
      const matching = patterns.filter(([pattern]) => pattern.test(name)).map(([, convert]) => convert);
      if (Object.hasOwn(named, name)) matching.push(named[name] as Convert);
      if (matching.length === 0 && others) matching.push(others);
      return [name, every(...matching)(member, Object(exact)[name])];
    });
    return Object.fromEntries(converted);
  };

/** A list: the first items one by one, and the others. */
export const items =
  (others?: Convert, first: readonly (Convert | undefined)[] = []): Convert =>
  (value, exact) => {
    if (!Array.isArray(value)) return value;
    return value.map((item, index) => {
      const convert = index < first.length ? first[index] : others;
      return convert ? convert(item, Object(exact)[index]) : item;
    });
  };

/** Several schemas that hold for one value. */
export const every =
  (...all: readonly Convert[]): Convert =>
  (value, exact) =>
    all.reduce((converted, convert) => convert(converted, exact), value);

/** A schema that may hold for a value: where an object has these members, and these values of members. */
export const where =
  (required: readonly string[], values: Readonly<Record<string, readonly unknown[]>>, convert: Convert): Convert =>
  (value, exact) => {
    // Look at the original: another schema may already have converted the value.
    const isMeant =
      !isMembers(exact) ||
      (required.every((name) => Object.hasOwn(exact, name)) &&
        Object.entries(values).every(([name, known]) => !Object.hasOwn(exact, name) || known.includes(exact[name])));
    return isMeant ? convert(value, exact) : value;
  };

/** A schema that refers to itself, or to one that is declared later. */
export const later =
  (get: () => Convert): Convert =>
  (value, exact) =>
    get()(value, exact);

/** No text of a document holds it by chance. */
const newMark = () => `${Math.random()}:`;

/** JSON with integers too long for a number as bigint. `text` is JSON. */
function exactly(text: string): unknown {
  const mark = newMark();
  // Texts are matched so that no digits within them are.
  const marked = text.replace(/"(?:[^"\\]+|\\.)*"|-?\d[\d.eE+-]*/g, (token) =>
    /^-?\d{16,}$/.test(token) ? `"${mark}${token}"` : token,
  );
  return JSON.parse(marked, (_, value) =>
    typeof value === 'string' && value.startsWith(mark) ? BigInt(value.slice(mark.length)) : value,
  );
}

const converted = (convert: Convert, value: unknown, text: string) =>
  convert(value, /\d{16}/.test(text) ? exactly(text) : value);

/** Converts bodies: by status, `4XX` or `default`. */
export const answers =
  (byStatus: Readonly<Record<string, Convert | undefined>>): ConvertBody =>
  (body, status, text) => {
    const known = [status, `${(status / 100) | 0}XX`, 'default'].find((one) => Object.hasOwn(byStatus, one));
    const convert = known === undefined ? undefined : byStatus[known];
    return convert ? converted(convert, body, text) : body;
  };

/** Converts each item of a stream. */
export const each =
  (convert: Convert) =>
  (item: unknown, text: string): unknown =>
    converted(convert, item, text);

/** JSON in which each bigint is a number. */
export function stringify(value: unknown): string {
  const mark = newMark();
  const text = JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? mark + one : one));
  return text.replaceAll(new RegExp(`"${mark}(-?\\d+)"`, 'g'), '$1');
}

/** Sends JSON in which each bigint is a number. */
export const exactJson: Write = (body: unknown, type) => [stringify(body), type];

/** Sends a body after its values are converted. */
export const sending =
  (convert: Convert, write: Write): Write =>
  (body, type) =>
    write(convert(body, body) as never, type);

/** Writes a parameter whose value is JSON. `style` writes texts. */
export const jsonWith =
  (toJson: (value: unknown) => string, style: (text: string) => string) =>
  (value: unknown): string =>
    style(toJson(value));

/** JSON with the values converted. */
export const stringifyAs = (convert: Convert) => (value: unknown) => stringify(convert(value, value));

/** A value with dates as the texts that are sent. */
export function datesAsText<Value>(value: Value): Value {
  if (value instanceof Date) return value.toISOString() as Value;
  if (Array.isArray(value)) return value.map(datesAsText) as Value;
  // A file is left as it is, and so is any other instance of a class.
  const isPlain = isMembers(value) && [Object.prototype, null].includes(Object.getPrototypeOf(value));
  if (!isPlain) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, datesAsText(one)])) as Value;
}
