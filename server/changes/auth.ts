import { type AuthResource, findAuth, putAuth } from '../auth/backends.ts';
import type { AuthConfig } from '../auth/config.ts';
import { basesOf } from '../auth/mergeUpdate.ts';
import { planUpdate } from '../auth/plan.ts';
import { withoutSecrets } from '../auth/providerSecrets.ts';
import type { Commit } from '../jobs/job.ts';
import { type AuthPlace, type ImportedIds, type Resources, UnfinishedUpdate } from '../provisioners/provisioner.ts';
import { type AuthWork, type PutAuth, withJournal } from './authWork.ts';
import { putBack, storeUnfinished } from './unfinished.ts';

/** Makes the resource where there is none, or changes what differs from the stored configuration. */
export async function putAuthResource(change: PutAuth, work: AuthWork): Promise<Commit> {
  const { store, provisioner, secrets } = work;
  const stored = await findAuth(store.db, change.appId, change.environment);
  const config = secrets.openConfig(change.config);
  const known = stored ? basesOf(stored, secrets) : [];
  return hidingSecrets([config, ...known], async () => {
    const resources =
      stored === undefined
        ? await provisioner.provision({ ...change, config }, withJournal(work))
        : await updateStored(change, config, stored, work);
    const auth = { resourceName: change.resourceName, config: change.config, resources };
    return (transaction, now) => putAuth(transaction, change, auth, now);
  });
}

async function updateStored(
  change: PutAuth,
  config: AuthConfig,
  stored: AuthResource,
  work: AuthWork,
): Promise<Resources> {
  const { provisioner, secrets } = work;
  // One that was cut off has done so already: to do it again would take back what it has written since.
  const resumes = stored.unfinished !== undefined && (await withJournal(work).journal.read()) !== undefined;
  const auth = resumes ? stored : await putBack(change, stored, work);
  const bases = basesOf(auth, secrets);
  const [before] = bases;
  const plan = planUpdate(bases, config, change.named ?? []);
  const { appId, environment, resourceName } = change;
  const update = { appId, environment, resourceName, before, config, plan, resources: auth.resources };
  try {
    return await provisioner.update(update, withJournal(work));
  } catch (error) {
    if (error instanceof UnfinishedUpdate) await storeUnfinished(error, { change, auth, config, plan }, work);
    throw error;
  }
}

export async function importAuth(change: AuthPlace & { readonly ids: ImportedIds }, work: AuthWork): Promise<Commit> {
  const { config, resources } = await work.provisioner.import(change, change.ids, withJournal(work));
  const auth = { resourceName: change.resourceName, config: work.secrets.sealConfig(config), resources };
  return (transaction, now) => putAuth(transaction, change, auth, now);
}

/** Removes what stands behind the resource of an environment, if it has one. */
export async function removeAuthResource(
  { appId, environment }: Pick<AuthPlace, 'appId' | 'environment'>,
  work: AuthWork,
): Promise<void> {
  const stored = await findAuth(work.store.db, appId, environment);
  if (stored !== undefined) await removeStored({ appId, environment }, stored, work);
}

export async function removeStored(
  { appId, environment }: Pick<AuthPlace, 'appId' | 'environment'>,
  { resourceName, resources }: AuthResource,
  work: AuthWork,
): Promise<void> {
  await work.provisioner.remove({ appId, environment, resourceName, resources }, withJournal(work));
}

/** Cognito may quote what it was sent. The message is for the job, the stack, which repeats it, for the log. */
async function hidingSecrets<T>(configs: readonly AuthConfig[], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error) {
      for (const name of ['message', 'stack'] as const) {
        const value = configs.reduce(withoutSecrets, error[name] ?? '');
        // Assigning would throw for a DOMException, such as that of a timeout: its message has only a getter.
        if (value !== error[name]) Object.defineProperty(error, name, { value, configurable: true, writable: true });
      }
    }
    throw error;
  }
}
