import { isDeepStrictEqual } from 'node:util';
import { patternOf } from '../../document/patterns.ts';
import { isObject } from '../../document/references.ts';
import { commonTypes, isOfType, schemaOf } from '../../document/schemas.ts';
import type { Document, Schema } from '../../document/types.ts';

/** The combined constraints of several schemas that apply to the same value. */
export interface Combined {
  /** The types that it may have; undefined where none of them says. */
  readonly types: ReadonlySet<string> | undefined;
  /** The values that it may have; undefined where none of them lists any. */
  readonly values: readonly unknown[] | undefined;
  readonly required: ReadonlySet<string>;
  /** The schema of each member that is named and allowed. */
  readonly members: ReadonlyMap<string, unknown>;
  /** The schema of unnamed members; false if they aren't allowed. */
  readonly others: unknown;
  /** The schema that member names must satisfy. */
  readonly names: unknown;
  /** The expressions of names, with the schemas of the members that have them. */
  readonly byPattern: readonly (readonly [pattern: string, schema: unknown])[];
  readonly first: readonly unknown[];
  /** The schema of the items after `first`; false if there may be none. */
  readonly items: unknown;
  readonly contains: readonly Schema[];
  readonly isUnique: boolean;
  readonly formats: readonly string[];
  readonly patterns: readonly string[];
  readonly steps: readonly number[];
  readonly least: (keyword: Least) => number | undefined;
  readonly most: (keyword: Most) => number | undefined;
  /** Whether a bound may not be reached itself. */
  readonly isOpen: (bound: 'minimum' | 'maximum') => boolean;
}

type Least = 'minLength' | 'minItems' | 'minProperties' | 'minContains' | 'minimum';
type Most = 'maxLength' | 'maxItems' | 'maxProperties' | 'maximum';

export function combined(document: Document, parts: readonly Schema[]): Combined {
  const all = <T>(name: string, is: (value: unknown) => value is T): T[] =>
    parts.map((part) => part[name]).filter((value) => is(value));
  const isOpen = (bound: 'minimum' | 'maximum') => {
    const reached = extreme(bound, bounds(parts, bound));
    return limits(parts, bound).some(({ open, value }) => open && value === reached);
  };
  const prefixes = all('prefixItems', isList);
  const items = all('items', isSchema);
  return {
    types: typesOf(parts),
    values: valuesOf(parts),
    required: new Set([...all('required', isList).flat().map(String), ...dependent(parts)]),
    members: membersOf(document, parts),
    others: together(
      [...all('additionalProperties', isSchema), ...all('unevaluatedProperties', isSchema)].filter(
        (one) => one !== true,
      ),
    ),
    names: together(all('propertyNames', isObject)),
    byPattern: all('patternProperties', isObject).flatMap((map) => Object.entries(map)),
    first: Array.from({ length: Math.max(0, ...prefixes.map(({ length }) => length)) }, (_, index) =>
      together(prefixes.flatMap((list) => (index in list ? [list[index]] : []))),
    ),
    items: together(items),
    contains: all('contains', isObject) as Schema[],
    isUnique: parts.some((part) => part.uniqueItems === true),
    formats: all('format', isText),
    patterns: all('pattern', isText),
    steps: all('multipleOf', isNumber).filter((step) => step > 0),
    least: (keyword) => extreme('minimum', bounds(parts, keyword)),
    most: (keyword) => extreme('maximum', bounds(parts, keyword)),
    isOpen,
  };
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number';
const isSchema = (value: unknown): value is object | boolean => isObject(value) || typeof value === 'boolean';

/** One schema for all of them. */
function together(schemas: readonly unknown[]): unknown {
  if (schemas.includes(false)) return false;
  const own = [...new Set(schemas.filter((one) => one !== true))];
  return own.length > 1 ? { allOf: own } : (own[0] ?? {});
}

function typesOf(parts: readonly Schema[]): ReadonlySet<string> | undefined {
  const sets = parts.flatMap((part) => {
    if (part.type === undefined) return [];
    return [new Set([part.type, ...(part.nullable === true ? ['null'] : [])].flat() as string[])];
  });
  const [first, ...others] = sets;
  return first && others.reduce(commonTypes, first);
}

function valuesOf(parts: readonly Schema[]): readonly unknown[] | undefined {
  const lists = parts.flatMap((part): (readonly unknown[])[] => {
    if (part.const !== undefined) return [[part.const]];
    return Array.isArray(part.enum) && part.enum.length > 0 ? [part.enum] : [];
  });
  const [first, ...others] = lists;
  if (first === undefined) return undefined;
  const types = typesOf(parts);
  const common = first.filter((value) => others.every((list) => list.some((one) => isDeepStrictEqual(one, value))));
  const values = common.filter((value) => types === undefined || isOfType(types, value));
  return values.length > 0 ? values : common;
}

/** Members that `dependentRequired` asks for because of other required members. */
const dependent = (parts: readonly Schema[]): string[] =>
  parts.flatMap(({ dependentRequired, required = [] }) =>
    Object.entries(isObject(dependentRequired) ? dependentRequired : {}).flatMap(([name, needed]) =>
      required.includes(name) && Array.isArray(needed) ? needed.map(String) : [],
    ),
  );

function membersOf(document: Document, parts: readonly Schema[]): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown[]>();
  for (const { properties } of parts) {
    for (const [name, member] of Object.entries(isObject(properties) ? properties : {}))
      found.set(name, [...(found.get(name) ?? []), member]);
  }
  const closed = parts.filter((part) => part.additionalProperties === false);
  const allowed = [...found].filter(
    ([name, said]) => closed.every((part) => names(part, name)) && !said.includes(false),
  );
  return new Map(
    allowed.map(([name, said]) => {
      const matching = parts.flatMap(({ patternProperties }) =>
        Object.entries(isObject(patternProperties) ? patternProperties : {}).flatMap(([pattern, schema]) =>
          patternOf(pattern)?.test(name) ? [schema] : [],
        ),
      );
      return [name, together(distinct(document, [...said, ...matching]))];
    }),
  );
}

/** Often the same component, by the same reference. */
function distinct(document: Document, schemas: readonly unknown[]): unknown[] {
  const seen = new Set<unknown>();
  return schemas.filter((one) => {
    const found = schemaOf(document, one);
    if (seen.has(found)) return false;
    seen.add(found);
    return true;
  });
}

const names = ({ properties, patternProperties }: Schema, name: string): boolean =>
  Object.hasOwn(properties ?? {}, name) ||
  Object.keys(isObject(patternProperties) ? patternProperties : {}).some((pattern) => patternOf(pattern)?.test(name));

function bounds(parts: readonly Schema[], keyword: Least | Most): number[] {
  if (keyword === 'minimum' || keyword === 'maximum') return limits(parts, keyword).map(({ value }) => value);
  return parts.map((part) => part[keyword]).filter((value) => isNumber(value));
}

/** Bounds of numbers, as OpenAPI 3.0 (`exclusiveMinimum: true`) and 3.1 write them. */
function limits(parts: readonly Schema[], bound: 'minimum' | 'maximum'): { value: number; open: boolean }[] {
  const exclusive = bound === 'minimum' ? 'exclusiveMinimum' : 'exclusiveMaximum';
  return parts.flatMap((part) => [
    ...(isNumber(part[bound]) ? [{ value: part[bound] as number, open: part[exclusive] === true }] : []),
    ...(isNumber(part[exclusive]) ? [{ value: part[exclusive] as number, open: true }] : []),
  ]);
}

function extreme(bound: 'minimum' | 'maximum', values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  return bound === 'minimum' ? Math.max(...values) : Math.min(...values);
}
