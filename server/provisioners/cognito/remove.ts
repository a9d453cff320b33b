import type { Resources } from '../provisioner.ts';
import { type Cognito, unlessMissing } from './api.ts';
import { deleteIdentityPool } from './identityPool.ts';
import { describeUserPool, removeUserPool } from './userPool.ts';

/** Deletes what was made here. Where that fails, the error says what is gone; the next attempt takes the rest. */
export async function remove(cognito: Cognito, resources: Resources): Promise<void> {
  const owns = (thing: 'userPool' | 'identityPool') => !resources.adopted.includes(thing);
  await removeResources(cognito, {
    ...(owns('userPool') && { userPoolId: resources.userPoolId }),
    ...(owns('identityPool') && resources.identityPoolId !== undefined && { identityPoolId: resources.identityPoolId }),
  });
}

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
    throw new Error(`${(error as Error).message} Deleted before: ${gone.join(', ')}. Delete again to take the rest.`);
  }
}
