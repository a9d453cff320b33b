import type { ListChange } from '../../auth/plan.ts';

/**
 * A list of Cognito after the change, in its own order. Elements that the contract can't say stay. A list that is absent
 * and gains nothing stays absent.
 */
export function changedList<Value, Named extends string>(
  live: readonly Value[] | undefined,
  change: ListChange<Named> | undefined,
  table: (named: Named) => Value,
): Value[] | undefined {
  if (change === undefined || (live === undefined && change.add.length === 0)) return live && [...live];
  const [add, drop] = [change.add.map(table), change.drop.map(table)];
  const kept = (live ?? []).filter((value) => !drop.includes(value));
  return [...kept, ...add.filter((value) => !kept.includes(value))];
}
