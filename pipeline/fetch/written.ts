import type { Write } from './operation.ts';

/** Sends a value as JSON. */
export const json: Write = (body: unknown, type) => [JSON.stringify(body), type];

/**
 * Writes a body in the media type that a caller chooses: by its name, by a range that holds it such as `image/*`, else as
 * `write` does. An import of its own, since most operations take one media type.
 */
export const inType =
  (types: Readonly<Record<string, Write>>, write: Write = json): Write =>
  (body, type) =>
    (types[type] ?? types[type.replace(/\/.*/, '/*')] ?? types['*/*'] ?? write)(body, type);
