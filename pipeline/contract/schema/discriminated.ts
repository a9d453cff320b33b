import { discriminatorOfAll } from '../../document/discriminators.ts';
import { isObject } from '../document/json.ts';
import type { Resolve, Schema } from './schema.ts';

/** The alternative that the discriminator names. */
export function discriminated(resolve: Resolve, schema: Schema, branches: readonly unknown[], value: unknown): unknown {
  if (!isObject(value)) return undefined;
  const discriminator = schema.discriminator ?? sharedBy(resolve, branches);
  if (!isObject(discriminator) || typeof discriminator.propertyName !== 'string') return undefined;
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

/** The discriminator of a schema of which all branches are made. */
const sharedBy = (resolve: Resolve, branches: readonly unknown[]): unknown =>
  discriminatorOfAll(branches.map((branch) => basesOf(resolve, branch, [])));

function basesOf(resolve: Resolve, node: unknown, within: readonly Schema[]): Schema[] {
  const schema = isObject(node) ? resolve(node as Schema) : undefined;
  if (!isObject(schema) || within.includes(schema as Schema)) return [];
  const inside = [...within, schema as Schema];
  const { allOf } = schema as Schema;
  return [schema as Schema, ...(Array.isArray(allOf) ? allOf.flatMap((part) => basesOf(resolve, part, inside)) : [])];
}
