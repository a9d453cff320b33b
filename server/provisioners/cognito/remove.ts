import type { Journal, Resources, Work } from '../provisioner.ts';
import { type Cognito, unlessMissing } from './api.ts';
import { describeDomain } from './domain.ts';
import { deleteIdentityPool, describeIdentityPool } from './identityPool.ts';
import { describeUserPool, removeUserPool } from './userPool.ts';

/** Deletes what was made here. Where that fails, the error says what is gone; the next attempt takes the rest. */
export async function remove(cognito: Cognito, resources: Resources, journal: Journal): Promise<void> {
  const owns = (thing: 'userPool' | 'identityPool') => !resources.adopted.includes(thing);
  const { userPoolId, identityPoolId } = resources;
  const owned = {
    ...(owns('userPool') && { userPoolId }),
    ...(owns('identityPool') && identityPoolId !== undefined && { identityPoolId }),
  };
  if (Object.keys(owned).length === 0) return;
  await note(cognito, owned, journal);
  await removeResources(cognito, owned);
}

/** Notes what is to be deleted, unless a run of the job that was cut off has done so. */
async function note(cognito: Cognito, owned: Omit<Doomed, 'domains'>, journal: Journal): Promise<void> {
  const entry = await journal.read();
  const noted: Doomed | undefined = entry === undefined ? undefined : JSON.parse(entry);
  if (noted?.userPoolId === owned.userPoolId && noted?.identityPoolId === owned.identityPoolId) return;
  const { userPoolId } = owned;
  const pool = userPoolId === undefined ? undefined : await unlessMissing(describeUserPool(cognito, userPoolId));
  const domains = [pool?.Domain, pool?.CustomDomain].filter((name) => name !== undefined);
  await journal.write(JSON.stringify({ ...owned, domains } satisfies Doomed));
}

/** The resources that a removal deletes. */
interface Doomed {
  readonly userPoolId?: string;
  readonly identityPoolId?: string;
  readonly domains: readonly string[];
}

/** Says what is gone, once a removal was ended and its process with it. */
export async function tellRemoved(
  cognito: Cognito,
  { signal, journal }: Pick<Work, 'signal' | 'journal'>,
  mayUndo: () => boolean,
): Promise<void> {
  const noted = await journal.read();
  if (noted === undefined || !mayUndo()) throw signal.reason;
  const { userPoolId, identityPoolId, domains }: Doomed = JSON.parse(noted);
  const gone: string[] = [];
  for (const domain of domains) {
    if ((await describeDomain(cognito, domain))?.UserPoolId !== userPoolId) gone.push(`domain ${domain}`);
  }
  if (userPoolId !== undefined && (await unlessMissing(describeUserPool(cognito, userPoolId))) === undefined) {
    gone.push(`user pool ${userPoolId}`);
  }
  if (
    identityPoolId !== undefined &&
    (await unlessMissing(describeIdentityPool(cognito, identityPoolId))) === undefined
  ) {
    gone.push(`identity pool ${identityPoolId}`);
  }
  throw gone.length === 0 ? signal.reason : new Error(`${signal.reason.message} ${deletedBefore(gone)}`);
}

const deletedBefore = (gone: readonly string[]): string =>
  `Deleted before: ${gone.join(', ')}. Delete again to take the rest.`;

/** The user pool goes first: Cognito may refuse to delete it, and then nothing else has happened. */
export async function removeResources(
  cognito: Cognito,
  { userPoolId, identityPoolId }: { readonly userPoolId?: string; readonly identityPoolId?: string },
): Promise<void> {
  const gone: string[] = [];
  try {
    const pool = userPoolId === undefined ? undefined : await unlessMissing(describeUserPool(cognito, userPoolId));
    if (pool?.DeletionProtection === 'ACTIVE') {
      throw new Error(`The user pool ${userPoolId} is protected against deletion: end its DeletionProtection first.`);
    }
    if (pool !== undefined) await removeUserPool(cognito, pool, (resource) => gone.push(resource));
    if (identityPoolId !== undefined) await deleteIdentityPool(cognito, identityPoolId);
  } catch (error) {
    if (gone.length === 0) throw error;
    throw new Error(`${(error as Error).message} ${deletedBefore(gone)}`);
  }
}
