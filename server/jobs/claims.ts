import { type Dialect, literal, RUNNING, Statement } from '../store/statement.ts';
import type { Database, JobRow, Store } from '../store/store.ts';
import { end, hasJournal, holdsOf, letGo } from './end.ts';
import type { Claimer } from './enqueue.ts';
import type { Job, JobStatus } from './job.ts';

/** A job that was taken over this often is given up: something about it ends the processes that try. */
export const MAX_LEASES_LOST = 5;

/** So many jobs are looked at for each that may be taken, where many are of apps that have their share. */
const LOOK_AHEAD = 4;

type Row = Pick<JobRow, 'id' | 'app_id' | 'environment' | 'also_holds' | 'operation' | 'outside' | 'work'>;
const COLUMNS = ['id', 'app_id', 'environment', 'also_holds', 'operation', 'outside', 'work'] as const;

const fromRow = (row: Row): Job => ({
  id: row.id,
  appId: row.app_id,
  operation: row.operation,
  holds: holdsOf(row),
  outside: row.outside === 1,
  work: JSON.parse(row.work),
});

/** Gives jobs to a worker, for as long as its lease lasts. */
const taking = (db: Database, claim: Claimer & { now: number }, { time }: Dialect) =>
  db
    .updateTable('job')
    .set(({ eb }) => ({ claimed_by: claim.worker, lease_until: eb(time(claim.now), '+', claim.lease) }));

const claimed = new Statement((db, claim: { worker: string; lease: number; now: number; limit: number }, dialect) =>
  taking(db, claim, dialect)
    .where('id', 'in', (query) =>
      query
        .selectFrom('job')
        .select('id')
        .where('status', '=', RUNNING)
        .where('claimed_by', 'is', null)
        .where('run_time', '<=', dialect.time(claim.now))
        .orderBy('run_time')
        .limit(claim.limit)
        // Several workers at once each take others.
        .$if(dialect.shared, (rows) => rows.forUpdate().skipLocked()),
    )
    .returning(COLUMNS),
);

/** Takes up to `limit` jobs that are due and that no worker has, the oldest first. */
export async function claim(store: Store, { worker, lease }: Claimer, limit: number, now: number): Promise<Job[]> {
  return store.write(async (db) => (await claimed.all(db, { worker, lease, now, limit })).map(fromRow));
}

const waiting = new Statement(
  (db, look: { outside: number; full: string; now: number; limit: number }, { shared, time, strings }) =>
    db
      .selectFrom('job')
      .select(['id', 'app_id'])
      .where('status', '=', RUNNING)
      .where('claimed_by', 'is', null)
      .where('run_time', '<=', time(look.now))
      .where('outside', '=', look.outside)
      .where('app_id', 'not in', strings(look.full))
      .orderBy('run_time')
      .limit(look.limit)
      .$if(shared, (rows) => rows.forUpdate().skipLocked()),
);

const claimedByIds = new Statement((db, claim: { worker: string; lease: number; now: number; ids: string }, dialect) =>
  taking(db, claim, dialect)
    .where('id', 'in', dialect.strings(claim.ids))
    .where('claimed_by', 'is', null)
    .returning(COLUMNS),
);

export interface Lane {
  /** Whether it is for jobs that may need something outside. */
  readonly outside: boolean;
  readonly limit: number;
  /** How many more jobs of an app may run. */
  readonly shareOf: (appId: string) => number;
  /** The apps that have jobs at work, and so may have none left. */
  readonly apps: Iterable<string>;
}

/** The same of one lane, and of each app no more than its share. */
export async function claimOf(store: Store, { worker, lease }: Claimer, lane: Lane, now: number): Promise<Job[]> {
  const full = JSON.stringify([...lane.apps].filter((appId) => lane.shareOf(appId) <= 0));
  return store.write(async (db) => {
    const limit = lane.limit * LOOK_AHEAD;
    const rows = await waiting.all(db, { outside: lane.outside ? 1 : 0, full, now, limit });
    const taken = new Map<string, number>();
    const ids: string[] = [];
    for (const { id, app_id } of rows) {
      const count = taken.get(app_id) ?? 0;
      if (ids.length === lane.limit || count >= lane.shareOf(app_id)) continue;
      taken.set(app_id, count + 1);
      ids.push(id);
    }
    if (ids.length === 0) return [];
    return (await claimedByIds.all(db, { worker, lease, now, ids: JSON.stringify(ids) })).map(fromRow);
  });
}

