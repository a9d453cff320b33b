import { discriminatorOfAll } from '../../document/discriminators.ts';
import { patternOf } from '../../document/patterns.ts';
import { isObject, pointer } from '../document/json.ts';
import { fitsFormat } from './formats.ts';
import { sameJson } from './sameJson.ts';
import type { Resolve, Schema } from './schema.ts';

export interface Fault {
  /** A JSON Pointer into the value. */
  readonly place: string;
  readonly path: readonly (string | number)[];
  readonly keyword: string;
  readonly message: string;
  /** The schema that holds the keyword. */
  readonly schema: Schema;
}

/** A request ignores what is read-only, an answer what is write-only. */
export type Direction = 'request' | 'response';

interface Result {
  readonly faults: Fault[];
  /** Members that a keyword has looked at, for `unevaluatedProperties`. */
  readonly members: Set<string>;
  /** How many of the first items a keyword has looked at, for `unevaluatedItems`. */
  items: number;
}

const MAX_DEPTH = 128;
const MAX_FAULTS = 50;

/**
 * Validates against a schema of OpenAPI 3.0 or of JSON Schema 2020-12, as it stands in the document. It interprets
 * the schema instead of compiling it, so that no odd schema of a document can stop a run.
 */
export function validate(resolve: Resolve, schema: unknown, value: unknown, direction: Direction): Fault[] {
  return evaluate({ resolve, direction }, schema, value, [], 0).faults;
}

interface Context {
  readonly resolve: Resolve;
  readonly direction: Direction;
}

type Path = readonly (string | number)[];

/** `within` are the schemas that ask for the very same value: one that leads back to itself would ask for ever. */
function evaluate(
  context: Context,
  given: unknown,
  value: unknown,
  path: Path,
  depth: number,
  within: readonly unknown[] = [],
): Result {
  const result: Result = { faults: [], members: new Set(), items: 0 };
  if (given === false) {
    result.faults.push(fault({}, 'false', 'must not be there', path));
    return result;
  }
  if (!isObject(given) || depth > MAX_DEPTH || within.includes(given)) return result;
  const schema = given as Schema;
  // OpenAPI 3.0: null is allowed whatever else the schema says.
  if (schema.nullable === true && value === null) return result;
  const apply = (part: unknown, inner: unknown = value, at: Path = path) =>
    evaluate(context, part, inner, at, depth + 1, at === path ? [...within, given] : []);
  const fail = (keyword: string, message: string, at: Path = path) => {
    if (result.faults.length < MAX_FAULTS) result.faults.push(fault(schema, keyword, message, at));
  };
  const take = (other: Result) => {
    result.faults.push(...other.faults.slice(0, MAX_FAULTS - result.faults.length));
    takeMarks(result, other);
  };

  if (typeof schema.$ref === 'string') take(apply(context.resolve(schema)));
  if (schema.writeOnly === true && context.direction === 'response' && path.length > 0) {
    fail('writeOnly', 'is write-only and must not be answered');
  }
  plain(schema, value, fail);
  if (typeof value === 'string') text(schema, value, fail);
  if (typeof value === 'number') number(schema, value, fail);
  if (Array.isArray(value)) list(schema, value, path, { apply, fail, take, result });
  if (isObject(value)) object(context, schema, value, path, { apply, fail, take, result });
  combined(context, schema, value, { apply, fail, take, result });
  unevaluated(schema, value, path, { apply, fail, take, result });
  return result;
}

type Fail = (keyword: string, message: string, at?: Path) => void;

interface Steps {
  readonly apply: (part: unknown, inner?: unknown, at?: Path) => Result;
  readonly fail: Fail;
  readonly take: (other: Result) => void;
  readonly result: Result;
}

function fault(schema: Schema, keyword: string, message: string, path: Path): Fault {
  return { place: pointer(path), path, keyword, message, schema };
}

function takeMarks(result: Result, other: Result): void {
  for (const member of other.members) result.members.add(member);
  result.items = Math.max(result.items, other.items);
}

function plain(schema: Schema, value: unknown, fail: Fail): void {
  const types = schema.type === undefined ? [] : [schema.type].flat();
  if (types.length > 0 && !types.some((type) => isOfType(value, type))) {
    fail('type', `must be ${types.join(' or ')}`);
  }
  if (Array.isArray(schema.enum) && !schema.enum.some((one) => sameJson(one, value))) {
    const values = schema.enum.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
    fail('enum', `must be one of ${values.slice(0, 20).join(', ')}${values.length > 20 ? ', …' : ''}`);
  }
  if ('const' in schema && !sameJson(schema.const, value)) fail('const', `must be ${JSON.stringify(schema.const)}`);
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value);
    case 'file':
      return typeof value === 'string';
    default:
      return typeof value === type;
  }
}

