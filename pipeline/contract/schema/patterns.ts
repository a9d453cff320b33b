import { isDeepStrictEqual } from 'node:util';

const compiled = new Map<string, RegExp | undefined>();

/** A pattern as ECMAScript reads it, with or without `u`; undefined where it is of another dialect. */
export function compilePattern(pattern: string): RegExp | undefined {
  if (!compiled.has(pattern)) compiled.set(pattern, compile(pattern));
  return compiled.get(pattern);
}

function compile(pattern: string): RegExp | undefined {
  const ignoreCase = pattern.startsWith('(?i)');
  const source = (ignoreCase ? pattern.slice(4) : pattern)
    .replaceAll(/\\A/g, '^')
    .replaceAll(/\\[zZ]/g, '$')
    .replaceAll('(?P<', '(?<');
  for (const flags of ['u', '']) {
    try {
      return new RegExp(source, ignoreCase ? `${flags}i` : flags);
    } catch {
      // the other way of reading it, or none
    }
  }
  return undefined;
}

export const sameJson = (a: unknown, b: unknown): boolean => a === b || isDeepStrictEqual(a, b);
