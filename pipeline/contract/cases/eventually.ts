import { setTimeout as sleep } from 'node:timers/promises';
import type { Context, Failure } from './case.ts';

/** How long what is read may lag behind what was written, in ms, in growing steps. */
const WAITS = [50, 150, 400];

/**
 * Looks again where it found something, since a read may be answered by a copy that lags behind. Once something was
 * still there after all waits, nothing of that key is waited for any more: a wrong server must not make a run long.
 */
export async function eventually<Found extends readonly Failure[]>(
  { settled }: Pick<Context, 'settled'>,
  key: string,
  look: () => Promise<Found>,
): Promise<Found> {
  let found = await look();
  for (const wait of settled.has(key) ? [] : WAITS) {
    if (found.length === 0) return found;
    await sleep(wait);
    found = await look();
  }
  if (found.length > 0) settled.add(key);
  return found;
}