function text(schema: Schema, value: string, fail: Fail): void {
  const { minLength, maxLength, pattern, format } = schema;
  if (minLength !== undefined || maxLength !== undefined) {
    const length = [...value].length;
    if (minLength !== undefined && length < minLength) fail('minLength', `must have at least ${minLength} characters`);
    if (maxLength !== undefined && length > maxLength) fail('maxLength', `must have at most ${maxLength} characters`);
  }
  if (typeof pattern === 'string' && patternOf(pattern)?.test(value) === false) {
    fail('pattern', `must match ${pattern}`);
  }
  if (typeof format === 'string' && !fitsFormat(format, value)) fail('format', `must be a valid ${format}`);
}

function number(schema: Schema, value: number, fail: Fail): void {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format } = schema;
  if (minimum !== undefined) {
    if (value < minimum) fail('minimum', `must be at least ${minimum}`);
    if (exclusiveMinimum === true && value === minimum) fail('exclusiveMinimum', `must be more than ${minimum}`);
  }
  if (maximum !== undefined) {
    if (value > maximum) fail('maximum', `must be at most ${maximum}`);
    if (exclusiveMaximum === true && value === maximum) fail('exclusiveMaximum', `must be less than ${maximum}`);
  }
  if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum) {
    fail('exclusiveMinimum', `must be more than ${exclusiveMinimum}`);
  }
  if (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum) {
    fail('exclusiveMaximum', `must be less than ${exclusiveMaximum}`);
  }
  if (multipleOf !== undefined && multipleOf > 0) {
    const quotient = value / multipleOf;
    // 19.99 is a multiple of 0.01, though not in binary.
    if (Math.abs(quotient - Math.round(quotient)) > 1e-8 * Math.max(1, Math.abs(quotient))) {
      fail('multipleOf', `must be a multiple of ${multipleOf}`);
    }
  }
  if (format === 'int32' && (value < -(2 ** 31) || value > 2 ** 31 - 1)) fail('format', 'must fit into int32');
}

function list(schema: Schema, value: readonly unknown[], path: Path, { apply, fail, take, result }: Steps): void {
  const { minItems, maxItems, uniqueItems, prefixItems = [], items, contains, minContains = 1, maxContains } = schema;
  if (minItems !== undefined && value.length < minItems) fail('minItems', `must have at least ${minItems} items`);
  if (maxItems !== undefined && value.length > maxItems) fail('maxItems', `must have at most ${maxItems} items`);
  if (uniqueItems === true && repeats(value)) fail('uniqueItems', 'must not repeat an item');
  for (const [index, item] of value.entries()) {
    const part = index < prefixItems.length ? prefixItems[index] : items;
    if (part === undefined) continue;
    // The marks of an item are about its members, not about this list.
    result.faults.push(...apply(part, item, [...path, index]).faults.slice(0, MAX_FAULTS - result.faults.length));
  }
  result.items = Math.max(result.items, items === undefined ? prefixItems.length : value.length);
  if (contains !== undefined) {
    const found = value.filter((item, index) => apply(contains, item, [...path, index]).faults.length === 0).length;
    if (found < minContains) fail('contains', `must contain ${minContains} of what is asked for`);
    if (maxContains !== undefined && found > maxContains) fail('maxContains', `must contain at most ${maxContains}`);
  }
  void take;
}

function repeats(value: readonly unknown[]): boolean {
  const seen = new Set<string>();
  for (const item of value) {
    const key = canonical(item);
    if (seen.has(key)) return true;
    seen.add(key);
  }
  return false;
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? 'undefined';
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
}

function object(
  { resolve, direction }: Context,
  schema: Schema,
  value: Readonly<Record<string, unknown>>,
  path: Path,
  { apply, fail, take, result }: Steps,
): void {
  const { properties = {}, patternProperties = {}, additionalProperties, propertyNames } = schema;
  const names = Object.keys(value);
  const { minProperties, maxProperties } = schema;
  if (minProperties !== undefined && names.length < minProperties) {
    fail('minProperties', `must have at least ${minProperties} members`);
  }
  if (maxProperties !== undefined && names.length > maxProperties) {
    fail('maxProperties', `must have at most ${maxProperties} members`);
  }
  const ignored = direction === 'request' ? 'readOnly' : 'writeOnly';
  for (const name of Array.isArray(schema.required) ? schema.required : []) {
    if (Object.hasOwn(value, name)) continue;
    const member = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (isObject(member) && (member[ignored] === true || resolve(member)[ignored] === true)) continue;
    fail('required', 'is required', [...path, name]);
  }
  const patterns = Object.entries(patternProperties).map(([pattern, part]) => [patternOf(pattern), part] as const);
  for (const [name, member] of Object.entries(value)) {
    const parts: unknown[] = patterns.filter(([pattern]) => pattern?.test(name)).map(([, part]) => part);
    if (Object.hasOwn(properties, name)) parts.push(properties[name]);
    if (parts.length > 0) result.members.add(name);
    else if (additionalProperties === false) {
      fail('additionalProperties', `must not have ${name}`);
    } else if (additionalProperties !== undefined) {
      result.members.add(name);
      parts.push(additionalProperties);
    }
    for (const part of parts) {
      const { faults } = apply(part, member, [...path, name]);
      result.faults.push(...faults.slice(0, MAX_FAULTS - result.faults.length));
    }
    if (propertyNames !== undefined && apply(propertyNames, name).faults.length > 0) {
      fail('propertyNames', `must not have a member called ${name}`);
    }
  }
  for (const [name, needed] of Object.entries(schema.dependentRequired ?? {})) {
    if (!Object.hasOwn(value, name)) continue;
    for (const one of needed) if (!Object.hasOwn(value, one)) fail('required', 'is required', [...path, one]);
  }
  for (const [name, part] of Object.entries(schema.dependentSchemas ?? {})) {
    if (Object.hasOwn(value, name)) take(apply(part));
  }
}

