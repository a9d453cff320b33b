/** Values of JSON, and places in them. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export type Path = readonly (string | number)[];

/** A JSON Pointer (RFC 6901). */
export const pointer = (path: Path): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** A copy of `value` with something else at `path`; `undefined` takes the member or item away. */
export function withAt(value: unknown, [step, ...rest]: Path, replacement: unknown): unknown {
  if (step === undefined) return replacement;
  if (Array.isArray(value)) {
    const index = Number(step);
    const changed = withAt(value[index], rest, replacement);
    return changed === undefined ? value.toSpliced(index, 1) : value.with(index, changed);
  }
  if (!isObject(value)) return value;
  const changed = withAt(value[step], rest, replacement);
  const { [step]: _old, ...others } = value;
  if (changed === undefined) return others;
  return step in value
    ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, name === step ? changed : member]))
    : { ...others, [step]: changed };
}
