/**
 * Turns a value as JSON has it into the one that the caller sees. `exact` is the same value with integers too long for a
 * number as bigint. A value of another form than the schema's stays as it is.
 */
export type Convert = (value: unknown, exact: unknown) => unknown;

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

/** A date-time as a Date. */
export const date: Convert = (value) => {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? value : new Date(time);
};

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
      return [name, every(...matching)(member, (exact as Members)[name])];
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
      return convert ? convert(item, (exact as unknown[])[index]) : item;
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
    const isMeant =
      !isMembers(value) ||
      (required.every((name) => Object.hasOwn(value, name)) &&
        Object.entries(values).every(([name, known]) => !Object.hasOwn(value, name) || known.includes(value[name])));
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
  (byStatus: Named): ConvertBody =>
  (body, status, text) => {
    const convert = byStatus[status] ?? byStatus[`${(status / 100) | 0}XX`] ?? byStatus.default;
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

/** Sends JSON in which integers are exact: bigint, or digits where the schema has an int64. */
export const exactJson =
  (convert?: Convert) =>
  (body: unknown, type: string): [string, string] => [stringify(convert ? convert(body, body) : body), type];

/** An input with dates as the texts that are sent. */
export function datesAsText(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(datesAsText);
  const isPlain = isMembers(value) && [Object.prototype, null].includes(Object.getPrototypeOf(value));
  if (!isPlain) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, datesAsText(one)]));
}
