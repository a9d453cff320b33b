import type { SmsConfigurationType, UserPoolType } from '@aws-sdk/client-cognito-identity-provider';
import { ADOPTED, type AuthTarget, type Provisioner, type Resources } from '../provisioner.ts';
import { adopt } from './adopt.ts';
import { type Cognito, type CognitoOptions, connect, unlessMissing } from './api.ts';
import { type AppClients, putAppClients } from './appClients.ts';
import { setDomain } from './domain.ts';
import { deleteIdentityPool, putIdentityPool } from './identityPool.ts';
import { deleteOtherProviders, putProviders } from './identityProviders.ts';
import { needsSms } from './mapping.ts';
import { setMfa } from './mfa.ts';
import { createUserPool, deleteUserPool, describeUserPool, updateUserPool } from './userPool.ts';

/** Configures Amazon Cognito, with the credentials of the SDK's default chain. */
export function cognito(options: CognitoOptions): Provisioner {
  const bind = connect(options);
  return {
    async apply(target, signal) {
      const calls = bind(signal);
      const made: Made = {};
      try {
        return await converge(calls, target, made);
      } catch (error) {
        // As CloudFormation does it: what was new with a change that failed goes with it. What was cut off by the end of
        // the process is found again by its tag, when the job runs anew.
        if (!signal.aborted) await remove(calls, made).catch(() => {});
        throw error;
      }
    },
    remove: (_place, resources, signal) => remove(bind(signal), resources),
    adopt: (place, ids, signal) => adopt(bind(signal), place, ids),
  };
}

/** What the resource did not have before. */
type Made = { userPoolId?: string; identityPoolId?: string };

/**
 * Brings Cognito to the target. The order matters: providers exist before an app client lists them and go after none
 * does, and MFA comes last, since UpdateUserPool can't turn it on. `made` is told of what was created as soon as it is.
 */
async function converge(cognito: Cognito, target: AuthTarget, made: Made): Promise<Resources> {
  const { config, resources } = target;
  const pool = config.userPoolConfigs;
  const knownId = resources?.userPoolId;
  const before = knownId === undefined ? undefined : await describeUserPool(cognito, knownId);
  const sms = smsConfiguration(cognito, target, before);

  const described = before ?? (await createUserPool(cognito, target, sms));
  const userPoolId = knownId ?? described.Id ?? '';
  if (knownId === undefined) made.userPoolId = userPoolId;
  await updateUserPool(cognito, await withoutSms(cognito, described, target), target, sms);

  await setDomain(cognito, userPoolId, described.Domain ?? resources?.domain, pool.oAuth?.domainPrefix);
  const providers = await putProviders(cognito, userPoolId, pool);
  const clients = await putAppClients(cognito, userPoolId, target, providers);
  await deleteOtherProviders(cognito, userPoolId, providers);

  const identityPool = await convergeIdentityPool(cognito, target, userPoolId, clients, made);
  await setMfa(cognito, userPoolId, pool.mfa, sms);

  const now: Resources = {
    userPoolId,
    userPoolArn: described.Arn ?? '',
    ...clients,
    ...(pool.oAuth?.domainPrefix !== undefined && { domain: pool.oAuth.domainPrefix }),
    ...identityPool,
  };
  const adopted = resources?.[ADOPTED]?.split(' ').filter((member) => now[member] === resources[member]);
  return { ...now, ...(adopted !== undefined && { [ADOPTED]: adopted.join(' ') }) };
}

async function convergeIdentityPool(
  cognito: Cognito,
  target: AuthTarget,
  userPoolId: string,
  clients: AppClients,
  made: Made,
): Promise<Resources> {
  if (target.config.authResources === 'IDENTITY_POOL_AND_USER_POOL') {
    const onMade = (id: string) => {
      made.identityPoolId = id;
    };
    return { identityPoolId: await putIdentityPool(cognito, target, userPoolId, clients, onMade) };
  }
  const { resources = {} } = target;
  // One that was adopted is only let go of.
  if (owns(resources, 'identityPoolId')) await deleteIdentityPool(cognito, resources.identityPoolId ?? '');
  return {};
}

/** Whether the resources have the member and it was made here. */
const owns = (resources: Resources, member: keyof Made): boolean =>
  resources[member] !== undefined && !resources[ADOPTED]?.split(' ').includes(member);

/**
 * What lets Cognito send text messages: the role that this server was told of, or the one that the pool has.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-sms-settings.html
 */
function smsConfiguration(
  { roles }: Cognito,
  target: AuthTarget,
  described: UserPoolType | undefined,
): SmsConfigurationType | undefined {
  if (described?.SmsConfiguration !== undefined) return described.SmsConfiguration;
  if (!needsSms(target.config)) return undefined;
  if (roles.sms === undefined) {
    throw new Error(
      'Text messages need an IAM role that lets Cognito send them; start the server with --sms-role-arn.',
    );
  }
  return { SnsCallerArn: roles.sms, ExternalId: `${target.resourceName}_role_external_id` };
}

/**
 * Cognito refuses to turn off MFA by text message while the pool is set up for text messages, and to end that while MFA
 * uses them. Where neither is wanted any longer, MFA is off until the last call.
 */
async function withoutSms(cognito: Cognito, described: UserPoolType, { config }: AuthTarget): Promise<UserPoolType> {
  if (described.SmsConfiguration === undefined || needsSms(config)) return described;
  if (described.MfaConfiguration === undefined || described.MfaConfiguration === 'OFF') return described;
  await setMfa(cognito, described.Id ?? '', undefined, undefined);
  return { ...described, MfaConfiguration: 'OFF' };
}

async function remove(cognito: Cognito, resources: Resources): Promise<void> {
  const { userPoolId = '', identityPoolId = '' } = resources;
  if (owns(resources, 'identityPoolId')) await deleteIdentityPool(cognito, identityPoolId);
  if (!owns(resources, 'userPoolId')) return;
  const described = await unlessMissing(describeUserPool(cognito, userPoolId));
  if (described !== undefined) await deleteUserPool(cognito, userPoolId, described.Domain ?? resources.domain);
}
