import { isSecretName } from '../../auth/providerSecrets.ts';

/** A member, by its path, with both of its values. */
export interface Difference {
  readonly member: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

const HIDDEN = '***';

/**
 * The leaves in which two values differ, secrets hidden. A list is a leaf. Where one side is missing as a whole, so is
 * everything that is made or deleted.
 */
export function differences(from: unknown, to: unknown, path: readonly string[] = []): Difference[] {
  if (isObject(from) && isObject(to)) {
    const names = [...new Set([...Object.keys(from), ...Object.keys(to)])];
    return names.flatMap((name) => differences(from[name], to[name], [...path, name]));
  }
  if (JSON.stringify(from) === JSON.stringify(to)) return [];
  const shown = (value: unknown) =>
    isSecretName(path.at(-1) ?? '') ? HIDDEN : JSON.parse(JSON.stringify(value, hide));
  return [
    {
      member: path.join('.'),
      ...(from !== undefined && { from: shown(from) }),
      ...(to !== undefined && { to: shown(to) }),
    },
  ];
}

const hide = (name: string, value: unknown): unknown => (isSecretName(name) ? HIDDEN : value);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
