import type { Journal } from '../provisioners/provisioner.ts';
import { Statement } from '../store/statement.ts';
import type { AuthWork } from './auth.ts';

const entryOf = new Statement((db, { jobId }: { jobId: string }) =>
  db.selectFrom('job_journal').select('entry').where('job_id', '=', jobId),
);

const written = new Statement((db, { jobId, entry }: { jobId: string; entry: string }) =>
  db
    .insertInto('job_journal')
    .values({ job_id: jobId, entry })
    .onConflict((conflict) => conflict.column('job_id').doUpdateSet({ entry })),
);

const ofEnded = new Statement((db) =>
  db
    .deleteFrom('job_journal')
    .where('job_id', 'not in', (query) => query.selectFrom('job').select('id').where('status', '=', 'RUNNING')),
);

/** The journal of a job. Entries hold secrets, so they are sealed. Those of jobs that have ended go with the next entry. */
export const journalOf = ({
  jobId,
  store,
  secrets,
  checkpoint,
}: Pick<AuthWork, 'jobId' | 'store' | 'secrets' | 'checkpoint'>): Journal => ({
  async read() {
    const row = await entryOf.first(store.db, { jobId });
    return row && secrets.open(row.entry);
  },
  write: (entry) =>
    checkpoint(async (transaction) => {
      await ofEnded.run(transaction, {});
      await written.run(transaction, { jobId, entry: secrets.seal(entry) });
    }),
});
