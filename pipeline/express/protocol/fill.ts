import { isObject } from '../../document/references.ts';
import { partsOf, schemaOf, typesOf } from '../../document/schemas.ts';
import type { Document, Schema } from '../../document/types.ts';
import type { Violation } from '../errors.ts';
import { reasonOf } from '../statuses.ts';
import type { Refusal } from './protocol.ts';

const MAX_DEPTH = 4;

/**
 * The bodies that a schema may have for a refusal, the likeliest first: its members are filled by their names, those of
 * RFC 9457 and the usual ones. Whether one of them satisfies the schema is for the validator to say.
 */
export function* bodiesFor(document: Document, schema: Schema, refusal: Refusal): Generator<unknown> {
  for (const one of alternatives(document, schema)) {
    const parts = one.flatMap((part) => partsOf(document, part));
    yield* bodies(document, parts, refusal);
  }
}

/** The schema with each combination of its alternatives. */
function alternatives(document: Document, node: unknown): Schema[][] {
  const schema = schemaOf(document, node);
  const choice =
    schema.oneOf ??
    schema.anyOf ??
    schema.allOf?.map((one) => schemaOf(document, one)).find((one) => one.oneOf ?? one.anyOf)?.oneOf;
  return choice === undefined ? [[schema]] : choice.slice(0, 10).map((branch) => [schema, schemaOf(document, branch)]);
}

function* bodies(document: Document, parts: readonly Schema[], refusal: Refusal): Generator<unknown> {
  const types = typesOf(document, { allOf: parts });
  if (types.has('string') && !types.has('object')) yield refusal.message;
  if (types.has('array') && !types.has('object')) {
    const { items } = parts.find((part) => isObject(part.items)) ?? {};
    if (items !== undefined) yield refusalList(document, items, refusal, 0);
  }
  yield withMembers(filled(document, parts, refusal, 0, false), refusal);
  yield withMembers(filled(document, parts, refusal, 0, true), refusal);
}

/** Members that the handler gave win, but never over the status. */
const withMembers = (body: Record<string, unknown>, { members }: Refusal): Record<string, unknown> => ({
  ...body,
  ...members,
});

/** `bare` leaves out what need not be there. */
function filled(
  document: Document,
  parts: readonly Schema[],
  refusal: Refusal,
  depth: number,
  bare: boolean,
): Record<string, unknown> {
  const properties = Object.assign({}, ...parts.map((part) => part.properties ?? {})) as Record<string, Schema>;
  const required = new Set(parts.flatMap((part) => part.required ?? []));
  const names = [...new Set([...Object.keys(properties), ...required])];
  const body: Record<string, unknown> = {};
  // A body without any word about its members takes those of RFC 9457.
  if (names.length === 0) return problem(refusal);
  for (const name of names) {
    if (bare && !required.has(name)) continue;
    const schema = schemaOf(document, properties[name]);
    if (schema.writeOnly === true) continue;
    const value = memberFor(document, name, schema, refusal, depth, required.has(name), names);
    if (value !== undefined) body[name] = value;
  }
  return body;
}

/** RFC 9457. */
export function problem({ status, message, violations }: Refusal): Record<string, unknown> {
  return {
    type: 'about:blank',
    title: titleOf(status),
    status,
    detail: message,
    ...(violations.length > 0 && {
      errors: violations.slice(0, 20).map(({ path, message: detail }) => ({ pointer: path, detail })),
    }),
  };
}

const titleOf = (status: number): string => reasonOf(status) ?? 'Unknown';
const codeOf = (status: number): string =>
  titleOf(status)
    .toUpperCase()
    .replaceAll(/[^A-Z]+/g, '_');

