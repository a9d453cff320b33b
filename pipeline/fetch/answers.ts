import type { Read } from './operation.ts';

/** Reads a text. */
export const text: Read = (response) => response.text();

/** Reads bytes. */
export const blob: Read = (response) => response.blob();

/** Reads an answer by its media type; one of another type is read as JSON. */
export const byType =
  (...readers: readonly (readonly [type: RegExp, read: Read])[]): Read =>
  (response, ...rest) => {
    const type = response.headers.get('content-type') ?? '';
    return readers.find(([pattern]) => pattern.test(type))?.[1](response, ...rest);
  };

/** Reads a header whose items are separated by commas. */
export const listOf =
  (read: (text: string) => unknown) =>
  (field: string): unknown[] =>
    field.split(',').map((item) => read(item.trim()));

/** Reads a header that is `true` or `false`. */
export const flag = (field: string): boolean => field === 'true';
