import { literal, Statement } from '../store/statement.ts';
import type { Database } from '../store/store.ts';
import { type JobStatus, WHOLE_APP } from './job.ts';

/** More environments of one app than this can't be at work at the same time. */
export const MAX_HELD = 1000;

const heldNow = new Statement((db, hold: { appId: string; environment: string; id: string }) =>
  db
    .insertInto('hold')
    .values({ app_id: hold.appId, environment: hold.environment, job_id: hold.id })
    .onConflict((conflict) => conflict.doNothing()),
);

/**
 * Keeps other jobs out of an environment until this one has ended. Answers whether it could; where another job is just
 * starting or ending there, waits to see.
 */
export async function hold(db: Database, appId: string, environment: string, id: string): Promise<boolean> {
  return (await heldNow.run(db, { appId, environment, id })) === 1;
}

const lock = (name: 'pg_advisory_xact_lock' | 'pg_advisory_xact_lock_shared') =>
  new Statement((db, { appId }: { appId: string }) =>
    db.selectNoFrom(({ fn, val }) => fn(name, [fn('hashtextextended', [val(appId), literal(0)])]).as('locked')),
  );
const exclusively = lock('pg_advisory_xact_lock');
const together = lock('pg_advisory_xact_lock_shared');

/**
 * Lets a job of a whole app start only while no job of its environments does, and the other way round: neither sees the
 * other's holds before they are committed. SQLite has one writer at a time.
 */
export async function lockApp(db: Database, appId: string, whole: boolean): Promise<void> {
  await (whole ? exclusively : together).run(db, { appId });
}

const limits = new Statement((db, { appId }: { appId: string }) => {
  const holds = db.selectFrom('hold').where('app_id', '=', appId);
  return db.selectNoFrom([
    holds.where('environment', '=', literal(WHOLE_APP)).select('job_id').as('whole'),
    holds.select('job_id').limit(literal(1)).offset(literal(MAX_HELD)).as('over'),
  ]);
});

/** Whether a job of the whole app is at work, and whether more environments are held than may be. */
export async function findLimits(db: Database, appId: string): Promise<{ isWholeHeld: boolean; isOver: boolean }> {
  const row = await limits.first(db, { appId });
  return { isWholeHeld: row?.whole != null, isOver: row?.over != null };
}

const anyHeld = new Statement((db, { appId }: { appId: string }) =>
  db
    .selectFrom('hold')
    .select('environment')
    .where('app_id', '=', appId)
    .where('environment', '!=', literal(WHOLE_APP))
    .orderBy('environment')
    .limit(literal(1)),
);

/** An environment of the app that a job holds, if there is one. */
export async function findAnyHeld(db: Database, appId: string): Promise<string | undefined> {
  return (await anyHeld.first(db, { appId }))?.environment;
}

const RETRY_WINDOW = literal(24 * 60 * 60 * 1000); // ms

const jobByRetryKey = new Statement((db, { retryKey, now }: { retryKey: string; now: number }, { time }) =>
  db
    .selectFrom('job')
    .select(['id', 'status'])
    .where('retry_key', '=', retryKey)
    .where('create_time', '>=', (eb) => eb(time(now), '-', RETRY_WINDOW)),
);

/** The job that an earlier try of the same request started within the last day. */
export async function findRetried(
  db: Database,
  retryKey: string,
  now: number,
): Promise<{ readonly id: string; readonly status: JobStatus } | undefined> {
  return jobByRetryKey.first(db, { retryKey, now });
}

/** The worker that has a job from its start. */
export interface Claimer {
  /** A name that no other worker has. */
  readonly worker: string;
  /** How long the claim lasts unless it is renewed, in ms. */
  readonly lease: number;
}

export interface NewJob {
  readonly id: string;
  readonly appId: string;
  readonly environment: string;
  readonly alsoHolds: readonly string[];
  readonly operation: string;
  readonly outside: boolean;
  readonly work: unknown;
  /** How long it waits before it is run, in ms. */
  readonly delay: number;
  readonly retryKey: string | undefined;
}

interface JobValues {
  readonly id: string;
  readonly appId: string;
  readonly environment: string;
  readonly alsoHolds: string | null;
  readonly operation: string;
  readonly outside: number;
  readonly work: string;
  readonly delay: number;
  readonly claimedBy: string | null;
  readonly lease: number | null;
  readonly retryKey: string | null;
  readonly now: number;
}

const enqueued = new Statement((db, job: JobValues, { time }) =>
  db
    .insertInto('job')
    .values(({ eb }) => ({
      id: job.id,
      app_id: job.appId,
      environment: job.environment,
      operation: job.operation,
      status: 'RUNNING',
      error: null,
      create_time: time(job.now),
      update_time: time(job.now),
      work: job.work,
      also_holds: job.alsoHolds,
      outside: job.outside,
      run_time: eb(time(job.now), '+', job.delay),
      claimed_by: job.claimedBy,
      lease_until: eb(time(job.now), '+', job.lease),
      leases_lost: 0,
      retry_key: job.retryKey,
    }))
    .onConflict((conflict) => conflict.column('retry_key').where('retry_key', 'is not', null).doNothing()),
);

const keyForgotten = new Statement((db, { retryKey, now }: { retryKey: string; now: number }, { time }) =>
  db
    .updateTable('job')
    .set({ retry_key: null })
    .where('retry_key', '=', retryKey)
    .where('create_time', '<', (eb) => eb(time(now), '-', RETRY_WINDOW)),
);

/**
 * Adds a job that waits for a worker, or that `claimer` has from the start. Answers whether it did: not where an earlier
 * try of the same request has started one.
 */
export async function enqueue(db: Database, job: NewJob, claimer: Claimer | undefined, now: number): Promise<boolean> {
  const values: JobValues = {
    id: job.id,
    appId: job.appId,
    environment: job.environment,
    alsoHolds: job.alsoHolds.length === 0 ? null : JSON.stringify(job.alsoHolds),
    operation: job.operation,
    outside: job.outside ? 1 : 0,
    work: JSON.stringify(job.work),
    delay: job.delay,
    claimedBy: claimer?.worker ?? null,
    lease: claimer?.lease ?? null,
    retryKey: job.retryKey ?? null,
    now,
  };
  if ((await enqueued.run(db, values)) === 1) return true;
  // The key may be that of a job which is too old to count.
  await keyForgotten.run(db, { retryKey: job.retryKey ?? '', now });
  return (await enqueued.run(db, values)) === 1;
}
