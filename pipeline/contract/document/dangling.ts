import { isReference, pointed } from '../../document/references.ts';
import { walk } from '../../document/walk.ts';

type Node = Readonly<Record<string, unknown>>;

/** A chain of references that is longer has no end. */
export const MAX_STEPS = 32;

/** Follows a reference; undefined if its target is missing or in another document. */
export function targetOf(root: object, ref: string): unknown {
  try {
    return pointed(root, ref);
  } catch {
    return undefined;
  }
}

/** The document without the references that lead nowhere: nothing is known of what they stand for, and the rest works. */
export function withoutDangling(root: Node): { root: Node; unusable: Set<string> } {
  const unusable = new Set<string>();
  visitReferences(root, root, ({ $ref }) => {
    if (!endsSomewhere(root, $ref)) unusable.add($ref);
  });
  if (unusable.size === 0) return { root, unusable };
  const copy = structuredClone(root);
  visitReferences(copy, copy, (node) => {
    if (unusable.has(node.$ref)) delete (node as { $ref?: string }).$ref;
  });
  return { root: copy, unusable };
}

function endsSomewhere(root: Node, ref: string): boolean {
  let current: unknown = { $ref: ref };
  for (let steps = 0; isReference(current); steps++) {
    current = steps > MAX_STEPS ? undefined : targetOf(root, current.$ref);
  }
  return current !== undefined;
}

/** Visits the references of the document, and those of its extensions that it refers to. */
function visitReferences(root: Node, start: object, visit: (node: { $ref: string }) => void): void {
  const seen = new Set<unknown>();
  const left: unknown[] = [start];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    walk(next, (node) => {
      if (!isReference(node)) return;
      const target = /^#\/(.*\/)?x-/.test(node.$ref) ? targetOf(root, node.$ref) : undefined;
      visit(node);
      if (typeof target !== 'object' || target === null || seen.has(target)) return;
      seen.add(target);
      left.push(target);
    });
  }
}
