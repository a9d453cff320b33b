import type { UserPoolType } from '@aws-sdk/client-cognito-identity-provider';
import type { NewAuth, Resources, Work } from '../provisioner.ts';
import type { Cognito } from './api.ts';
import { createAppClients } from './appClients.ts';
import { checkDomain, createDomain, deleteDomain } from './domain.ts';
import { createIdentityPool, findOwnIdentityPool } from './identityPool.ts';
import { checkComplete, createProviders, wantedProviders } from './identityProviders.ts';
import { needsSms } from './mapping.ts';
import { newMfa, readMfa } from './mfa.ts';
import { removeResources } from './remove.ts';
import { smsConfiguration } from './sms.ts';
import { createUserPool, findLeftPool, findUnusedPools, newUserPool } from './userPool.ts';
import { PoolTransition } from './userPoolUpdate.ts';

/** There is nothing to remember: what was made is found by its tag. That there is an entry says that something may be. */
const BEGUN = '{}';

/** Makes a user pool with all that belongs to it. Where that fails, deletes again what it made. */
export async function provision(
  cognito: Cognito,
  auth: NewAuth,
  { journal, undoes }: Work,
  mayUndo: () => boolean,
): Promise<Resources> {
  const made: { userPoolId?: string; identityPoolId?: string } = {};
  try {
    if (!undoes) await journal.write(BEGUN);
    return await make(cognito, auth, made);
  } catch (error) {
    if (!mayUndo()) throw error;
    try {
      await (undoes ? removeMade(cognito, auth) : removeResources(cognito, made));
    } catch (failure) {
      throw new Error(`${(error as Error).message} What was made could not be deleted: ${(failure as Error).message}`);
    }
    throw error;
  }
}

/** Deletes what a run of the job has made that was cut off. */
async function removeMade(cognito: Cognito, auth: NewAuth): Promise<void> {
  const identityPoolId = await findOwnIdentityPool(cognito, auth);
  for (const { Id = '' } of await findUnusedPools(cognito, auth)) await removeResources(cognito, { userPoolId: Id });
  if (identityPoolId !== undefined) await removeResources(cognito, { identityPoolId });
}

/**
 * The order matters: providers exist before an app client lists them, and MFA comes last, since a pool can't be created
 * with it. `made` hears of each thing as soon as there is one.
 */
async function make(
  cognito: Cognito,
  auth: NewAuth,
  made: { userPoolId?: string; identityPoolId?: string },
): Promise<Resources> {
  const { config } = auth;
  const pool = config.userPoolConfigs;
  const domain = pool.oAuth?.domainPrefix;
  const sms = needsSms(config) ? smsConfiguration(cognito, auth.resourceName) : undefined;
  checkComplete(pool, wantedProviders(pool));
  const left = await findLeftPool(cognito, auth);
  const lacksDomain = domain !== undefined && (await checkDomain(cognito, left?.Id, domain)) === 'free';

  const described = left ?? (await createUserPool(cognito, auth, sms));
  const userPoolId = described.Id ?? '';
  made.userPoolId = userPoolId;
  const isNew = left === undefined;

  if (left?.Domain !== undefined && left.Domain !== domain) await deleteDomain(cognito, userPoolId, left.Domain);
  if (lacksDomain) await createDomain(cognito, userPoolId, { Domain: domain });
  const providers = await createProviders(cognito, userPoolId, pool, isNew);
  const clients = await createAppClients(cognito, userPoolId, auth, providers, isNew);

  if (config.authResources === 'IDENTITY_POOL_AND_USER_POOL') {
    await createIdentityPool(cognito, auth, { userPoolId, ...clients }, (id) => {
      made.identityPoolId = id;
    });
  }
  await finishPool(cognito, auth, described, isNew);
  return {
    provisioner: 'cognito',
    userPoolId,
    userPoolArn: described.Arn ?? '',
    ...clients,
    ...(made.identityPoolId !== undefined && { identityPoolId: made.identityPoolId }),
    adopted: [],
  };
}

/** A new pool lacks only its MFA. One that an earlier job left behind gets all that this configuration says. */
async function finishPool(cognito: Cognito, auth: NewAuth, described: UserPoolType, isNew: boolean): Promise<void> {
  const sms = needsSms(auth.config) ? smsConfiguration(cognito, auth.resourceName) : undefined;
  const off = { MfaConfiguration: 'OFF' } as const;
  const mfa = isNew ? off : await readMfa(cognito, described.Id ?? '');
  const whole = isNew ? described : { ...described, ...newUserPool(auth, sms) };
  const after = { pool: whole, mfa: newMfa(auth.config.userPoolConfigs, sms) };
  await new PoolTransition(cognito, { pool: described, mfa }, after, false).run();
}
