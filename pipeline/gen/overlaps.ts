import { distinctBranches } from '../document/branches.ts';
import { choiceOf } from '../document/discriminators.ts';
import { fits } from '../document/fits.ts';
import { attempt, isObject } from '../document/references.ts';
import { partsOf, schemaOf } from '../document/schemas.ts';
import type { Document, Schema } from '../document/types.ts';
import { type Place, walk } from '../document/walk.ts';

export interface Overlap {
  /** A value that fits more than one branch. */
  readonly value: unknown;
  readonly pointer: string;
}

/** Every `oneOf` of which a simple value fits several branches, and that no discriminator tells apart. */
export function overlapsIn(document: Document): Overlap[] {
  const found: Overlap[] = [];
  walk(document, (node, at: Place) => {
    if (!Array.isArray(node.oneOf) || node.oneOf.length < 2 || choiceOf(document, node as Schema) !== undefined) return;
    const { oneOf, ...beside } = node;
    const isInSeveral = (branches: readonly unknown[], value: unknown) =>
      branches.filter((branch) => fits(document, branch, value)).length > 1;
    const value = [...oneOf.flatMap((branch) => simpleValues(document, branch)), ...ORDINARY].find(
      (one) => isInSeveral(oneOf, one) && fits(document, beside, one),
    );
    if (value === undefined) return;
    const branches = distinctBranches(document, oneOf);
    // Of branches with members that a view leaves out, the server takes any.
    const isLoose = node.anyOf === undefined && branches.some((one) => isPartlyHidden(document, one));
    const pointer = at();
    if (!isLoose && !NOT_SERVED.test(pointer) && isInSeveral(branches, value)) found.push({ value, pointer });
  });
  return found;
}

const NOT_SERVED = /^#\/(webhooks|paths\/[^/]*\/[^/]*\/callbacks)\//;
const ORDINARY = [{}, 'text', 1, 0.5, true, [], null];

const isPartlyHidden = (document: Document, branch: unknown): boolean =>
  (attempt(() => partsOf(document, branch)) ?? []).some(({ properties }) =>
    Object.values(properties ?? {}).some((member) => {
      const { readOnly, writeOnly } = schemaOf(document, member);
      return readOnly === true || writeOnly === true;
    }),
  );

/** Values that a schema names, and an object of no more than it requires. They may break it where it says more. */
function simpleValues(document: Document, node: unknown, depth = 0): unknown[] {
  const parts = attempt(() => partsOf(document, node)) ?? [];
  const named = parts.flatMap(({ const: only, enum: values, example }) =>
    [only, ...(Array.isArray(values) ? values.slice(0, 3) : []), example].filter((one) => one !== undefined),
  );
  const required = parts.flatMap((part) => (Array.isArray(part.required) ? part.required : []));
  if (required.length === 0 || depth > 2) return [...named, ...parts.flatMap(ordinaryOf)];
  const members = required.map((name) => {
    const schema = parts.map(({ properties }) => properties?.[name]).find(isObject) ?? {};
    return [name, simpleValues(document, schema, depth + 1)[0] ?? 'text'];
  });
  return [...named, Object.fromEntries(members)];
}

function ordinaryOf({ type }: Schema): unknown[] {
  const [first] = [type].flat();
  const values = { string: 'text', integer: 1, number: 1, boolean: true, array: [], object: {} };
  return typeof first === 'string' && first in values ? [values[first as keyof typeof values]] : [];
}
