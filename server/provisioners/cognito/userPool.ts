import { createHash } from 'node:crypto';
import {
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
  DescribeUserPoolCommand,
  ListUserPoolsCommand,
  type SmsConfigurationType,
  UpdateUserPoolCommand,
  type UserPoolType,
} from '@aws-sdk/client-cognito-identity-provider';
import type { AuthTarget } from '../provisioner.ts';
import { type Cognito, createOnce, unlessMissing } from './api.ts';
import { deleteDomain } from './domain.ts';
import { passwordPolicy, SIGN_IN, schemaAttributes, userPool } from './mapping.ts';

/** Marks what this server made, so that a job that was cut off finds it again instead of making a second one. */
export const TAG = 'amplify-backend-auth';

/** Tells one environment's resources from another's: hashed, since a tag takes fewer characters than a name may have. */
export function mark({ appId, environment }: Pick<AuthTarget, 'appId' | 'environment'>): string {
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

/** The pool of an environment that has none yet: the one that a job which was cut off made, or a new one. */
export async function createUserPool(
  cognito: Cognito,
  target: AuthTarget,
  sms: SmsConfigurationType | undefined,
): Promise<UserPoolType> {
  const { config } = target;
  const pool = config.userPoolConfigs;
  for (const left of await findOwn(cognito, target)) {
    // Not what was left by a job: one of a database that is lost, say. It could be taken for new, and go when this fails.
    if ((left.EstimatedNumberOfUsers ?? 0) > 0) {
      throw new Error(
        `The user pool ${left.Id} is tagged as this environment's and has users: import it, or delete it.`,
      );
    }
    if (sameForever(left, target)) return left;
    await deleteUserPool(cognito, left.Id ?? '', left.Domain);
  }
  const signIn = SIGN_IN[pool.signInMethod];
  const command = new CreateUserPoolCommand({
    ...userPool(config, sms, undefined),
    PoolName: pool.userPoolName,
    Policies: { PasswordPolicy: passwordPolicy(pool) },
    Schema: schemaAttributes(pool),
    ...(signIn.length > 0 && { UsernameAttributes: [...signIn] }),
    UsernameConfiguration: { CaseSensitive: false },
    // ON and OPTIONAL are refused here unless text messages are set up; the last call sets them.
    MfaConfiguration: 'OFF',
    UserPoolTags: { [TAG]: mark(target) },
  });
  return createOnce(
    async () => {
      const { UserPool } = await cognito.userPools(`user pool ${pool.userPoolName}`, command);
      if (UserPool?.Id === undefined) throw new Error('Cognito created a user pool without an id.');
      return UserPool;
    },
    async () => (await findOwn(cognito, target))[0],
  );
}

/**
 * UpdateUserPool sets what it is not given to its default, so all that there is goes back with it.
 * `MfaConfiguration` keeps its value: the call refuses to turn it on, which SetUserPoolMfaConfig does not.
 */
export async function updateUserPool(
  cognito: Cognito,
  described: UserPoolType,
  target: AuthTarget,
  sms: SmsConfigurationType | undefined,
): Promise<void> {
  const { config } = target;
  // The deprecated twin of Policies.PasswordPolicy.TemporaryPasswordValidityDays; both together are refused.
  const { UnusedAccountValidityDays: _, ...adminCreateUser } = described.AdminCreateUserConfig ?? {};
  await cognito.userPools(
    `user pool ${described.Id}`,
    new UpdateUserPoolCommand({
      UserPoolId: described.Id,
      DeletionProtection: described.DeletionProtection,
      LambdaConfig: described.LambdaConfig,
      DeviceConfiguration: described.DeviceConfiguration,
      EmailConfiguration: described.EmailConfiguration,
      UserPoolTags: described.UserPoolTags,
      UserPoolAddOns: described.UserPoolAddOns,
      AccountRecoverySetting: described.AccountRecoverySetting,
      UserPoolTier: described.UserPoolTier,
      MfaConfiguration: described.MfaConfiguration,
      ...(described.AdminCreateUserConfig && { AdminCreateUserConfig: adminCreateUser }),
      ...userPool(config, sms, described),
      Policies: {
        ...described.Policies,
        PasswordPolicy: { ...described.Policies?.PasswordPolicy, ...passwordPolicy(config.userPoolConfigs) },
      },
    }),
  );
}

/** Cognito refuses to delete a pool that has a domain. */
export async function deleteUserPool(cognito: Cognito, id: string, domain: string | undefined): Promise<void> {
  if (domain !== undefined) await deleteDomain(cognito, id, domain);
  await unlessMissing(cognito.userPools(`user pool ${id}`, new DeleteUserPoolCommand({ UserPoolId: id })));
}

async function findOwn(cognito: Cognito, target: AuthTarget): Promise<UserPoolType[]> {
  const found: UserPoolType[] = [];
  let NextToken: string | undefined;
  do {
    const page = await cognito.userPools('user pools', new ListUserPoolsCommand({ MaxResults: 60, NextToken }));
    for (const { Id, Name } of page.UserPools ?? []) {
      if (Id === undefined || Name !== target.config.userPoolConfigs.userPoolName) continue;
      const pool = await unlessMissing(describeUserPool(cognito, Id));
      if (pool?.UserPoolTags?.[TAG] === mark(target)) found.push(pool);
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found;
}

/** Whether what can't be changed later is as the target wants it. */
function sameForever(pool: UserPoolType, { config }: AuthTarget): boolean {
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
