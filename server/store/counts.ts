import type { Database } from './schema.ts';
import { literal, RUNNING, Statement } from './statement.ts';

export interface QueueCounts {
  readonly waiting: number;
  /** Those that a worker has. */
  readonly running: number;
  /** How long the oldest job that is due has waited for a worker, in ms; 0 where none does. */
  readonly oldestWaiting: number;
}

// Only the jobs that have not ended are looked at, which have an index of their own.
const queue = new Statement((db, { now }: { now: number }, { time }) =>
  db
    .selectFrom('job')
    .select(({ fn, eb, case: choose }) => [
      fn.countAll().as('all'),
      fn.count('claimed_by').as('claimed'),
      eb(
        time(now),
        '-',
        fn.min(choose().when('claimed_by', 'is', null).then(eb.ref('run_time')).else(literal(null)).end()),
      ).as('oldest'),
    ])
    .where('status', '=', RUNNING),
);

/** Figures of the queue. Ended jobs are counted where they end. */
export async function queueCounts(db: Database, now: number): Promise<QueueCounts> {
  const row = await queue.first(db, { now });
  const [all, claimed] = [Number(row?.all ?? 0), Number(row?.claimed ?? 0)];
  return { waiting: all - claimed, running: claimed, oldestWaiting: Math.max(0, Number(row?.oldest ?? 0)) };
}