const nextDue = new Statement((db, { now }: { now: number }, { time }) =>
  db
    .selectFrom('job')
    .select(({ eb, fn }) => eb(fn.min('run_time'), '-', time(now)).as('wait'))
    .where('status', '=', RUNNING)
    .where('claimed_by', 'is', null),
);

/** How long until the next job is due that no worker has, in ms, or undefined if none waits. */
export async function untilNextDue(db: Database, now: number): Promise<number | undefined> {
  const wait = (await nextDue.first(db, { now }))?.wait;
  return wait == null ? undefined : Math.max(0, Number(wait));
}

const owned = new Statement((db, { worker }: { worker: string }) =>
  db.selectFrom('job').select(COLUMNS).where('status', '=', RUNNING).where('claimed_by', '=', worker),
);

/** The jobs that the database says this worker has, and that still run. */
export async function findOwned(db: Database, worker: string): Promise<Job[]> {
  return (await owned.all(db, { worker })).map(fromRow);
}

const renewed = new Statement(
  (db, claim: { worker: string; lease: number; now: number; ids: string }, { time, strings }) =>
    db
      .updateTable('job')
      .set(({ eb }) => ({ lease_until: eb(time(claim.now), '+', claim.lease) }))
      .where('id', 'in', strings(claim.ids))
      .where('claimed_by', '=', claim.worker)
      .returning(['id', 'status']),
);

/**
 * Says that this worker still has these jobs, and answers the status of those that it has. One that is not RUNNING was
 * ended from outside, and stays this worker's until it has stopped.
 */
