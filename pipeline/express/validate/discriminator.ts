import { isObject, isReference, resolve } from '../../document/references.ts';
import { memberSchema, schemaOf } from '../../document/schemas.ts';
import type { Document, Schema } from '../../document/types.ts';
import { attempt, type Prepared, schemaName } from './prepared.ts';

export interface Branch {
  readonly schema: unknown;
  readonly values: readonly unknown[];
}

/**
 * A choice of schemas with a discriminator, as one condition for each branch. Only the branch that the value names is
 * checked: its violations are told at their own places, and its defaults are filled in. Undefined where the document
 * does not say which value means which branch; the choice is then checked as it stands.
 */
export function discriminated(
  document: Document,
  node: Schema,
  same: (node: unknown) => Prepared,
  inner: (node: unknown) => Prepared,
): Prepared[] | undefined {
  const { discriminator } = node;
  const choice = node.oneOf ?? node.anyOf;
  const name = discriminator?.propertyName;
  if (typeof name !== 'string' || !Array.isArray(choice) || choice.length === 0) return undefined;
  const branches = branchesOf(document, choice, name, mappingOf(document, discriminator?.mapping));
  if (branches === undefined) return undefined;
  const known = branches.flatMap(({ values }) => values);
  const fallback = discriminator?.defaultMapping;
  const when = (values: readonly unknown[]) => ({
    type: 'object',
    properties: { [name]: { enum: values } },
    required: [name],
  });
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  const conditions = branches.map(({ schema, values }) => ({ if: when(values), then: same(schema) }));
  if (fallback !== undefined) {
    return [...conditions, { if: when(known), else: same({ $ref: targetOf(document, fallback) }) }];
  }
  return [{ type: 'object', required: [name], properties: { [name]: inner({ enum: known }) } }, ...conditions];
}

/** By the schema that is meant, the values that mean it. */
export type Mapping = ReadonlyMap<unknown, readonly string[]>;

export function mappingOf(document: Document, mapping: Readonly<Record<string, string>> | undefined): Mapping {
  const found = new Map<unknown, string[]>();
  for (const [value, target] of Object.entries(mapping ?? {})) {
    const schema = followed(document, { $ref: targetOf(document, target) });
    found.set(schema, [...(found.get(schema) ?? []), value]);
  }
  return found;
}

/** A mapping names a schema by a reference, or by the bare name of a component. */
const targetOf = (document: Document, target: string): string =>
  Object.hasOwn(document.components?.schemas ?? {}, target) ? `#/components/schemas/${escaped(target)}` : target;

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** The branches of a choice with the values that mean them; undefined where that is not said. */
export function branchesOf(
  document: Document,
  choice: readonly unknown[],
  name: string,
  mapping: Mapping,
): Branch[] | undefined {
  const branches: Branch[] = [];
  const taken = new Set<unknown>();
  for (const schema of choice) {
    const target = followed(document, schema);
    if (!isObject(target)) return undefined;
    const own = ownValues(document, schema, name);
    const mapped = mapping.get(target);
    const component = schemaName(schema);
    const values = mapped ?? own ?? (component === undefined ? undefined : [component]);
    if (values === undefined || values.some((value) => taken.has(value))) return undefined;
    for (const value of values) taken.add(value);
    branches.push({ schema, values });
  }
  return branches;
}

/** The values that a branch itself allows for the member. */
function ownValues(document: Document, schema: unknown, name: string): readonly unknown[] | undefined {
  const found = attempt(() => schemaOf(document, memberSchema(document, schema, name)));
  if (found === undefined) return undefined;
  const { const: value, enum: values } = found;
  if (value !== undefined) return [value];
  return Array.isArray(values) && values.length > 0 ? values : undefined;
}

const followed = (document: Document, node: unknown): unknown =>
  attempt(() => (isReference(node) ? resolve(document, node) : node));
