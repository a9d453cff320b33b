import { isObject, pointer, withAt } from '../document/json.ts';
import { marked } from './discriminated.ts';
import { build } from './make.ts';
import { type Place, places } from './places.ts';
import type { Resolve, Schema } from './schema.ts';
import { type Validate, validator } from './validate.ts';
import type { Variant } from './vary.ts';

const MAX_BRANCHES = 8;

/** Values with another alternative of a `oneOf` or an `anyOf` in one place. */
export function* alternatives(resolve: Resolve, schema: Schema, body: unknown): Generator<Variant> {
  const faultsOf = validator(resolve, 'request');
  for (const place of places(resolve, schema, body, faultsOf)) {
    const whole = resolve(place.schema);
    const branches = whole.oneOf ?? whole.anyOf ?? [];
    if (!Array.isArray(branches) || branches.length < 2) continue;
    for (const [index, branch] of branches.slice(0, MAX_BRANCHES).entries()) {
      const value = branchValue(resolve, place, whole, branch, faultsOf);
      if (value === undefined) continue;
      const varied = withAt(body, place.path, value);
      if (faultsOf(schema, varied).length > 0) continue;
      const what = `${pointer(place.path) || 'the body'} is of alternative ${index + 1}`;
      yield { path: place.path, what, body: varied, declared: true };
    }
  }
}

/** A value of the branch, unless the place has one already. */
function branchValue(
  resolve: Resolve,
  { value, path }: Place,
  whole: Schema,
  branch: Schema,
  faultsOf: Validate,
): unknown {
  const isItem = typeof path.at(-1) === 'number' && path.at(-1) !== 0;
  if (isItem || !isObject(branch) || resolve(branch).type === 'null') return undefined;
  if (faultsOf(branch, value).length === 0) return undefined;
  const { oneOf: _one, anyOf: _any, discriminator: _discriminator, ...common } = whole;
  const built = build(resolve, { allOf: [common, branch] });
  if (!('value' in built)) return undefined;
  return marked(resolve, whole, branch, built.value);
}
