import { attempt, componentName, isObject, isReference, pointerTo, resolve } from './references.ts';
import { memberSchema, partsOf, schemaOf, typesOf } from './schemas.ts';
import type { Discriminator, Document, Schema } from './types.ts';

/** A branch of a choice, with the values of the discriminator that mean it. */
export interface Branch {
  readonly schema: unknown;
  readonly values: readonly unknown[];
  /** Whether the branch's own schema says that it takes these values alone. */
  readonly isOwn: boolean;
}

/** A choice of schemas of which a discriminator tells one. */
export interface Choice {
  readonly discriminator: Discriminator;
  readonly branches: readonly Branch[];
  /** Whether null is a branch too. */
  readonly isNullable: boolean;
}

/** The one choice of a schema, where it is known which value means which branch. */
export function choiceOf(document: Document, node: Schema, within: readonly Schema[] = []): Choice | undefined {
  if (within.includes(node)) return undefined;
  const choice = node.oneOf ?? node.anyOf;
  if (!Array.isArray(choice)) return undefined;
  const objects = choice.filter((branch) => !isNull(document, branch));
  const discriminator = node.discriminator ?? sharedBy(document, objects);
  if (typeof discriminator?.propertyName !== 'string' || objects.length === 0) return undefined;
  const mapping = mappingOf(document, discriminator.mapping);
  const branches = branchesOf(document, objects, discriminator.propertyName, mapping, [...within, node]);
  return branches && { branches, discriminator, isNullable: objects.length < choice.length };
}

const isNull = (document: Document, branch: unknown): boolean =>
  [...(attempt(() => typesOf(document, branch)) ?? [])].join() === 'null';

/** The discriminator of a schema of which all branches are made. */
function sharedBy(document: Document, choice: readonly unknown[]): Discriminator | undefined {
  return discriminatorOfAll(choice.map((branch) => attempt(() => partsOf(document, branch)) ?? []));
}

/** The discriminator of a schema that is among the parts of every branch. */
export function discriminatorOfAll<Part extends { readonly discriminator?: unknown }>([
  first = [],
  ...others
]: readonly (readonly Part[])[]): Part['discriminator'] {
  return first.find((part) => part.discriminator && others.every((parts) => parts.includes(part)))?.discriminator;
}

/** By the schema that is meant, the values that mean it. */
type Mapping = ReadonlyMap<unknown, readonly string[]>;

function mappingOf(document: Document, mapping: Readonly<Record<string, string>> | undefined): Mapping {
  const found = new Map<unknown, string[]>();
  for (const [value, target] of Object.entries(mapping ?? {})) {
    const schema = followed(document, { $ref: targetOf(document, target) });
    found.set(schema, [...(found.get(schema) ?? []), value]);
  }
  return found;
}

/** A mapping names a schema by a reference, or by the bare name of a component. */
export const targetOf = (document: Document, target: string): string =>
  Object.hasOwn(document.components?.schemas ?? {}, target) ? pointerTo('#/components/schemas', target) : target;

/** The values that a mapping gives a component. */
export function mappedValues(component: string, mapping: Readonly<Record<string, string>> = {}): string[] {
  const ref = pointerTo('#/components/schemas', component);
  const named = Object.entries(mapping).filter(([, target]) => target === ref || target === component);
  return named.map(([value]) => value);
}

/** The branches of a choice with the values that mean them; undefined where that is not said. */
function branchesOf(
  document: Document,
  choice: readonly unknown[],
  name: string,
  mapping: Mapping,
  within: readonly Schema[],
): Branch[] | undefined {
  const branches: Branch[] = [];
  const taken = new Set<unknown>();
  const owned = choice.map(
    (schema) => withinValues(document, schema, name, within) ?? ownValues(document, schema, name) ?? [],
  );
  for (const [index, schema] of choice.entries()) {
    const target = followed(document, schema);
    if (!isObject(target)) return undefined;
    const own = owned[index] ?? [];
    // Values that several branches allow come from the schema they share, and tell none of them apart.
    const isOwn = own.length > 0 && !own.some((value) => owned.some((all, at) => at !== index && all.includes(value)));
    const named = componentName('schemas', schema);
    const component = own.length === 0 || own.includes(named) ? named : undefined;
    const mapped = mapping.get(target);
    const values = mapped ?? (isOwn ? own : component === undefined ? undefined : [component]);
    if (values === undefined || values.some((value) => taken.has(value))) return undefined;
    for (const value of values) taken.add(value);
    branches.push({ schema, values, isOwn: isOwn && values.length >= own.length });
  }
  return branches;
}

/** The values that mean one of the branches of a branch that is a choice itself. */
function withinValues(
  document: Document,
  schema: unknown,
  name: string,
  within: readonly Schema[],
): readonly unknown[] | undefined {
  const target = followed(document, schema);
  const choice = isObject(target) ? choiceOf(document, target as Schema, within) : undefined;
  if (choice?.discriminator.propertyName !== name) return undefined;
  return choice.branches.flatMap(({ values }) => values);
}

/** The values that a schema itself allows for a member. */
export function ownValues(document: Document, schema: unknown, name: string): readonly unknown[] | undefined {
  const found = attempt(() => schemaOf(document, memberSchema(document, schema, name)));
  if (found === undefined) return undefined;
  const { const: value, enum: values } = found;
  if (value !== undefined) return [value];
  return Array.isArray(values) && values.length > 0 ? values : undefined;
}

const followed = (document: Document, node: unknown): unknown =>
  attempt(() => (isReference(node) ? resolve(document, node) : node));
