import { patternOf } from '../../document/patterns.ts';
import { isObject, type Path } from '../document/json.ts';
import { discriminated, tellsApart } from './discriminated.ts';
import { isHidden } from './marks.ts';
import { type Choose, first, type Resolve, type Schema, type View, viewOf } from './schema.ts';
import { type Validate, validator } from './validate.ts';

/** A place in a value, with what the schema says of it. */
export interface Place {
  readonly path: Path;
  readonly value: unknown;
  readonly view: View;
  readonly schema: Schema;
  /** Whether it may be left out; undefined for the whole and for items. */
  readonly optional: boolean | undefined;
}

const MAX_PLACES = 400;
/** How many members and items may be looked at for all variants of a value, each of which is validated as a whole. */
const BUDGET = 30_000;

/** Fewer places of a bigger value. */
export const mostPlaces = (value: unknown): number =>
  Math.max(20, Math.min(MAX_PLACES, Math.floor(BUDGET / sizeOf(value))));

const sizeOf = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? Object.values(value).reduce((size: number, inner) => size + sizeOf(inner), 1)
    : 1;

/** Every place of a request's value that its schema declares, the whole first. */
export function places(
  resolve: Resolve,
  schema: Schema,
  value: unknown,
  faultsOf: Validate = validator(resolve, 'request'),
): Place[] {
  const found: Place[] = [];
  const most = mostPlaces(value);
  const visit = (part: Schema, inner: unknown, path: Path, optional: boolean | undefined): void => {
    if (found.length >= most || !isObject(part)) return;
    const view = viewOf(resolve, part, chosenFor(resolve, inner, faultsOf));
    found.push({ path, value: inner, view, schema: part, optional });
    if (Array.isArray(inner)) {
      for (const [index, item] of inner.entries()) {
        const declared = view.prefixItems?.[index] ?? view.items;
        if (declared !== undefined) visit(declared, item, [...path, index], undefined);
      }
    } else if (isObject(inner)) {
      for (const [name, member] of Object.entries(inner)) {
        const declared = Object.hasOwn(view.properties, name) ? view.properties[name] : ofMap(view, name);
        if (!isObject(declared) || isHidden(resolve, declared, 'request')) continue;
        visit(declared, member, [...path, name], !view.required.includes(name) && !tellsApart(view, name));
      }
    }
  };
  visit(schema, value, [], undefined);
  return found;
}

/** The schema of a member that has no name of its own. */
function ofMap({ patternProperties = {}, additionalProperties }: View, name: string): unknown {
  const matched = Object.entries(patternProperties).find(([pattern]) => patternOf(pattern)?.test(name));
  return matched?.[1] ?? additionalProperties;
}

/** The alternative that a value fits. */
export const chosenFor =
  (resolve: Resolve, value: unknown, faultsOf: Validate = validator(resolve, 'request')): Choose =>
  (branches, schema) =>
    (discriminated(resolve, schema, branches, value) as Schema | undefined) ??
    branches.find((branch) => faultsOf(branch, value).length === 0) ??
    first(branches, schema);

/** The place in the schema: every item of a list is the same one. */
export const schemaPlace = (path: Path): string =>
  path.map((step) => (typeof step === 'number' ? '/*' : `/${step}`)).join('');
