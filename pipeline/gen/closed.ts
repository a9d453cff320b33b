import { patternOf } from '../document/patterns.ts';
import { attempt, isObject } from '../document/references.ts';
import { partsOf } from '../document/schemas.ts';
import type { Document, Schema } from '../document/types.ts';
import { walk } from '../document/walk.ts';

export interface Closed {
  /** A member that one part of the whole names, and another forbids. */
  readonly member: string;
  readonly pointer: string;
}

/**
 * Schemas of several parts (`allOf`) of which one says `additionalProperties: false` of members that another names. The
 * word is about the part in which it stands, and not about the whole, as most who write it think.
 */
export function closedIn(document: Document): Closed[] {
  const found: Closed[] = [];
  walk(document, (node, at) => {
    if (!Array.isArray(node.allOf)) return;
    const parts = attempt(() => partsOf(document, node)) ?? [];
    const named = new Set(parts.flatMap(({ properties }) => Object.keys(isObject(properties) ? properties : {})));
    const closed = parts.filter(({ additionalProperties }) => additionalProperties === false);
    const member = [...named].find((name) => closed.some((part) => !names(part, name)));
    if (member !== undefined) found.push({ member, pointer: at() });
  });
  return found;
}

const names = ({ properties, patternProperties }: Schema, name: string): boolean =>
  Object.hasOwn(isObject(properties) ? properties : {}, name) ||
  Object.keys(isObject(patternProperties) ? patternProperties : {}).some(
    (pattern) => patternOf(pattern)?.test(name) !== false,
  );