export async function renew(
  db: Database,
  { worker, lease }: Claimer,
  ids: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, JobStatus>> {
  const rows = await renewed.all(db, { worker, lease, now, ids: JSON.stringify(ids) });
  return new Map(rows.map(({ id, status }) => [id, status]));
}

const BATCH = literal(500);

const expired = new Statement((db, { now }: { now: number }, { shared, time }) =>
  db
    .selectFrom('job')
    .select(['id', 'app_id', 'environment', 'also_holds', 'leases_lost', 'claimed_by'])
    .where('status', '=', RUNNING)
    .where('claimed_by', 'is not', null)
    .where('lease_until', '<', time(now))
    .limit(BATCH)
    .$if(shared, (rows) => rows.forUpdate().skipLocked()),
);

const leaseLost = new Statement((db, { id }: { id: string }) =>
  db
    .updateTable('job')
    .set(({ eb }) => ({ claimed_by: null, lease_until: null, leases_lost: eb('leases_lost', '+', literal(1)) }))
    .where('id', '=', id),
);

const NOT_PUT_BACK = 'Not put back: what it may have changed outside.';

/** Lets others take the jobs whose worker no longer says that it has them. One that was lost too often fails. */
export async function expire(store: Store, now: number): Promise<void> {
  await store.write(async (db) => {
    for (const row of await expired.all(db, { now })) {
      if (row.leases_lost + 1 < MAX_LEASES_LOST) {
        await leaseLost.run(db, { id: row.id });
        continue;
      }
      const left = (await hasJournal(db, row.id)) ? ` ${NOT_PUT_BACK}` : '';
      const error = `Given up: ${MAX_LEASES_LOST} workers in turn were lost while they had it.${left}`;
      const job = { id: row.id, appId: row.app_id, holds: holdsOf(row) };
      await end(db, job, row.claimed_by ?? '', { status: 'FAILED', error }, now);
    }
  });
}

const stale = new Statement((db, { now }: { now: number }, { time }) =>
  db.deleteFrom('hold').where('job_id', 'in', (query) =>
    query
      .selectFrom('hold')
      .innerJoin('job', 'job.id', 'hold.job_id')
      .select('job.id')
      .where('job.status', '!=', RUNNING)
      .where('job.id', 'not in', query.selectFrom('job_journal').select('job_journal.job_id'))
      .where(({ eb, or }) => or([eb('job.claimed_by', 'is', null), eb('job.lease_until', '<', time(now))])),
  ),
);

const lostUndoing = new Statement((db, { now }: { now: number }, { shared, time }) =>
  db
    .selectFrom('job')
    .select(['id', 'app_id', 'environment', 'also_holds', 'leases_lost', 'error'])
    .where('id', 'in', (query) => query.selectFrom('hold').select('job_id'))
    .where('status', '!=', RUNNING)
    .where('claimed_by', 'is not', null)
    .where('lease_until', '<', time(now))
    .$if(shared, (rows) => rows.forUpdate().skipLocked()),
);

const toldOf = new Statement((db, { id, error }: { id: string; error: string }) =>
  db.updateTable('job').set({ error }).where('id', '=', id),
);

/**
 * Lets others into the environments of jobs that were ended from outside while a worker had them that is lost now. What
 * those may have changed outside another worker puts back first.
 */
export async function freeEnded(store: Store, now: number): Promise<void> {
  await store.write(async (db) => {
    await stale.run(db, { now });
    for (const row of await lostUndoing.all(db, { now })) {
      await leaseLost.run(db, { id: row.id });
      if (row.leases_lost + 1 < MAX_LEASES_LOST) continue;
      await toldOf.run(db, { id: row.id, error: [row.error ?? '', NOT_PUT_BACK].join(' ').trim() });
      await letGo(db, { id: row.id, appId: row.app_id, holds: holdsOf(row) });
    }
  });
}

const endedFree = new Statement((db, claim: { worker: string; lease: number; now: number; limit: number }, dialect) =>
  taking(db, claim, dialect)
    .where('id', 'in', (query) =>
      query
        .selectFrom('job')
        .select('id')
        .where('id', 'in', (held) => held.selectFrom('hold').select('job_id'))
        .where('status', '!=', RUNNING)
        .where('claimed_by', 'is', null)
        .limit(claim.limit)
        .$if(dialect.shared, (rows) => rows.forUpdate().skipLocked()),
    )
    .returning(COLUMNS),
);

/** Takes up to `limit` jobs that were ended from outside and are still to be put back, and that no worker has. */
export async function claimEnded(store: Store, { worker, lease }: Claimer, limit: number, now: number): Promise<Job[]> {
  return store.write(async (db) => (await endedFree.all(db, { worker, lease, now, limit })).map(fromRow));
}

const endedOwned = new Statement((db, { worker }: { worker: string }) =>
  db
    .selectFrom('job')
    .select(COLUMNS)
    .where('id', 'in', (query) => query.selectFrom('hold').select('job_id'))
    .where('status', '!=', RUNNING)
    .where('claimed_by', '=', worker),
);

/** The jobs that the database says this worker has, and that were ended from outside. */
export async function findEndedOwned(db: Database, worker: string): Promise<Job[]> {
  return (await endedOwned.all(db, { worker })).map(fromRow);
}

const givenBack = new Statement((db, { id, worker }: { id: string; worker: string }) =>
  db
    .updateTable('job')
    .set({ claimed_by: null, lease_until: null })
    .where('id', '=', id)
    .where('claimed_by', '=', worker)
    .returning('status'),
);

/**
 * Gives back a job that a worker stopped before its end, to be run again. Lets go of it where it has ended and is
 * `putBack`, or had nothing to put back; else a worker takes it up for that.
 */
export async function giveBack(db: Database, job: Job, worker: string, putBack: boolean): Promise<void> {
  const [row] = await givenBack.all(db, { id: job.id, worker });
  if (row === undefined || row.status === 'RUNNING') return;
  if (putBack || !(await hasJournal(db, job.id))) await letGo(db, job);
}

/**
 * Gives back all that a worker has, as it stopped. Without a worker: what any process left behind. Answers how many are to
 * run again.
 */
export async function release(store: Store, worker?: string): Promise<number> {
  return store.write(async (db) => {
    const rows = await db
      .updateTable('job')
      .set({ claimed_by: null, lease_until: null })
      .where('claimed_by', 'is not', null)
      .$if(worker !== undefined, (query) => query.where('claimed_by', '=', worker ?? ''))
      .returning(['id', 'app_id', 'environment', 'also_holds', 'status'])
      .execute();
    for (const row of rows) {
      if (row.status === 'RUNNING' || (await hasJournal(db, row.id))) continue;
      await letGo(db, { id: row.id, appId: row.app_id, holds: holdsOf(row) });
    }
    return rows.filter(({ status }) => status === 'RUNNING').length;
  });
}
