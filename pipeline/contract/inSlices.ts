import { setImmediate } from 'node:timers/promises';

const SLICE = 20; // ms

/** The same values. Timers and signals get their turn while they are made, however long that takes. */
export async function* inSlices<T>(values: Iterable<T>): AsyncGenerator<T> {
  let began = performance.now();
  for (const value of values) {
    if (performance.now() - began > SLICE) {
      await setImmediate();
      began = performance.now();
    }
    yield value;
  }
}
