import type { Document, Operation, Parameter } from '../document/document.ts';
import { isObject } from '../document/json.ts';
import { alternatives } from '../schema/alternatives.ts';
import { breaks } from '../schema/breaks.ts';
import { chosenFor, schemaPlace } from '../schema/places.ts';
import { type Choose, type Schema, viewOf } from '../schema/schema.ts';
import { validate } from '../schema/validate.ts';
import type { Request } from '../wire/messages.ts';
import { keyOf } from '../wire/request.ts';
import { isOpaque, settledBase } from './accepted.ts';
import type { Bases } from './bases.ts';
import type { Case, Context } from './case.ts';
import { exchange, toRefuse } from './exchange.ts';
import {
  anyClientError,
  anyRefusal,
  type Expectation,
  either,
  oneOf,
  refusals,
  successes,
  unreadable,
} from './expectation.ts';

const MAX_CASES = 300;
const NO_TOKEN = 'bm9ib2R5IGdhdmUgdGhpcyBvdXQ';

/** Requests that must be refused as documented: wrong in one place, or not readable at all. */
export function* refusedCases(document: Document, bases: Bases, operation: Operation): Generator<Case> {
  const statuses = refusals(operation);
  if (statuses === undefined || operation.method === 'OPTIONS') return;
  for (const parameter of operation.parameters) yield* parameterCases(document, bases, operation, parameter, statuses);
  yield* brokenBodies(document, bases, operation, statuses);
  yield* unreadableBodies(bases, operation, statuses);
}

function refusing(
  operation: Operation,
  title: string,
  body: unknown,
  expected: Expectation | ((context: Context) => Expectation),
  more: { change?: (request: Request) => Request; values?: Record<string, unknown>; path?: [string, unknown] } = {},
): Case {
  return {
    operation: operation.id,
    title: `refuses ${title}`,
    run: async (context: Context) => {
      if (!context.stateless) await settledBase(context, operation);
      const { path } = more;
      return exchange(context, operation, {
        body,
        expected: toRefuse(context, operation, typeof expected === 'function' ? expected(context) : expected),
        ...(more.change && { change: more.change }),
        ...(more.values && { values: more.values }),
        ...(path && { parameters: (given) => ({ ...given, [path[0]]: path[1] }) }),
      });
    },
  };
}

function* parameterCases(
  document: Document,
  bases: Bases,
  operation: Operation,
  parameter: Parameter,
  statuses: Expectation,
): Generator<Case> {
  const body = bases.bodiesOf(operation)[0]?.value;
  const key = keyOf(parameter);
  if (parameter.required && parameter.in !== 'path') {
    // RFC 6585, 3: a precondition that is missing.
    const expected = key === 'header If-Match' ? either(statuses, refusals(operation, [412, 428])) : statuses;
    yield refusing(operation, `a request without the ${key}`, body, expected, { values: { [key]: undefined } });
  }
  if (!parameter.required && isOpaque(parameter)) {
    if (parameter.in !== 'query' || validate(document.resolve, parameter.schema, NO_TOKEN, 'request').length > 0)
      return;
    // Only the server knows whether a token is valid. It may also restart from the first page.
    const expected = either(successes(operation), statuses, anyRefusal(operation));
    const values = { [key]: NO_TOKEN };
    yield refusing(operation, `the ${key} where nobody gave it out, or ignores it`, body, expected, { values });
    return;
  }
  const value = bases.valueOf(operation, parameter);
  if (value === undefined || parameter.mediaType !== undefined) return;
  // 422 is for bodies with many; their `default` has the 400 for the rest.
  const outside = 'default' in operation.responses ? either(statuses, oneOf([400])) : statuses;
  for (const one of breaks(document.resolve, parameter.schema, value)) {
    if (isReadAsValid(document, parameter, one.body)) continue;
    const what = `the ${key} where ${one.what.replace('the body', 'it')}`;
    if (parameter.in === 'path') {
      // A path that does not fit may as well lead to nothing.
      const expected = either(statuses, anyRefusal(operation), anyClientError);
      if (typeof one.body === 'string')
        yield refusing(operation, what, body, expected, { path: [parameter.name, one.body] });
    } else yield refusing(operation, what, body, outside, { values: { [key]: one.body } });
  }
}

/** All is text in a query: `7` is a text as well as a number, and an empty one may stand for none. */
function isReadAsValid(document: Document, { schema }: Pick<Parameter, 'schema'>, value: unknown): boolean {
  if (value === null || value === '' || isEmptyList(value)) return true;
  if (Array.isArray(value)) {
    if (value.some((item) => item === null || typeof item === 'object' || item === '')) return true;
    const typed = [value, value.map((item) => String(item)), value.map((item) => readings(item).at(-1))];
    return typed.some((one) => validate(document.resolve, schema, one, 'request').length === 0);
  }
  if (isObject(value)) {
    if (Object.keys(value).length === 0) return true;
    if (Object.values(value).some((one) => one === null || one === '' || typeof one === 'object')) return true;
    const typed = typings(document, schema, value);
    return typed.some((one) => validate(document.resolve, schema, one, 'request').length === 0);
  }
  const lists = readings(value).map((one) => [one]);
  return [...readings(value), ...lists].some((one) => validate(document.resolve, schema, one, 'request').length === 0);
}

