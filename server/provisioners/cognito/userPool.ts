import { createHash } from 'node:crypto';
import {
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
  DescribeUserPoolCommand,
  type DomainDescriptionType,
  ListUserPoolsCommand,
  type SmsConfigurationType,
  type UserPoolType,
} from '@aws-sdk/client-cognito-identity-provider';
import type { AuthPlace, NewAuth } from '../provisioner.ts';
import { type Cognito, createOnce, unlessMissing } from './api.ts';
import { deleteDomain, describeDomain, putDomain } from './domain.ts';
import { passwordPolicy, SIGN_IN, schemaAttributes, userPool } from './mapping.ts';

/** Marks what this server made, so that a job that was cut off finds it again instead of making a second one. */
export const TAG = 'amplify-backend-auth';

/** Tells one environment's resources from another's: hashed, since a tag takes fewer characters than a name may have. */
export function mark({ appId, environment }: Pick<AuthPlace, 'appId' | 'environment'>): string {
  return createHash('sha256')
    .update(JSON.stringify([appId, environment]))
    .digest('hex')
    .slice(0, 32);
}

export async function describeUserPool(cognito: Cognito, id: string): Promise<UserPoolType> {
  const { UserPool } = await cognito.userPools(`user pool ${id}`, new DescribeUserPoolCommand({ UserPoolId: id }));
  if (UserPool === undefined) throw new Error(`Cognito described user pool ${id} as nothing.`);
  return UserPool;
}

/** The user pool, or an error in plain words where it is gone. */
export async function getUserPool(cognito: Cognito, id: string): Promise<UserPoolType> {
  const pool = await unlessMissing(describeUserPool(cognito, id));
  if (pool === undefined) throw new Error(`There is no user pool ${id}.`);
  return pool;
}

/** All that a configuration says of its user pool. MFA is off: a new pool takes it only together with text messages. */
export const newUserPool = (auth: NewAuth, sms: SmsConfigurationType | undefined) => ({
  ...userPool(auth.config, sms),
  Policies: { PasswordPolicy: passwordPolicy(auth.config.userPoolConfigs) },
  MfaConfiguration: 'OFF' as const,
  UserPoolTags: { [TAG]: mark(auth) },
});

export async function createUserPool(
  cognito: Cognito,
  auth: NewAuth,
  sms: SmsConfigurationType | undefined,
): Promise<UserPoolType> {
  const pool = auth.config.userPoolConfigs;
  const signIn = SIGN_IN[pool.signInMethod];
  const command = new CreateUserPoolCommand({
    ...newUserPool(auth, sms),
    PoolName: pool.userPoolName,
    Schema: schemaAttributes(pool),
    ...(signIn.length > 0 && { UsernameAttributes: [...signIn] }),
    UsernameConfiguration: { CaseSensitive: false },
  });
  return createOnce(
    async () => {
      const { UserPool } = await cognito.userPools(`user pool ${pool.userPoolName}`, command);
      if (UserPool?.Id === undefined) throw new Error('Cognito created a user pool without an id.');
      return UserPool;
    },
    async () => (await findOwn(cognito, auth))[0],
  );
}

/**
 * The pool that an earlier job of this environment left behind, if it can be brought to the configuration. Others that
 * were left behind are deleted. One that has users is no such pool: it may be of a database that is lost.
 */
export async function findLeftPool(cognito: Cognito, auth: NewAuth): Promise<UserPoolType | undefined> {
  for (const left of await findUnusedPools(cognito, auth)) {
    if (sameForever(left, auth)) return left;
    await removeUserPool(cognito, left);
  }
  return undefined;
}

/** The pools that are tagged as this environment's. Throws where one has users. */
export async function findUnusedPools(cognito: Cognito, auth: NewAuth): Promise<UserPoolType[]> {
  const pools = await findOwn(cognito, auth);
  const used = pools.find(({ EstimatedNumberOfUsers = 0 }) => EstimatedNumberOfUsers > 0);
  if (used === undefined) return pools;
  throw new Error(`The user pool ${used.Id} is tagged as this environment's and has users: import it, or delete it.`);
}

/** Cognito refuses to delete a pool that has a domain. Where the pool is refused, its domains come back. */
export async function removeUserPool(
  cognito: Cognito,
  pool: UserPoolType,
  onGone: (resource: string) => void = () => {},
): Promise<void> {
  const id = pool.Id ?? '';
  const domains: DomainDescriptionType[] = [];
  for (const name of [pool.Domain, pool.CustomDomain]) {
    const domain = name === undefined ? undefined : await describeDomain(cognito, name);
    if (domain?.UserPoolId === id) domains.push(domain);
  }
  const begun: DomainDescriptionType[] = [];
  try {
    for (const domain of domains) {
      begun.push(domain);
      await deleteDomain(cognito, id, domain.Domain ?? '');
    }
    await unlessMissing(cognito.userPools(`user pool ${id}`, new DeleteUserPoolCommand({ UserPoolId: id })));
  } catch (error) {
    for (const domain of begun) {
      await putDomain(cognito, id, domain).catch(() => onGone(`domain ${domain.Domain}`));
    }
    throw error;
  }
  onGone(`user pool ${id}`);
}

async function findOwn(cognito: Cognito, auth: NewAuth): Promise<UserPoolType[]> {
  const found: UserPoolType[] = [];
  let NextToken: string | undefined;
  do {
    const page = await cognito.userPools('user pools', new ListUserPoolsCommand({ MaxResults: 60, NextToken }));
    for (const { Id, Name } of page.UserPools ?? []) {
      if (Id === undefined || Name !== auth.config.userPoolConfigs.userPoolName) continue;
      const pool = await unlessMissing(describeUserPool(cognito, Id));
      if (pool?.UserPoolTags?.[TAG] === mark(auth)) found.push(pool);
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found;
}

/** Whether the members that can't be changed later are as the configuration wants them. */
function sameForever(pool: UserPoolType, { config }: NewAuth): boolean {
  const wanted = config.userPoolConfigs;
  const same = (a: readonly unknown[] = [], b: readonly unknown[] = []) =>
    String([...a].sort()) === String([...b].sort());
  const required = pool.SchemaAttributes?.filter(({ Name, Required }) => Required && Name !== 'sub').map(
    ({ Name }) => Name,
  );
  return (
    same(pool.UsernameAttributes, SIGN_IN[wanted.signInMethod]) &&
    same(
      required,
      schemaAttributes(wanted).map(({ Name }) => Name),
    )
  );
}
