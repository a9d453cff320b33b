import type { Reference } from './types.ts';

/** A fault of the document, at the place that `pointer` gives, such as `#/paths/~1things/get`. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
  readonly pointer: string;

  constructor(message: string, pointer: string) {
    super(message);
    this.pointer = pointer;
  }
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isReference = (node: unknown): node is Reference => isObject(node) && typeof node.$ref === 'string';

/**
 * The node itself, or the node at the end of a chain of references. Members beside a reference are not merged in:
 * OpenAPI 3.0 gives them no meaning, and 3.1 only in schemas, where `normalise` turns them into an `allOf`.
 */
export function resolve<T>(document: object, node: T | Reference): T {
  let current: unknown = node;
  for (const seen = new Set<string>(); isReference(current); ) {
    const { $ref } = current;
    if (seen.has($ref)) throw new DocumentError(`The reference ${$ref} leads back to itself.`, $ref);
    seen.add($ref);
    current = pointed(document, $ref);
  }
  return current as T;
}

/** The value that a local reference leads to (RFC 6901). It may go through other references, as into a schema's members. */
export function pointed(document: object, ref: string, through: readonly string[] = []): unknown {
  if (ref === '#' || ref === '#/') return document;
  if (!ref.startsWith('#/')) throw new DocumentError(`The reference ${ref} does not lead into this document.`, ref);
  return pointedAt(document, segmentsOf(ref), ref, through);
}

/** The value at a place that `ref` or a part of it gives, by the names of its members. */
export function pointedAt(
  document: object,
  segments: readonly string[],
  ref: string,
  through: readonly string[] = [],
): unknown {
  let node: unknown = document;
  for (const segment of segments) {
    while (isReference(node) && !Object.hasOwn(node, segment)) {
      if (through.includes(node.$ref)) throw new DocumentError(`The reference ${ref} leads back to itself.`, ref);
      node = pointed(document, node.$ref, [...through, node.$ref]);
    }
    node =
      typeof node === 'object' && node !== null && Object.hasOwn(node, segment) ? node[segment as never] : undefined;
  }
  if (node === undefined) throw new DocumentError(`The reference ${ref} leads nowhere.`, ref);
  return node;
}

/** The name of the component of a section (`responses`) that a reference leads to. */
export function componentName(section: string, node: unknown): string | undefined {
  if (!isReference(node)) return undefined;
  const [root, kind, name, ...rest] = segmentsOf(node.$ref);
  return root === 'components' && kind === section && rest.length === 0 ? name : undefined;
}

/** The segments of a JSON pointer such as `#/paths/~1a`, unescaped. */
export const segmentsOf = (pointer: string): string[] =>
  pointer
    .replace(/^#?\/?/, '')
    .split('/')
    .map(unescapeSegment);

/** A pointer that continues another one by member names. */
export const pointerTo = (base: string, ...names: readonly (string | number)[]): string =>
  [base, ...names.map((name) => String(name).replaceAll('~', '~0').replaceAll('/', '~1'))].join('/');

function unescapeSegment(segment: string): string {
  let text = segment;
  try {
    text = decodeURIComponent(segment);
  } catch {
    // A lone percent sign stands for itself.
  }
  return text.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** Undefined where a reference leads nowhere, which is reported where it stands. */
export function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof DocumentError) return undefined;
    throw error;
  }
}
