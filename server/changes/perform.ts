import {
  deleteAppIfEmpty,
  deleteAuth,
  deleteEnvironments,
  findAuth,
  findAuths,
  nextEnvironments,
  putAuth,
  putEnvironment,
} from '../auth/backends.ts';
import { withoutSecrets } from '../auth/providerSecrets.ts';
import type { Secrets } from '../auth/secrets.ts';
import { listUnder } from '../jobs/history.ts';
import type { Commit, Perform, PerformContext } from '../jobs/job.ts';
import type { Provisioner } from '../provisioners/provisioner.ts';
import type { Store } from '../store/store.ts';
import type { Change } from './change.ts';

interface Services {
  readonly store: Store;
  readonly provisioner: Provisioner;
  readonly secrets: Secrets;
}

interface Context extends Services, PerformContext {
  readonly jobId: string;
}

/** Makes the world outside as the changes of a job say; what is stored of it is written in the transaction that ends the job. */
export const performChanges =
  (services: Services): Perform =>
  async (job, context) => {
    const commits: Commit[] = [];
    for (const change of job.work as readonly Change[]) {
      context.signal.throwIfAborted();
      commits.push(await makeChange(change, { ...services, ...context, jobId: job.id }));
    }
    return async (db, now) => {
      for (const commit of commits) await commit(db, now);
    };
  };

async function makeChange(change: Change, context: Context): Promise<Commit> {
  switch (change.kind) {
    case 'put-environment':
      return (db, now) => putEnvironment(db, change.app, change.environment, now);
    case 'put-auth':
      return applyAuth(change, context);
    case 'adopt-auth':
      return adoptAuth(change, context);
    case 'remove-auth':
      await removeAuth(change, context);
      return (db) => deleteAuth(db, change.appId, change.environment);
    case 'remove-environment':
      await removeAuth(change, context);
      return (db) => deleteEnvironments(db, change.appId, [change.environment]);
    case 'remove-environments':
      return removeEnvironments(change, context);
    case 'remove-app':
      return (db) => deleteAppIfEmpty(db, change.appId);
  }
}

async function applyAuth(change: Extract<Change, { kind: 'put-auth' }>, context: Context): Promise<Commit> {
  const { store, provisioner, secrets, signal } = context;
  const stored = await findAuth(store.db, change.appId, change.environment);
  const config = secrets.openConfig(change.config);
  try {
    const resources = await provisioner.apply({ ...change, config, resources: stored?.resources }, signal);
    const { resourceName } = change;
    return (db, now) => putAuth(db, change, { resourceName, config: change.config, resources }, now);
  } catch (error) {
    // Cognito may quote what it was sent; the message is for the job, the stack, which repeats it, for the log.
    if (error instanceof Error) {
      error.message = withoutSecrets(error.message, config);
      error.stack = withoutSecrets(error.stack ?? '', config);
    }
    throw error;
  }
}

async function adoptAuth(change: Extract<Change, { kind: 'adopt-auth' }>, context: Context): Promise<Commit> {
  const { provisioner, secrets, signal } = context;
  const { config, resources } = await provisioner.adopt(change, change.ids, signal);
  const auth = { resourceName: change.resourceName, config: secrets.sealConfig(config), resources };
  return (db, now) => putAuth(db, change, auth, now);
}

async function removeAuth(
  { appId, environment }: { readonly appId: string; readonly environment: string },
  { store, provisioner, signal }: Context,
): Promise<void> {
  const stored = await findAuth(store.db, appId, environment);
  if (stored === undefined) return;
  const { resourceName, resources } = stored;
  await provisioner.remove({ appId, environment, resourceName }, resources, signal);
}

/** So many environments are removed in one transaction, between which others run. */
const BATCH = 100;

/** Removes the environments of an app, however many there are. What a job has removed that fails stays removed. */
async function removeEnvironments({ appId }: { readonly appId: string }, context: Context): Promise<Commit> {
  const { store, provisioner, signal, jobId, checkpoint } = context;
  for (;;) {
    const environments = (await nextEnvironments(store.db, appId, undefined, BATCH)).map(({ name }) => name);
    if (environments.length === 0) return async () => {};
    for (const [environment, { resourceName, resources }] of await findAuths(store.db, appId, environments)) {
      signal.throwIfAborted();
      await provisioner.remove({ appId, environment, resourceName }, resources, signal);
    }
    await checkpoint(async (db) => {
      await listUnder(db, jobId, environments);
      await deleteEnvironments(db, appId, environments);
    });
  }
}
