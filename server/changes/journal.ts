import type { Secrets } from '../auth/secrets.ts';
import type { PerformContext } from '../jobs/job.ts';
import type { Journal } from '../provisioners/provisioner.ts';
import { Statement } from '../store/statement.ts';
import type { Store } from '../store/store.ts';

interface JournalOptions extends Pick<PerformContext, 'checkpoint'> {
  readonly jobId: string;
  readonly store: Store;
  readonly secrets: Secrets;
}

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
  db.deleteFrom('job_journal').where('job_id', 'not in', (query) => query.selectFrom('hold').select('job_id')),
);

/** The journal of a job. Entries hold secrets, so they are sealed. Those of jobs that hold nothing any more go with the next entry. */
export const journalOf = ({ jobId, store, secrets, checkpoint }: JournalOptions): Journal => ({
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
