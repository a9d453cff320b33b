import { type Selectable, sql } from 'kysely';
import type { Store } from './connection.ts';
import type { Database, Tables } from './schema.ts';
import { literal, Statement } from './statement.ts';

/** The rows of every table that holds what callers asked for. Settings, which are the database's own, are not among them. */
export interface State {
  readonly app: readonly Selectable<Tables['app']>[];
  readonly backend_environment: readonly Selectable<Tables['backend_environment']>[];
  readonly auth_resource: readonly Selectable<Tables['auth_resource']>[];
  readonly job: readonly Selectable<Tables['job']>[];
  readonly hold: readonly Selectable<Tables['hold']>[];
  readonly job_listing: readonly Selectable<Tables['job_listing']>[];
}

export const NO_STATE: State = {
  app: [],
  backend_environment: [],
  auth_resource: [],
  job: [],
  hold: [],
  job_listing: [],
};

/** So many rows are written by one statement: SQLite takes 32,766 parameters, PostgreSQL 65,535. */
const ROWS_AT_ONCE = 500;

/** A worker of another process has a job, which what is written here would not stop. */
export class JobAtWorkElsewhere extends Error {
  override readonly name = 'JobAtWorkElsewhere';
}

/** All rows as they were at one moment, in an order that is always the same. */
export async function readState(store: Store): Promise<State> {
  return store.write(async (db) => {
    if (store.shared) await sql`set transaction isolation level repeatable read`.execute(db);
    return {
      app: await db.selectFrom('app').selectAll().orderBy('app_id').execute(),
      backend_environment: await db
        .selectFrom('backend_environment')
        .selectAll()
        .orderBy('app_id')
        .orderBy('name')
        .execute(),
      auth_resource: await db
        .selectFrom('auth_resource')
        .selectAll()
        .orderBy('app_id')
        .orderBy('environment')
        .execute(),
      job: await db.selectFrom('job').selectAll().orderBy('create_time').orderBy('id').execute(),
      hold: await db.selectFrom('hold').selectAll().orderBy('app_id').orderBy('environment').execute(),
      job_listing: await db.selectFrom('job_listing').selectAll().orderBy('job_id').orderBy('environment').execute(),
    };
  });
}

const claimedNow = new Statement((db, { now }: { now: number }, { time }) =>
  db
    .selectFrom('job')
    .select('id')
    .where('claimed_by', 'is not', null)
    .where('lease_until', '>=', time(now))
    .limit(literal(1)),
);

/**
 * Puts rows in the place of all that there are, in one transaction. The notes of jobs to themselves go, too: they are about
 * what was outside when the jobs began. Throws a `JobAtWorkElsewhere` where a worker still
 * says that it has a job, and the database's own error where the rows contradict each other.
 */
export async function replaceState(store: Store, state: State, now: number): Promise<void> {
  await store.write(async (db) => {
    // Others may read meanwhile, but not write.
    if (store.shared) {
      await sql`lock table app, backend_environment, auth_resource, job, hold, job_listing, job_journal in share row exclusive mode`.execute(
        db,
      );
    }
    const claimed = store.shared ? await claimedNow.first(db, { now }) : undefined;
    if (claimed !== undefined) throw new JobAtWorkElsewhere(`Job ${claimed.id} is at work.`);
    for (const table of [
      'auth_resource',
      'backend_environment',
      'app',
      'hold',
      'job_listing',
      'job_journal',
      'job',
    ] as const) {
      await db.deleteFrom(table).execute();
    }
    for (const table of ['app', 'backend_environment', 'auth_resource', 'job', 'hold', 'job_listing'] as const) {
      await insertAll(db, table, state[table]);
    }
  });
}

async function insertAll(db: Database, table: keyof State, rows: readonly object[]): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    await db
      .insertInto(table)
      .values(rows.slice(start, start + ROWS_AT_ONCE) as never)
      .execute();
  }
}
