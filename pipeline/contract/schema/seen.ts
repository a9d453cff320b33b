import { isObject } from '../document/json.ts';

/** The plain values of examples, by the names of the members that hold them. */
export function valuesByName(examples: readonly unknown[]): Map<string, unknown[]> {
  const found = new Map<string, unknown[]>();
  const look = (value: unknown, name?: string): void => {
    if (Array.isArray(value)) for (const item of value) look(item);
    else if (isObject(value)) for (const [member, held] of Object.entries(value)) look(held, member);
    else if (name !== undefined) found.set(name, [...new Set([...(found.get(name) ?? []), value])]);
  };
  for (const example of examples) look(example);
  return found;
}
