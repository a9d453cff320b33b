import { type Database, RUNNING } from './schema.ts';

export interface JobCounts {
  /** Those that run, apart by whether a worker has them; those that ended, by how. */
  readonly byState: Readonly<Record<string, number>>;
  /** How long the oldest job that is due has waited for a worker, in ms; 0 where none does. */
  readonly oldestWaiting: number;
}

export async function jobCounts(db: Database, now: number): Promise<JobCounts> {
  const rows = await db
    .selectFrom('job')
    .select(({ fn, eb }) => ['status', eb('claimed_by', 'is', null).as('unclaimed'), fn.countAll().as('count')])
    .groupBy(['status', 'unclaimed'])
    .execute();
  const byState: Record<string, number> = { waiting: 0, running: 0, completed: 0, failed: 0 };
  for (const { status, unclaimed, count } of rows) {
    const state = status !== 'RUNNING' ? status.toLowerCase() : unclaimed ? 'waiting' : 'running';
    byState[state] = (byState[state] ?? 0) + Number(count);
  }
  const oldest = await db
    .selectFrom('job')
    .select(({ fn }) => fn.min('run_time').as('run_time'))
    .where('status', '=', RUNNING)
    .where('claimed_by', 'is', null)
    .executeTakeFirst();
  return { byState, oldestWaiting: Math.max(0, now - Number(oldest?.run_time ?? now)) };
}
