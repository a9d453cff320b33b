import { isDeepStrictEqual } from 'node:util';

/** The paths of the leaves in which two snapshots differ. */
export function changedPaths(before: unknown, after: unknown, path = ''): string[] {
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => changedPaths(before[name], after[name], path === '' ? name : `${path}.${name}`));
  }
  return isDeepStrictEqual(before, after) ? [] : [path];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
