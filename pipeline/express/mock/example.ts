import { isObject, resolve } from '../../document/references.ts';
import { partsOf, schemaOf, typesOf } from '../../document/schemas.ts';
import type { Document, Schema } from '../../document/types.ts';
import { matching } from './patterns.ts';

/** Whose value: an answer has no writeOnly members, a request no readOnly ones. */
export type Side = 'answer' | 'request';

const MAX_DEPTH = 8;

/**
 * A value that a schema describes, the same each time: made of its keywords, and of the examples and defaults within it
 * unless `examples` is false.
 */
export function exampleOf(document: Document, schema: unknown, side: Side = 'answer', examples = true): unknown {
  return made(document, schema, { side, examples }, []);
}

interface Wish {
  readonly side: Side;
  readonly examples: boolean;
}

function made(document: Document, node: unknown, wish: Wish, within: readonly Schema[]): unknown {
  if (node === false) return undefined;
  const schema = schemaOf(document, node);
  const given = givenBy(schema, wish);
  if (given.found) return given.value;
  if (within.filter((one) => one === schema).length > 1 || within.length > MAX_DEPTH * 2) return undefined;
  const inside = [...within, schema];
  const parts = partsOf(document, schema);
  for (const part of parts) {
    const own = givenBy(part, wish);
    if (own.found && parts.length === 2) return own.value;
  }
  const choices = parts.flatMap((part) => ((part.oneOf ?? part.anyOf) ? [part] : []));
  const value = plain(document, schema, parts, wish, inside);
  const [choice] = choices;
  if (choice === undefined) return value;
  const branches = choice.oneOf ?? choice.anyOf ?? [];
  for (const branch of branches) {
    const one = made(document, branch, wish, inside);
    if (one === undefined || (one === null && branches.length > 1)) continue;
    const tagged = tag(document, choice, branch, one);
    return isObject(value) && isObject(tagged) ? { ...value, ...tagged } : tagged;
  }
  return null;
}

/** A branch's value names the branch. */
function tag(document: Document, { discriminator }: Schema, branch: unknown, value: unknown): unknown {
  if (discriminator === undefined || !isObject(value)) return value;
  const name = discriminator.propertyName;
  const own = partsOf(document, branch)
    .map(({ properties }) => properties?.[name])
    .find((one) => one !== undefined);
  const member = own === undefined ? {} : schemaOf(document, own);
  if (member.const !== undefined || (member.enum?.length ?? 0) === 1) return value;
  const ref = isObject(branch) ? String(branch.$ref) : '';
  const mapped = Object.entries(discriminator.mapping ?? {}).find(
    ([, target]) => target === ref || `#/components/schemas/${target}` === ref,
  );
  return { ...value, [name]: mapped?.[0] ?? ref.split('/').at(-1) };
}

function givenBy(schema: Schema, wish: Wish): { readonly found: boolean; readonly value?: unknown } {
  const { const: constant, example, examples, default: fallback, enum: values } = schema;
  if (constant !== undefined) return { found: true, value: constant };
  if (wish.examples && example !== undefined) return { found: true, value: example };
  if (wish.examples && Array.isArray(examples) && examples.length > 0) return { found: true, value: examples[0] };
  if (fallback !== undefined && fallback !== null) return { found: true, value: fallback };
  if (Array.isArray(values) && values.length > 0)
    return { found: true, value: values.find((one) => one !== null) ?? values[0] };
  return { found: false };
}

function plain(
  document: Document,
  schema: Schema,
  parts: readonly Schema[],
  wish: Wish,
  within: readonly Schema[],
): unknown {
  const types = typesOf(document, schema);
  const has = (type: string) => types.has(type);
  const merged = Object.assign({}, ...parts) as Schema;
  if (has('object') || (types.size === 0 && parts.some(({ properties }) => properties !== undefined)))
    return object(document, parts, wish, within);
  if (has('array')) return array(document, merged, wish, within);
  if (has('string')) return text(merged);
  if (has('integer') || has('number')) return number(merged, has('number') && !has('integer'));
  if (has('boolean')) return true;
  if (has('null')) return null;
  return within.length > 1 ? 'any' : {};
}

