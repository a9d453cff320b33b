import { isMultiple } from '../../document/numbers.ts';
import { patternOf } from '../../document/patterns.ts';
import { Random } from '../../document/random.ts';
import { sampleOf } from '../../document/samples.ts';
import type { Combined } from './combined.ts';

/** A value of each format, and a short one where there is need of it. */
const FORMATS: Readonly<Record<string, readonly string[]>> = {
  date: ['2024-02-29'],
  'date-time': ['2024-02-29T12:00:00Z'],
  time: ['12:00:00Z'],
  'iso-time': ['12:00:00'],
  'iso-date-time': ['2024-02-29T12:00:00'],
  duration: ['P1D'],
  email: ['someone@example.com', 'a@b.co'],
  'idn-email': ['someone@example.com', 'a@b.co'],
  hostname: ['example.com', 'a.b'],
  'idn-hostname': ['example.com', 'a.b'],
  ipv4: ['192.0.2.1'],
  ipv6: ['2001:db8::1', '::1'],
  uri: ['https://example.com/', 'a:b'],
  url: ['https://example.com/', 'http://a.co'],
  'uri-reference': ['/path', '/'],
  'uri-template': ['/path/{id}', '/'],
  iri: ['https://example.com/', 'a:b'],
  uuid: ['123e4567-e89b-42d3-a456-426614174000'],
  byte: ['dGV4dA==', ''],
  'json-pointer': ['/a'],
  'relative-json-pointer': ['0'],
  regex: ['^a$', 'a'],
};

const MOST_TRIED = 200;
const LONGEST = 100_000;

/** Texts of these formats, patterns and lengths; where none is found, what is nearest to it. */
export function* textsOf({ formats, patterns, least, most }: Combined): Generator<string> {
  const shortest = Math.min(least('minLength') ?? 0, LONGEST);
  const longest = most('maxLength') ?? Number.POSITIVE_INFINITY;
  const expressions = patterns.map(patternOf);
  const of = formats.flatMap((format) => FORMATS[format] ?? []);
  const ordinary = of.length > 0 ? of : ['text'];
  const cut = of.length > 0 ? [] : ['text'.padEnd(shortest, 't').slice(0, longest)];
  let found = false;
  for (const text of candidates(ordinary, cut, expressions, shortest)) {
    const { length } = [...text];
    if (length < shortest || length > longest || expressions.some((one) => one?.test(text) === false)) continue;
    found = true;
    yield text;
  }
  if (!found) yield ordinary[0]?.padEnd(shortest, 't').slice(0, longest) ?? '';
}

function* candidates(
  ordinary: readonly string[],
  cut: readonly string[],
  expressions: readonly (RegExp | undefined)[],
  shortest: number,
): Generator<string> {
  yield* ordinary;
  for (const text of ordinary) if (text.length < shortest) yield text.padEnd(shortest, 't');
  yield* cut;
  yield* samples(expressions, shortest);
}

/** Texts of one expression after the other: the plain one, longer ones, then others by chance, always the same. */
function* samples(expressions: readonly (RegExp | undefined)[], shortest: number): Generator<string> {
  for (const expression of expressions) {
    if (expression === undefined) continue;
    const { source } = expression;
    for (const many of [0, 1, 3, 8, shortest, Math.ceil(shortest / 2), shortest + 1]) {
      const text = sampleOf(source, Math.min(many, LONGEST));
      if (text === undefined) break;
      yield text;
      // An expression without anchors is found within a longer text.
      yield text.padEnd(shortest, text.at(-1) ?? 't');
    }
    for (let seed = 0; seed < MOST_TRIED; seed++) {
      const text = sampleOf(source, Math.max(shortest, 12), new Random(seed, source));
      if (text === undefined) break;
      yield text;
    }
  }
}

/** Numbers within their bounds that are multiples of their steps: the lowest first, or the step where there is none. */
export function* numbersOf(held: Combined, isWhole: boolean): Generator<number> {
  const lowest = held.least('minimum');
  const highest = held.most('maximum');
  const isAbove = held.isOpen('minimum');
  const isBelow = held.isOpen('maximum');
  const steps = [...held.steps, ...(isWhole ? [1] : [])];
  const fits = (value: number) =>
    (lowest === undefined || (isAbove ? value > lowest : value >= lowest)) &&
    (highest === undefined || (isBelow ? value < highest : value <= highest)) &&
    steps.every((step) => isMultiple(value, step));
  let found = false;
  for (const value of numbers(lowest, highest, Math.max(0, ...steps) || 0.5)) {
    if (!fits(value)) continue;
    found = true;
    yield value;
  }
  if (!found) yield lowest ?? highest ?? 0;
}

function* numbers(lowest: number | undefined, highest: number | undefined, step: number): Generator<number> {
  const at = (count: number) => Number((count * step).toPrecision(15));
  if (lowest !== undefined) for (let more = 0; more < 100; more++) yield at(Math.ceil(lowest / step) + more);
  else if (highest !== undefined && highest <= step)
    for (let less = 0; less < 100; less++) yield at(Math.floor(highest / step) - less);
  else for (let count = 1; count < 100; count++) yield at(count);
  // The bounds are nearer to each other than a step.
  if (lowest !== undefined) yield lowest;
  if (lowest !== undefined && highest !== undefined) yield (lowest + highest) / 2;
  yield 0;
}
