import { isReference, pointed } from '../document/references.ts';
import type { Document, Reference } from '../document/types.ts';

export interface Cycle {
  /** A schema in it. */
  readonly schema: string;
  /** The reference that closes it. */
  readonly reference: Reference;
}

/**
 * Schemas that lead back to themselves by nothing but lists: `Path` is a list of `Path`. TypeScript has types for them,
 * but not in the form that openapi-typescript writes. With a member between there is no cycle, as TypeScript sees it.
 */
export function cyclesOf(document: Document): Cycle[] {
  const found: Cycle[] = [];
  const done = new Set<unknown>();
  const visit = (node: unknown, within: readonly Step[], schema: string, isItem = false): void => {
    if (typeof node !== 'object' || node === null || done.has(node)) return;
    const inside = [...within, { node, isItem }];
    if (isReference(node)) {
      const target = pointed(document, node.$ref);
      const start = within.findIndex((step) => step.node === target);
      if (start < 0) visit(target, inside, schema);
      else if (inside.slice(start + 1).some((step) => step.isItem)) found.push({ schema, reference: node });
    }
    const { allOf, anyOf, oneOf, not, items, prefixItems } = node as Record<string, unknown>;
    for (const part of [allOf, anyOf, oneOf, [not]].flat()) visit(part, inside, schema);
    for (const part of [items, prefixItems].flat()) visit(part, inside, schema, true);
    done.add(node);
  };
  for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) visit(schema, [], name);
  return found;
}

interface Step {
  readonly node: unknown;
  readonly isItem: boolean;
}
