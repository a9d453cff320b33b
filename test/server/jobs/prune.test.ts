import { describe, expect, it, onTestFinished } from 'vitest';
import { prune } from '../../../server/jobs/prune.ts';
import { openStore, type Store } from '../../../server/store/store.ts';
import { silent } from '../../helpers/log.ts';
import { hasPostgres, postgresDatabase } from '../../helpers/postgres.ts';

const DAY = 24 * 60 * 60 * 1000;

async function withJobs(url: string, jobs: readonly { environment?: string; age: number; running?: true }[]) {
  const store = await openStore(url, silent);
  onTestFinished(() => store.close());
  const now = Date.now();
  const rows = jobs.map(({ environment = 'staging', age, running }, index) => ({
    ...{ id: `job-${index}`, app_id: 'd1', environment, operation: 'X', status: running ? 'RUNNING' : 'COMPLETED' },
    ...{ create_time: now - age * DAY, update_time: now, work: '[]', outside: 1, run_time: now, leases_lost: 0 },
  }));
  await store.write((db) =>
    db
      .insertInto('job')
      .values(rows as never)
      .execute(),
  );
  return { store, now };
}

const left = async (store: Store) =>
  (await store.db.selectFrom('job').select('id').orderBy('id').execute()).map(({ id }) => id);

describe.each(['SQLite', ...(hasPostgres ? ['PostgreSQL'] : [])])('on %s', (kind) => {
  const database = async () => (kind === 'SQLite' ? ':memory:' : postgresDatabase());

  it('jobs are deleted that are too old, and never one that has not ended', async () => {
    const { store, now } = await withJobs(await database(), [{ age: 91 }, { age: 91, running: true }, { age: 89 }]);
    expect(await prune(store, { age: 90 * DAY, perEnvironment: 10 }, now)).toBe(1);
    expect(await left(store)).toEqual(['job-1', 'job-2']);
  });

  it('the oldest jobs of an environment are deleted that has too many, in batches', async () => {
    const many = Array.from({ length: 450 }, (_, index) => ({ age: 1 + index / 1000 }));
    const { store, now } = await withJobs(await database(), [...many, { environment: 'other', age: 2 }]);
    expect(await prune(store, { age: 90 * DAY, perEnvironment: 3 }, now)).toBe(447);
    expect(await left(store)).toEqual(['job-0', 'job-1', 'job-2', 'job-450']);
  });

  it('a job of a whole app goes with the names that it is found under', async () => {
    const { store, now } = await withJobs(await database(), [{ environment: '', age: 91 }]);
    await store.write((db) => db.insertInto('job_listing').values({ job_id: 'job-0', environment: 'a' }).execute());
    await prune(store, { age: 90 * DAY, perEnvironment: 3 }, now);
    expect(await store.db.selectFrom('job_listing').selectAll().execute()).toEqual([]);
  });
});
