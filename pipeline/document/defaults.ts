import { fits } from './fits.ts';
import { isObject } from './references.ts';
import { partsOf } from './schemas.ts';
import type { Document, Schema } from './types.ts';

/**
 * The default of a member: its own, what stands beside its reference, or that of a schema that it refers to or is made
 * of. Undefined for one that the member's schema shuts out, such as a text for a number: filled in, it would be refused
 * as if the caller had sent it.
 */
export function defaultOf(document: Document, node: unknown): unknown {
  const value = writtenDefault(document, node);
  return value !== undefined && fits(document, node, value) ? value : undefined;
}

function writtenDefault(document: Document, node: unknown): unknown {
  if (!isObject(node)) return undefined;
  const beside = document.openapi.startsWith('3.0') && node.$ref !== undefined ? [] : [node as Schema];
  return [...beside, ...partsOf(document, node)].find((part) => part.default !== undefined)?.default;
}
