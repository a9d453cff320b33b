import { isObject, resolve } from './references.ts';
import type { Document, Schema } from './types.ts';

/** A schema with references followed; `true` and `false` are schemas without a word. */
export function schemaOf(document: Document, node: unknown): Schema {
  const found = resolve<Schema>(document, node as never);
  return isObject(found) ? found : {};
}

/**
 * The schemas that all hold for a value of this one: itself, where its reference leads, and its `allOf`, at every depth.
 * Alternatives are not among them.
 */
export function partsOf(document: Document, node: unknown): Schema[] {
  const found = new Set<Schema>();
  const visit = (part: unknown): void => {
    const schema = schemaOf(document, part);
    if (found.has(schema)) return;
    found.add(schema);
    for (const one of schema.allOf ?? []) visit(one);
  };
  visit(node);
  return [...found];
}

const ALL = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'];

/** The types that a value may have. Empty where the schema says nothing about them. */
export function typesOf(document: Document, node: unknown): ReadonlySet<string> {
  return possible(document, node, []) ?? new Set();
}

function possible(document: Document, node: unknown, within: readonly Schema[]): Set<string> | undefined {
  const schema = schemaOf(document, node);
  if (within.includes(schema)) return undefined;
  const inside = [...within, schema];
  const sets: (Set<string> | undefined)[] = [ownTypes(schema)];
  for (const part of schema.allOf ?? []) sets.push(possible(document, part, inside));
  for (const branches of [schema.oneOf, schema.anyOf]) {
    if (branches === undefined) continue;
    const of = branches.map((branch) => possible(document, branch, inside) ?? new Set(ALL));
    sets.push(new Set(of.flatMap((set) => [...set])));
  }
  const known = sets.filter((set) => set !== undefined);
  if (known.length === 0) return undefined;
  const types = known.reduce(commonTypes);
  if (schema.nullable === true && schema.type !== undefined) types.add('null');
  return types.size === ALL.length ? undefined : types;
}

/** The types that two sets have in common. An integer is a number too. */
export const commonTypes = (a: ReadonlySet<string>, b: ReadonlySet<string>): Set<string> => {
  const common = [...a].filter((type) => has(b, type));
  return new Set(common.concat([...b].filter((type) => has(a, type))));
};

const has = (set: ReadonlySet<string>, type: string) => set.has(type) || (type === 'integer' && set.has('number'));

function ownTypes({ type, enum: values, const: value, properties, items }: Schema): Set<string> | undefined {
  if (type !== undefined) return new Set([type].flat());
  const given = value !== undefined ? [value] : values;
  if (given !== undefined && given.length > 0) return new Set(given.map(typeOf));
  if (properties !== undefined) return new Set(['object']);
  return items !== undefined ? new Set(['array']) : undefined;
}

/** The JSON Schema type of a value. */
export function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

/** Whether a value is of one of these types. A fraction is no integer. */
export const isOfType = (types: ReadonlySet<string>, value: unknown): boolean => has(types, typeOf(value));

/** The schema of a member of an object, as far as one is given: by `properties`, else by `additionalProperties`. */
export function memberSchema(document: Document, node: unknown, name: string): Schema | undefined {
  const parts = allPartsOf(document, node);
  for (const { properties } of parts) {
    if (properties && Object.hasOwn(properties, name)) return properties[name];
  }
  return parts.map(({ additionalProperties }) => additionalProperties).find(isObject) as Schema | undefined;
}

/** The schema of an item of a list, as far as one is given. */
export function itemSchema(document: Document, node: unknown, index: number): Schema | undefined {
  for (const { prefixItems, items } of allPartsOf(document, node)) {
    if (prefixItems?.[index] !== undefined) return prefixItems[index];
    if (isObject(items)) return items as Schema;
  }
  return undefined;
}

/** The names that `properties` give, in alternatives too. */
export const memberNames = (document: Document, node: unknown): string[] => [
  ...new Set(allPartsOf(document, node).flatMap(({ properties }) => Object.keys(properties ?? {}))),
];

/** Whether members that are not named are possible. */
export const isOpen = (document: Document, node: unknown): boolean =>
  !allPartsOf(document, node).some(
    ({ additionalProperties, unevaluatedProperties }) =>
      additionalProperties === false || unevaluatedProperties === false,
  );

function allPartsOf(document: Document, node: unknown): Schema[] {
  const found = new Set<Schema>();
  const visit = (part: unknown): void => {
    const schema = schemaOf(document, part);
    if (found.has(schema)) return;
    found.add(schema);
    for (const one of [schema.allOf, schema.oneOf, schema.anyOf].flatMap((list) => list ?? [])) visit(one);
  };
  visit(node);
  return [...found];
}
