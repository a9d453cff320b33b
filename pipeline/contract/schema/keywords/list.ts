import { isObject } from '../../document/json.ts';
import type { Evaluation } from '../evaluation.ts';

export function list({ schema, inside, fail, takeFaults, result }: Evaluation, value: readonly unknown[]): void {
  const { minItems, maxItems, uniqueItems, prefixItems = [], items, contains, minContains = 1, maxContains } = schema;
  if (minItems !== undefined && value.length < minItems) fail('minItems', `must have at least ${minItems} items`);
  if (maxItems !== undefined && value.length > maxItems) fail('maxItems', `must have at most ${maxItems} items`);
  if (uniqueItems === true && repeats(value)) fail('uniqueItems', 'must not repeat an item');
  for (const [index, item] of value.entries()) {
    const part = index < prefixItems.length ? prefixItems[index] : items;
    // The marks of an item are about its members, not about this list.
    if (part !== undefined) takeFaults(inside(part, item).faults, index);
  }
  result.items = Math.max(result.items, items === undefined ? prefixItems.length : value.length);
  if (contains !== undefined) {
    const found = value.filter((item) => inside(contains, item).faults.length === 0).length;
    if (found < minContains) fail('contains', `must contain ${minContains} of what is asked for`);
    if (maxContains !== undefined && found > maxContains) fail('maxContains', `must contain at most ${maxContains}`);
  }
}

function repeats(value: readonly unknown[]): boolean {
  const seen = new Set<string>();
  for (const item of value) {
    const key = canonical(item);
    if (seen.has(key)) return true;
    seen.add(key);
  }
  return false;
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? 'undefined';
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
}
