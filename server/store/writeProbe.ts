import type { Connection } from './connection.ts';
import { putSetting } from './settings.ts';

/** A database that takes longer does not count as one that answers (ms). */
const PATIENCE = 2_000;

/**
 * Finds out whether the database takes writes, by one that changes nothing else: a database that can only be read is of no
 * use. Callers that ask at the same time share a probe.
 */
export function writeProbe({ write, isDamaged }: Connection): () => Promise<boolean> {
  let running: Promise<boolean> | undefined;
  return async () => {
    running ??= within(PATIENCE, () => write((db) => putSetting(db, 'last_write_probe', String(Date.now())))).finally(
      () => {
        running = undefined;
      },
    );
    return (await running) && !isDamaged();
  };
}

/** Whether `work` succeeds in time. */
async function within(limit: number, work: () => Promise<unknown>): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(() => resolve(false), limit);
  const done = work().then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([done, late]);
  } finally {
    clearTimeout(timer);
  }
}
