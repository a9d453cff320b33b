import {
  deleteAppIfEmpty,
  deleteAuth,
  deleteEnvironments,
  findAuths,
  nextEnvironments,
  putEnvironment,
} from '../auth/backends.ts';
import { listUnder } from '../jobs/history.ts';
import type { Commit, Perform } from '../jobs/job.ts';
import { importAuth, putAuthResource, removeAuthResource, removeStored } from './auth.ts';
import { type AuthServices, type AuthWork, withJournal } from './authWork.ts';
import type { Change } from './change.ts';

/** Makes the world outside as the changes of a job say; what is stored of it is written in the transaction that ends the job. */
export const performChanges =
  (services: AuthServices): Perform =>
  async (job, context) => {
    const commits: Commit[] = [];
    for (const change of job.work as readonly Change[]) {
      const work = { ...services, ...context, jobId: job.id };
      if (context.undoes) {
        await undoChange(change, work);
        continue;
      }
      context.signal.throwIfAborted();
      commits.push(await makeChange(change, work));
    }
    return async (db, now) => {
      for (const commit of commits) await commit(db, now);
    };
  };

async function makeChange(change: Change, context: AuthWork): Promise<Commit> {
  switch (change.kind) {
    case 'put-environment':
      return (db, now) => putEnvironment(db, change.app, change.environment, now);
    case 'put-auth':
      return putAuthResource(change, context);
    case 'adopt-auth':
      return importAuth(change, context);
    case 'remove-auth':
      await removeAuthResource(change, context);
      return (db) => deleteAuth(db, change.appId, change.environment);
    case 'remove-environment':
      await removeAuthResource(change, context);
      return (db) => deleteEnvironments(db, change.appId, [change.environment]);
    case 'remove-environments':
      return removeEnvironments(change, context);
    case 'remove-app':
      return (db) => deleteAppIfEmpty(db, change.appId);
  }
}

/** Puts back what a run that is gone had changed outside, or throws an error that tells it. */
async function undoChange(change: Change, work: AuthWork): Promise<void> {
  switch (change.kind) {
    case 'put-auth':
      await putAuthResource(change, work);
      return;
    case 'remove-auth':
    case 'remove-environment':
    case 'remove-environments':
      await work.provisioner.tellRemoved(withJournal(work));
  }
}

/** So many environments are removed in one transaction, between which others run. */
const BATCH = 100;

/** Removes the environments of an app, however many there are. What a job has removed that fails stays removed. */
async function removeEnvironments({ appId }: { readonly appId: string }, context: AuthWork): Promise<Commit> {
  const { store, signal, jobId, checkpoint } = context;
  for (;;) {
    const environments = (await nextEnvironments(store.db, appId, undefined, BATCH)).map(({ name }) => name);
    if (environments.length === 0) return async () => {};
    for (const [environment, auth] of await findAuths(store.db, appId, environments)) {
      signal.throwIfAborted();
      await removeStored({ appId, environment }, auth, context);
    }
    await checkpoint(async (db) => {
      await listUnder(db, jobId, environments);
      await deleteEnvironments(db, appId, environments);
    });
  }
}
