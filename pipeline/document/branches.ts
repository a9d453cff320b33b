import { attempt, isObject, isReference, resolve } from './references.ts';

/** Words about a schema, which no value can break. */
const ANNOTATIONS = new Set('title description default example examples deprecated externalDocs xml'.split(' '));
const MAX_DEPTH = 12;

/**
 * The branches of a `oneOf` that differ in what they allow. Many documents give one error several examples by giving it
 * several times: each value would fit more than one.
 */
export const distinctBranches = (document: object, branches: readonly unknown[]): unknown[] =>
  distinct((ref) => attempt(() => resolve<unknown>(document, { $ref: ref })), branches);

/** The same, with what follows a reference. */
export function distinct<T>(follow: Follow, branches: readonly T[]): T[] {
  const seen = new Set<string>();
  return branches.filter((branch) => {
    const text = JSON.stringify(meaning(follow, branch, []));
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  });
}

/** Answers undefined for a reference that leads nowhere. */
type Follow = (ref: string) => unknown;

/** Members whose own members have names that someone chose: a member may be called `title`. */
const MAPS = new Set(['properties', 'patternProperties', 'dependentSchemas', '$defs']);

/** A schema without its annotations, with its references followed but for those that lead back. */
function meaning(follow: Follow, node: unknown, within: readonly unknown[], isMap = false): unknown {
  if (Array.isArray(node)) return node.map((part) => meaning(follow, part, within));
  if (!isObject(node)) return node;
  if (within.length > MAX_DEPTH || within.includes(node)) return within.length;
  const inside = [...within, node];
  const { $ref, ...own } = node;
  const target = isReference(node) ? follow(node.$ref) : undefined;
  const kept = Object.entries(own)
    .filter(([name]) => isMap || !(name.startsWith('x-') || ANNOTATIONS.has(name)))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => [name, meaning(follow, value, inside, !isMap && MAPS.has(name))]);
  const whole = Object.fromEntries(kept);
  if (target === undefined) return $ref === undefined ? whole : { $ref, ...whole };
  return kept.length === 0 ? meaning(follow, target, inside) : { $ref: meaning(follow, target, inside), ...whole };
}