function readings(one: unknown): unknown[] {
  if (Array.isArray(one) || isObject(one)) return [one];
  const text = String(one);
  return [
    text,
    ...(text.trim() !== '' && Number.isFinite(Number(text)) ? [Number(text)] : []),
    ...(/^(true|false)$/.test(text) ? [text === 'true'] : []),
  ];
}

const MAX_BRANCHES = 8;

/** The object with its members read by their schemas, for each alternative that it may be of. */
function typings({ resolve }: Document, schema: Schema, value: Readonly<Record<string, unknown>>): object[] {
  const nth = Array.from(
    { length: MAX_BRANCHES },
    (_, index): Choose =>
      (branches) =>
        branches[index] ?? branches[0] ?? {},
  );
  return [chosenFor(resolve, value), ...nth].map((choose) => {
    const { properties } = viewOf(resolve, schema, choose);
    const typed = Object.entries(value).map(([name, one]) => {
      const member = Object.hasOwn(properties, name) ? properties[name] : undefined;
      const fitting = readings(one).find(
        (reading) => member === undefined || validate(resolve, member, reading, 'request').length === 0,
      );
      return [name, fitting ?? String(one)];
    });
    return Object.fromEntries(typed) as object;
  });
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/** Bodies that are wrong in one place, each kind of fault once for each place of the schema. */
function* brokenBodies(document: Document, bases: Bases, operation: Operation, statuses: Expectation): Generator<Case> {
  const { body } = operation;
  if (body === undefined) return;
  const known = new Set<string>();
  for (const value of wholeBodies(document, bases, operation)) {
    for (const { path, kind, what, body: broken } of breaks(document.resolve, body.schema, value)) {
      if (body.kind !== 'json' && !showsInForm(document, operation, kind, broken)) continue;
      const key = `${kind} ${schemaPlace(path)} ${what.replace(/^\S+/, '')}`;
      const alike =
        kind === 'enum' || kind === 'required' ? `${kind} ${schemaPlace(path)} ${what.includes('case')}` : key;
      if (known.has(alike)) continue;
      if (known.size >= MAX_CASES) return;
      known.add(alike);
      yield refusing(operation, `a body where ${what}`, broken, statuses);
    }
  }
}

function* wholeBodies(document: Document, bases: Bases, operation: Operation): Generator<unknown> {
  const values = bases.bodiesOf(operation).map(({ value }) => value);
  if (values.length === 0) return;
  // Members that no example holds are broken in a body made from the schema.
  const full = bases.fullBody(operation);
  const whole = [...values, ...(full === undefined ? [] : [full])];
  yield* whole;
  for (const value of whole) {
    for (const { body } of alternatives(document.resolve, operation.body?.schema ?? {}, value)) yield body;
  }
}

/** A body that is missing, malformed, or said to be of another type. */
function* unreadableBodies(bases: Bases, operation: Operation, statuses: Expectation): Generator<Case> {
  const { body } = operation;
  const base = bases.bodiesOf(operation)[0]?.value;
  if (body === undefined || base === undefined) return;
  const unread = ({ strict }: Context) => unreadable(operation, strict) ?? statuses;
  if (body.required) yield refusing(operation, 'a request without a body', base, unread, { change: withoutBody });
  if (body.kind !== 'json') return;
  const text = JSON.stringify(base);
  const malformed = [
    ['that is cut off', text.slice(0, -1)],
    ['with a comma too many', `${text.slice(0, -1)},}`],
    ['in single quotes', `{'a': 1}`],
  ] as const;
  if (isObject(base))
    for (const [what, sent] of malformed)
      yield refusing(operation, `JSON ${what}`, base, unread, { change: withBody(sent) });
  const others = [
    ['text/plain', 'as text/plain'],
    ['application/x-www-form-urlencoded', 'as a form'],
  ] as const;
  for (const [type, what] of others) {
    if (body.contents.some((content) => content.type.startsWith(type) || content.type.includes('*'))) continue;
    yield refusing(operation, `JSON sent ${what}`, base, unread, { change: withType(type) });
  }
}

const withBody = (given: string) => (request: Request) => ({ ...request, body: given });
const withoutBody = ({ headers: { 'content-type': _type, ...headers }, ...request }: Request) => ({
  ...request,
  headers,
  body: undefined,
});
const withType = (type: string) => (request: Request) => ({
  ...request,
  headers: { ...request.headers, 'content-type': type },
});

/** In a form all is text, and a body of a form is an object at least. */
function showsInForm(document: Document, operation: Operation, kind: string, broken: unknown): boolean {
  if (!isObject(broken) || operation.body === undefined) return false;
  if (kind === 'required') return Object.keys(broken).length > 0 || operation.body.kind === 'form';
  return !isReadAsValid(document, operation.body, broken);
}