function memberFor(
  document: Document,
  name: string,
  schema: Schema,
  refusal: Refusal,
  depth: number,
  required: boolean,
  among: readonly string[],
): unknown {
  const parts = partsOf(document, schema);
  const types = typesOf(document, schema);
  const fixed = parts.find((part) => part.const !== undefined)?.const;
  if (fixed !== undefined) return fixed;
  const key = name.toLowerCase().replaceAll(/[^a-z]/g, '');
  if (types.has('array')) {
    const { items } = parts.find((part) => isObject(part.items)) ?? {};
    const isList = /^(errors|details|violations|issues|messages|fields|invalidparams|detail|reasons|causes)$/.test(key);
    if (isList || required) return depth < MAX_DEPTH ? refusalList(document, items ?? {}, refusal, depth + 1) : [];
    return undefined;
  }
  if (types.has('object') || (types.size === 0 && parts.some((part) => part.properties !== undefined))) {
    const isMessage = /message$/.test(key);
    if (depth >= MAX_DEPTH || !(required || isMessage || /(error|errors|fault|problem|exception)$/.test(key)))
      return undefined;
    const inside = filled(document, parts, refusal, depth + 1, false);
    return isMessage ? withText(document, parts, inside, refusal) : inside;
  }
  const values = parts.find((part) => Array.isArray(part.enum) && part.enum.length > 0)?.enum;
  const value = scalarFor(key, types, refusal, among);
  if (values !== undefined) return closest(values, value, refusal, required);
  if (value !== undefined) return value;
  if (!required) return undefined;
  const given =
    parts.find((part) => part.default !== undefined)?.default ??
    parts.find((part) => part.example !== undefined)?.example;
  if (given !== undefined) return given;
  if (types.has('integer') || types.has('number')) return refusal.status;
  if (types.has('boolean')) return false;
  if (types.has('string') || types.size === 0)
    return parts.some(({ format }) => format === 'date-time') ? new Date().toISOString() : refusal.message;
  return types.has('null') ? null : undefined;
}

/** A message that is an object, such as `{ lang, value }`, has its text in the first member that can hold it. */
function withText(
  document: Document,
  parts: readonly Schema[],
  inside: Record<string, unknown>,
  { message }: Refusal,
): Record<string, unknown> {
  const members = parts.flatMap(({ properties }) => Object.entries(properties ?? {}));
  const isFree = ([, schema]: [string, Schema]) =>
    typesOf(document, schema).has('string') && !schemaOf(document, schema).enum;
  const free = members.filter(isFree).map(([name]) => name);
  const name = free.find((one) => /^(value|text|content)$/i.test(one)) ?? free[0];
  return Object.values(inside).includes(message) || name === undefined ? inside : { ...inside, [name]: message };
}

function scalarFor(
  key: string,
  types: ReadonlySet<string>,
  { status, message, requestId, type }: Refusal,
  among: readonly string[],
): unknown {
  const isNumber = types.has('integer') || types.has('number');
  const isText = types.has('string') || types.size === 0;
  if (/^(status|statuscode|httpstatus|httpstatuscode|httpcode)$/.test(key))
    return isNumber ? status : isText ? String(status) : undefined;
  if (/^(code|errorcode|errcode|errno)$/.test(key))
    return isText ? (type ?? codeOf(status)) : isNumber ? status : undefined;
  if (!isText) return undefined;
  if (
    /^(message|detail|details|description|errormessage|errordescription|msg|reason|explanation|developermessage|usermessage|text)$/.test(
      key,
    )
  )
    return message;
  if (key === 'title') return titleOf(status);
  if (key === 'error')
    return among.some((name) => /message|detail|description/i.test(name)) ? titleOf(status) : message;
  if (key === 'type') return 'about:blank';
  if (/^(requestid|traceid|correlationid)$/.test(key)) return requestId;
  if (key === 'timestamp') return new Date().toISOString();
  return undefined;
}

/** The listed value that says the same, or the first where one has to be there. */
function closest(values: readonly unknown[], value: unknown, { status }: Refusal, required: boolean): unknown {
  const plain = (text: unknown) =>
    String(text)
      .toLowerCase()
      .replaceAll(/[^a-z0-9]/g, '');
  const wanted = [value, titleOf(status), status].map(plain);
  return values.find((one) => wanted.includes(plain(one))) ?? (required ? values[0] : undefined);
}

function refusalList(document: Document, items: unknown, refusal: Refusal, depth: number): unknown[] {
  const { violations, message } = refusal;
  const each: readonly Violation[] = violations.length > 0 ? violations.slice(0, 20) : [{ path: '', message }];
  const types = typesOf(document, items);
  if (types.has('string')) return each.map(({ path, message: text }) => (path === '' ? text : `${path} ${text}`));
  const parts = partsOf(document, items);
  return each.map((violation) => {
    const one = filled(
      document,
      parts,
      { ...refusal, message: violation.message, violations: [], members: {} },
      depth,
      false,
    );
    for (const name of parts.flatMap((part) => Object.keys(part.properties ?? {}))) {
      if (
        !/^(path|pointer|field|property|name|location|param|parameter|loc|source|target|attribute)$/i.test(name) ||
        violation.path === ''
      )
        continue;
      const member = typesOf(
        document,
        schemaOf(document, parts.find((part) => part.properties?.[name])?.properties?.[name]),
      );
      if (member.has('string') || member.size === 0) one[name] = violation.path;
      else if (member.has('array')) one[name] = violation.path.split('/').slice(1);
    }
    return one;
  });
}
