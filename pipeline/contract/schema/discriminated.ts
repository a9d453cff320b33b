import { discriminatorOfAll } from '../../document/discriminators.ts';
import { isObject } from '../document/json.ts';
import { isHidden } from './marks.ts';
import { type Resolve, type Schema, viewOf } from './schema.ts';

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

/** Whether an object names an alternative that there is not. */
export function namesNone(schema: Schema, branches: readonly unknown[], value: unknown): boolean {
  const name = discriminatorOf(schema);
  if (name === undefined || !isObject(value) || typeof value[name] !== 'string') return false;
  const marks = branches.map((branch) => (isObject(branch) ? markOf(schema, branch as Schema) : undefined));
  return marks.every((mark) => mark !== undefined && mark !== value[name]);
}

/** An object of an alternative, which names it. */
export function marked(resolve: Resolve, whole: Schema, branch: Schema, value: unknown): unknown {
  const name = discriminatorOf(whole);
  if (name === undefined || !isObject(value)) return value;
  if (isHidden(resolve, viewOf(resolve, branch).properties[name], 'request')) return value;
  const mark = markOf(whole, branch);
  return mark === undefined ? value : { ...value, [name]: mark };
}

const discriminatorOf = ({ discriminator }: Schema): string | undefined =>
  isObject(discriminator) && typeof discriminator.propertyName === 'string' ? discriminator.propertyName : undefined;

/** The value by which a discriminator names the branch. */
function markOf({ discriminator }: Schema, { $ref }: Schema): string | undefined {
  if ($ref === undefined) return undefined;
  const mapping = isObject(discriminator) && isObject(discriminator.mapping) ? discriminator.mapping : {};
  const name = $ref.split('/').at(-1);
  return Object.entries(mapping).find(([, target]) => target === $ref || target === name)?.[0] ?? name;
}

/** Whether the member says which alternative an object is of. */
export const tellsApart = ({ discriminator }: Pick<Schema, 'discriminator'>, name: string): boolean =>
  isObject(discriminator) && discriminator.propertyName === name;

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
