import { RUNNING } from '../store/schema.ts';
import { Statement } from '../store/statement.ts';
import type { Database, Store } from '../store/store.ts';
import { type Claimer, end, free, fromRow, type Job } from './queue.ts';

/** A job that was taken over this often is given up: something about it ends the processes that try. */
export const MAX_LEASES_LOST = 5;

const claimed = new Statement(
  (db, { worker, until, now, limit }: { worker: string; until: number; now: number; limit: number }, shared) =>
    db
      .updateTable('job')
      .set({ claimed_by: worker, lease_until: until })
      .where('id', 'in', (query) =>
        query
          .selectFrom('job')
          .select('id')
          .where('status', '=', RUNNING)
          .where('claimed_by', 'is', null)
          .where('run_time', '<=', now)
          .orderBy('run_time')
          .limit(limit)
          // Several workers at once each take others.
          .$if(shared, (rows) => rows.forUpdate().skipLocked()),
      )
      .returningAll(),
);

/** Takes up to `limit` jobs that are due and that no worker has, the oldest first. */
export async function claim(store: Store, { worker, now, lease }: Claimer, limit: number): Promise<Job[]> {
  return store.write(async (transaction) => {
    const rows = await claimed.all(transaction, { worker, until: now + lease, now, limit });
    return rows.map(fromRow);
  });
}

/**
 * Takes over up to `limit` jobs whose worker no longer says that it has them. One that has been taken over too often
 * fails, and one that was ended from outside is let go of.
 */
export async function takeOver(store: Store, claimer: Claimer, limit: number): Promise<Job[]> {
  const { worker, now, lease } = claimer;
  return store.write(async (transaction) => {
    const expired = await transaction
      .selectFrom('job')
      .selectAll()
      .where('claimed_by', 'is not', null)
      .where('claimed_by', '!=', worker)
      .where('lease_until', '<', now)
      .orderBy('lease_until')
      .limit(limit)
      .$if(store.shared, (rows) => rows.forUpdate().skipLocked())
      .execute();
    const taken: Job[] = [];
    for (const row of expired) {
      const leases_lost = row.leases_lost + 1;
      const values = { claimed_by: worker, lease_until: now + lease, leases_lost };
      await transaction.updateTable('job').set(values).where('id', '=', row.id).execute();
      if (row.status !== 'RUNNING') {
        await transaction.updateTable('job').set({ claimed_by: null }).where('id', '=', row.id).execute();
        await free(transaction, row.id);
      } else if (leases_lost >= MAX_LEASES_LOST) {
        const error = `Given up: ${MAX_LEASES_LOST} workers in turn were lost while they had it.`;
        await end(transaction, row.id, worker, { status: 'FAILED', error }, now);
      } else {
        taken.push(fromRow(row));
      }
    }
    return taken;
  });
}

/** Says that this worker still has its jobs; answers the ids of those that it has, and that still run. */
export async function renew(db: Database, { worker, now, lease }: Claimer): Promise<Set<string>> {
  const rows = await db
    .updateTable('job')
    .set({ lease_until: now + lease })
    .where('claimed_by', '=', worker)
    .where('status', '=', RUNNING)
    .returning('id')
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Gives back a job that a worker stopped before its end, so that it is run again. */
export async function giveBack(db: Database, id: string, worker: string): Promise<void> {
  await db
    .updateTable('job')
    .set({ claimed_by: null, lease_until: null })
    .where('id', '=', id)
    .where('claimed_by', '=', worker)
    .where('status', '=', RUNNING)
    .execute();
}

/** Gives back what a worker did not finish, so that it is run again. Without a worker: what any process left behind. */
export async function release(store: Store, worker?: string): Promise<number> {
  return store.write(async (transaction) => {
    const rows = await transaction
      .updateTable('job')
      .set({ claimed_by: null, lease_until: null })
      .where('claimed_by', 'is not', null)
      .$if(worker !== undefined, (query) => query.where('claimed_by', '=', worker ?? ''))
      .returning(['id', 'status'])
      .execute();
    for (const { id, status } of rows) if (status !== 'RUNNING') await free(transaction, id);
    return rows.filter(({ status }) => status === 'RUNNING').length;
  });
}
