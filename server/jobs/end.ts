import { RUNNING, Statement } from '../store/statement.ts';
import type { Database, JobRow } from '../store/store.ts';
import type { Ended, Job } from './job.ts';

interface Outcome {
  readonly status: Ended;
  readonly error: string | null;
}

/** Nothing of its work is kept: it may hold secrets, and nothing reads it any more. */
const NO_WORK = '[]';

const ended = new Statement(
  (db, job: Outcome & { readonly id: string; readonly worker: string; readonly now: number }, { time }) =>
    db
      .updateTable('job')
      .set({ status: job.status, error: job.error, update_time: time(job.now), claimed_by: null, work: NO_WORK })
      .where('id', '=', job.id)
      .where('claimed_by', '=', job.worker)
      .where('status', '=', RUNNING)
      .returning('update_time'),
);

/**
 * Ends a job that this worker has and that still runs, and answers when; undefined where it has it no longer. What the
 * job changes belongs in the same transaction.
 */
export async function end(
  db: Database,
  job: Pick<Job, 'id' | 'appId' | 'holds'>,
  worker: string,
  outcome: Outcome,
  now: number,
): Promise<number | undefined> {
  const [row] = await ended.all(db, { ...outcome, id: job.id, worker, now });
  if (row === undefined) return undefined;
  await free(db, job);
  return Number(row.update_time);
}

const freed = new Statement((db, hold: { appId: string; environment: string; id: string }) =>
  db
    .deleteFrom('hold')
    .where('app_id', '=', hold.appId)
    .where('environment', '=', hold.environment)
    .where('job_id', '=', hold.id),
);

/** Lets others into the environments of a job. */
export async function free(db: Database, { id, appId, holds }: Pick<Job, 'id' | 'appId' | 'holds'>): Promise<void> {
  for (const environment of holds) await freed.run(db, { appId, environment, id });
}

const endedFromOutside = new Statement((db, job: Outcome & { readonly id: string; readonly now: number }, { time }) =>
  db
    .updateTable('job')
    .set({ status: job.status, error: job.error, update_time: time(job.now) })
    .where('id', '=', job.id)
    .where('status', '=', RUNNING)
    .returning(['id', 'app_id', 'environment', 'also_holds', 'claimed_by']),
);

const journal = new Statement((db, { id }: { id: string }) =>
  db.selectFrom('job_journal').select('job_id').where('job_id', '=', id),
);

const workForgotten = new Statement((db, { id }: { id: string }) =>
  db.updateTable('job').set({ work: NO_WORK }).where('id', '=', id),
);

/**
 * Says that a running job has ended, whoever has it. Its environments are free at once only if no worker has it. One that
 * has a journal may have changed something outside: it keeps its work and its environments until that is put back.
 */
export async function endFromOutside(db: Database, id: string, outcome: Outcome, now: number): Promise<void> {
  const [row] = await endedFromOutside.all(db, { ...outcome, id, now });
  // A query of its own: it sees the entry of a worker that the one above has waited for.
  if (row === undefined || (await hasJournal(db, id))) return;
  await workForgotten.run(db, { id });
  if (row.claimed_by === null) await free(db, { id, appId: row.app_id, holds: holdsOf(row) });
}

/** Whether a job may have changed something outside that is put back if it is ended. */
export const hasJournal = async (db: Database, id: string): Promise<boolean> =>
  (await journal.first(db, { id })) !== undefined;

/** Lets go of a job that was ended from outside, and left nothing that could still be put back. */
export async function letGo(db: Database, job: Pick<Job, 'id' | 'appId' | 'holds'>): Promise<void> {
  await workForgotten.run(db, { id: job.id });
  await free(db, job);
}

const toldLater = new Statement((db, job: { readonly id: string; readonly worker: string; readonly error: string }) =>
  db.updateTable('job').set({ error: job.error }).where('id', '=', job.id).where('claimed_by', '=', job.worker),
);

/** Sets the error of a job that was ended from outside to what it left behind, whatever its status. */
export async function addToEnded(db: Database, id: string, worker: string, error: string): Promise<void> {
  await toldLater.run(db, { id, worker, error });
}

/** All environments that a job keeps others out of. */
export const holdsOf = ({ environment, also_holds }: Pick<JobRow, 'environment' | 'also_holds'>): string[] => [
  environment,
  ...(also_holds === null ? [] : (JSON.parse(also_holds) as string[])),
];