function object(document: Document, parts: readonly Schema[], wish: Wish, within: readonly Schema[]): object {
  const value: Record<string, unknown> = {};
  const hidden = wish.side === 'answer' ? 'writeOnly' : 'readOnly';
  const required = new Set(parts.flatMap((part) => part.required ?? []));
  for (const { properties } of parts) {
    for (const [name, member] of Object.entries(properties ?? {})) {
      if (partsOf(document, member).some((part) => part[hidden] === true)) continue;
      if (!required.has(name) && within.length > MAX_DEPTH) continue;
      const one = made(document, member, wish, within);
      if (one !== undefined)
        Object.defineProperty(value, name, { value: one, enumerable: true, writable: true, configurable: true });
    }
  }
  for (const name of required)
    if (!Object.hasOwn(value, name) && parts.every(({ properties }) => !properties?.[name])) value[name] = 'any';
  const least = Math.max(0, ...parts.map((part) => Number(part.minProperties ?? 0)));
  const others = parts.map((part) => part.additionalProperties).find(isObject);
  for (let count = 1; Object.keys(value).length < least && count <= least; count++)
    value[`member${count}`] = others === undefined ? 'any' : made(document, others, wish, within);
  return value;
}

function array(document: Document, schema: Schema, wish: Wish, within: readonly Schema[]): unknown[] {
  const first = (schema.prefixItems ?? []).map((item) => made(document, item, wish, within));
  const least = Number(schema.minItems ?? 0);
  const most = Number(schema.maxItems ?? Number.POSITIVE_INFINITY);
  const wanted = Math.min(Math.max(least, within.length > MAX_DEPTH ? 0 : 1), most);
  const list = [...first];
  while (schema.items !== false && list.length < wanted) {
    const item = made(document, schema.items ?? {}, wish, within);
    if (item === undefined) break;
    list.push(schema.uniqueItems === true ? varied(item, list.length) : item);
  }
  return list;
}

const varied = (item: unknown, index: number): unknown =>
  index === 0 ? item : typeof item === 'number' ? item + index : typeof item === 'string' ? `${item}${index}` : item;

const FORMATS: Readonly<Record<string, string>> = {
  date: '2024-02-29',
  'date-time': '2024-02-29T12:00:00Z',
  time: '12:00:00Z',
  duration: 'P1D',
  email: 'someone@example.com',
  'idn-email': 'someone@example.com',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uri: 'https://example.com/',
  url: 'https://example.com/',
  'uri-reference': '/path',
  'uri-template': '/path/{id}',
  iri: 'https://example.com/',
  uuid: '123e4567-e89b-42d3-a456-426614174000',
  byte: 'dGV4dA==',
  'json-pointer': '/a',
  'relative-json-pointer': '0',
  regex: '^a$',
};

function text({ format, pattern, minLength, maxLength }: Schema): string {
  const least = Number(minLength ?? 0);
  const most = Number(maxLength ?? Number.POSITIVE_INFINITY);
  const own = (pattern === undefined ? undefined : matching(pattern)) ?? FORMATS[format ?? ''] ?? 'text';
  if (pattern !== undefined && own.length >= least && own.length <= most) return own;
  return own.padEnd(least, 't').slice(0, most);
}

function number(schema: Schema, fraction: boolean): number {
  const bound = (name: string): number | undefined =>
    typeof schema[name] === 'number' ? (schema[name] as number) : undefined;
  const step = bound('multipleOf') ?? (fraction ? 0.5 : 1);
  const lowest = bound('exclusiveMinimum') ?? bound('minimum');
  const highest = bound('exclusiveMaximum') ?? bound('maximum');
  const isAbove = bound('exclusiveMinimum') !== undefined || schema.exclusiveMinimum === true;
  const isBelow = bound('exclusiveMaximum') !== undefined || schema.exclusiveMaximum === true;
  if (lowest !== undefined) {
    const up = Math.ceil(lowest / step) * step;
    return up === lowest && isAbove ? up + step : up;
  }
  if (highest !== undefined && highest <= step) {
    const down = Math.floor(highest / step) * step;
    return down === highest && isBelow ? down - step : down;
  }
  return step;
}

/** The example that a media type, parameter or header gives itself: the one of the name, else the first. */
export function ownExample(
  document: Document,
  holder: Readonly<Record<string, unknown>>,
  name?: string,
): { readonly found: boolean; readonly value?: unknown } {
  const { example, examples } = holder;
  if (isObject(examples)) {
    const chosen = name !== undefined && Object.hasOwn(examples, name) ? examples[name] : Object.values(examples)[0];
    const one = chosen === undefined ? undefined : resolve<Record<string, unknown>>(document, chosen as never);
    if (isObject(one)) {
      for (const key of ['value', 'dataValue']) if (key in one) return { found: true, value: one[key] };
    }
  }
  return example === undefined ? { found: false } : { found: true, value: example };
}
