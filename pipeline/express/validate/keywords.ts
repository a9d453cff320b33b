import { isObject } from '../../document/references.ts';
import type { Prepared, Report } from './prepared.ts';

/** How the schemas within a schema are prepared, by what they are about. */
export interface Within {
  /** Another value: an item. */
  readonly inner: (node: unknown) => Prepared;
  /** The same value, once something else holds: `then`. */
  readonly same: (node: unknown) => Prepared;
  /** The same value, perhaps: a branch of `anyOf`. */
  readonly perhaps: (node: unknown) => Prepared;
  /** The same value, always: a part of `allOf`. */
  readonly part: (node: unknown) => Prepared;
  /** A named member, or an item that has a schema of its own: these have defaults. */
  readonly member: (node: unknown) => Prepared;
}

const TYPES = new Set(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']);
const COUNTS = [
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'minContains',
  'maxContains',
];
const BOUNDS = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'];
const INNER = ['contains', 'propertyNames', 'additionalProperties', 'unevaluatedProperties', 'unevaluatedItems'];
const SAME = ['then', 'else'];
const PERHAPS = ['not', 'if'];
const LISTS = ['allOf', 'anyOf', 'oneOf'];

/**
 * The keywords of a schema that the validator knows, each in a form that it takes. Others are left out: extensions,
 * examples, identifiers, and values of a wrong type, which would stop it.
 */
export function keywordsOf(
  node: Readonly<Record<string, unknown>>,
  within: Within,
  report: Report,
): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  const types = [node.type].flat().filter((type) => TYPES.has(String(type)));
  if (types.length > 0) made.type = types.length === 1 ? types[0] : types;
  // An empty list of values would allow nothing at all, which no document means.
  if (Array.isArray(node.enum) && node.enum.length > 0) made.enum = node.enum;
  if ('const' in node) made.const = node.const;
  if (typeof node.format === 'string') made.format = node.format;
  if (typeof node.pattern === 'string') made.pattern = node.pattern;
  for (const name of COUNTS) if (isCount(node[name])) made[name] = node[name];
  if (node.uniqueItems === true) made.uniqueItems = true;
  Object.assign(made, bounds(node));
  if (typeof node.multipleOf === 'number' && node.multipleOf > 0) made.decimalMultipleOf = node.multipleOf;
  if (Array.isArray(node.required))
    made.required = [...new Set(node.required.filter((name) => typeof name === 'string'))];
  if (isObject(node.dependentRequired)) made.dependentRequired = node.dependentRequired;
  for (const name of INNER) if (isSchema(node[name])) made[name] = within.inner(node[name]);
  for (const name of SAME) if (isSchema(node[name])) made[name] = within.same(node[name]);
  for (const name of PERHAPS) if (isSchema(node[name])) made[name] = within.perhaps(node[name]);
  for (const name of LISTS) {
    const list = node[name];
    if (Array.isArray(list) && list.length > 0) made[name] = list.map(name === 'allOf' ? within.part : within.perhaps);
  }
  members(node, made, within);
  if (isObject(node.dependentSchemas)) made.dependentSchemas = mapped(node.dependentSchemas, within.same);
  items(node, made, within);
  if (node.type !== undefined && types.length === 0)
    report(`The type ${JSON.stringify(node.type)} does not exist. Any value is taken there.`);
  return made;
}

const isSchema = (value: unknown): boolean => typeof value === 'boolean' || isObject(value);
const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0;

/** Bounds as OpenAPI 3.1 writes them: 3.0 has `exclusiveMinimum: true` beside `minimum`. */
function bounds(node: Readonly<Record<string, unknown>>): Record<string, number> {
  const found: Record<string, number> = {};
  for (const name of BOUNDS) {
    const value = node[name];
    if (typeof value === 'number' && Number.isFinite(value)) found[name] = value;
  }
  for (const [flag, bound] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    const limit = found[bound];
    if (node[flag] !== true || limit === undefined) continue;
    delete found[bound];
    found[flag] = limit;
  }
  return found;
}

/** The compiler passes over a property called `__proto__`, and not over one whose pattern is that name. */
function members(node: Readonly<Record<string, unknown>>, made: Record<string, unknown>, within: Within): void {
  const patterns = isObject(node.patternProperties) ? mapped(node.patternProperties, within.inner) : {};
  if (isObject(node.properties)) {
    const { ['__proto__']: proto, ...named } = mapped(node.properties, within.member);
    made.properties = named;
    if (Object.hasOwn(node.properties, '__proto__') && proto !== undefined) patterns['^__proto__$'] = proto;
  }
  if (Object.keys(patterns).length > 0) made.patternProperties = patterns;
}

function items(
  node: Readonly<Record<string, unknown>>,
  made: Record<string, unknown>,
  { inner, member }: Within,
): void {
  const first = Array.isArray(node.prefixItems) ? node.prefixItems : Array.isArray(node.items) ? node.items : [];
  if (first.length > 0) made.prefixItems = first.map(member);
  const rest = Array.isArray(node.items) ? node.additionalItems : node.items;
  if (isSchema(rest)) made.items = inner(rest);
}

function mapped(
  map: Readonly<Record<string, unknown>>,
  prepare: (node: unknown) => Prepared,
): Record<string, Prepared> {
  // A member may be called `__proto__`.
  return Object.fromEntries(Object.entries(map).map(([name, node]) => [name, prepare(node)]));
}