function combined({ resolve }: Context, schema: Schema, value: unknown, { apply, fail, take, result }: Steps): void {
  for (const part of Array.isArray(schema.allOf) ? schema.allOf : []) take(apply(part));
  for (const keyword of ['anyOf', 'oneOf'] as const) {
    const branches = schema[keyword];
    if (!Array.isArray(branches) || branches.length === 0) continue;
    const meant = discriminated(resolve, schema, branches, value);
    if (meant !== undefined) {
      take(apply(meant));
      continue;
    }
    const results = branches.map((branch) => apply(branch));
    const fitting = results.filter(({ faults }) => faults.length === 0);
    for (const one of fitting) takeMarks(result, one);
    if (fitting.length === 0) {
      const nearest = results.toSorted((a, b) => a.faults.length - b.faults.length)[0]?.faults ?? [];
      const deeper = nearest.filter(({ keyword: word }) => word !== 'type' && word !== 'const' && word !== 'enum');
      if (branches.length === 1 || deeper.length === nearest.length) result.faults.push(...nearest.slice(0, 3));
      else fail(keyword, `fits none of the ${branches.length} alternatives`);
    } else if (keyword === 'oneOf' && fitting.length > 1) {
      fail('oneOf', `fits ${fitting.length} of the alternatives instead of one`);
    }
  }
  if (schema.not !== undefined && apply(schema.not).faults.length === 0) fail('not', 'must not be of that form');
  if (schema.if !== undefined) {
    const condition = apply(schema.if);
    if (condition.faults.length === 0) takeMarks(result, condition);
    const next = condition.faults.length === 0 ? schema.then : schema.else;
    if (next !== undefined) take(apply(next));
  }
}

/** The discriminator of a schema of which all branches are made. */
function sharedBy(resolve: Resolve, branches: readonly unknown[]): unknown {
  return discriminatorOfAll(branches.map((branch) => basesOf(resolve, branch, [])));
}

function basesOf(resolve: Resolve, node: unknown, within: readonly Schema[]): Schema[] {
  const schema = isObject(node) ? resolve(node as Schema) : undefined;
  if (!isObject(schema) || within.includes(schema as Schema)) return [];
  const inside = [...within, schema as Schema];
  const { allOf } = schema as Schema;
  return [schema as Schema, ...(Array.isArray(allOf) ? allOf.flatMap((part) => basesOf(resolve, part, inside)) : [])];
}

/** The alternative that the discriminator names. */
export function discriminated(resolve: Resolve, schema: Schema, branches: readonly unknown[], value: unknown): unknown {
  const discriminator = schema.discriminator ?? sharedBy(resolve, branches);
  if (!isObject(discriminator) || typeof discriminator.propertyName !== 'string' || !isObject(value)) return undefined;
  const name = value[discriminator.propertyName];
  if (typeof name !== 'string') return undefined;
  const mapping = isObject(discriminator.mapping) ? discriminator.mapping : {};
  const target = Object.hasOwn(mapping, name) ? mapping[name] : undefined;
  const refOf = (branch: unknown) => (isObject(branch) && typeof branch.$ref === 'string' ? branch.$ref : undefined);
  return branches.find((branch) => {
    const ref = refOf(branch);
    if (ref === undefined) return false;
    if (typeof target === 'string') return ref === target || ref.endsWith(`/${target}`);
    return ref.endsWith(`/${name}`) && resolve(branch as Schema) !== undefined;
  });
}

function unevaluated(schema: Schema, value: unknown, path: Path, { apply, fail, result }: Steps): void {
  const { unevaluatedProperties, unevaluatedItems } = schema;
  if (unevaluatedProperties !== undefined && isObject(value)) {
    for (const [name, member] of Object.entries(value)) {
      if (result.members.has(name)) continue;
      result.members.add(name);
      if (unevaluatedProperties === false) fail('unevaluatedProperties', `must not have ${name}`);
      else result.faults.push(...apply(unevaluatedProperties, member, [...path, name]).faults);
    }
  }
  if (unevaluatedItems !== undefined && Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      if (index < result.items) continue;
      result.faults.push(...apply(unevaluatedItems, item, [...path, index]).faults);
    }
    result.items = value.length;
  }
}
