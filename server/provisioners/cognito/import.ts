import type { UserPoolClientType } from '@aws-sdk/client-cognito-identity-provider';
import type { AuthConfig } from '../../auth/config.ts';
import type { ImportedIds, Resources } from '../provisioner.ts';
import { type Cognito, unlessMissing } from './api.ts';
import { describeAppClient, isForMachines } from './appClients.ts';
import { describeIdentityPool, readRoles } from './identityPool.ts';
import { readConfig } from './readConfig.ts';
import { getUserPool } from './userPool.ts';

/** Reads an existing pool and checks what the Amplify CLI checks before it imports one. Changes nothing. */
export async function importAuth(
  cognito: Cognito,
  ids: ImportedIds,
): Promise<{ config: AuthConfig; resources: Resources }> {
  const pool = await getUserPool(cognito, ids.userPoolId);
  const web = await clientOf(cognito, ids.userPoolId, ids.webClientId, 'web');
  const native = await clientOf(cognito, ids.userPoolId, ids.nativeClientId, 'native');
  if (web.ClientSecret !== undefined)
    throw new Error(`The web client ${ids.webClientId} has a secret; it must have none.`);
  if (native.ClientSecret === undefined) {
    throw new Error(`The native client ${ids.nativeClientId} has no secret; it must have one.`);
  }
  const different = isForMachines(native) ? [] : OAUTH.filter((member) => !same(web[member], native[member]));
  if (different.length > 0) {
    throw new Error(`The OAuth properties of the two app clients differ: ${different.join(', ')}.`);
  }
  const { identityPoolId } = ids;
  const identityPool = identityPoolId === undefined ? undefined : await checkIdentityPool(cognito, ids, identityPoolId);
  return {
    config: await readConfig(cognito, pool, web, identityPool),
    resources: {
      provisioner: 'cognito',
      userPoolId: ids.userPoolId,
      userPoolArn: pool.Arn ?? '',
      webClientId: ids.webClientId,
      nativeClientId: ids.nativeClientId,
      ...(identityPoolId !== undefined && { identityPoolId }),
      adopted: identityPoolId === undefined ? ['userPool'] : ['userPool', 'identityPool'],
    },
  };
}

const OAUTH = [
  'AllowedOAuthFlowsUserPoolClient',
  'AllowedOAuthFlows',
  'AllowedOAuthScopes',
  'CallbackURLs',
  'LogoutURLs',
  'SupportedIdentityProviders',
] as const satisfies (keyof UserPoolClientType)[];

function same(a: unknown, b: unknown): boolean {
  const comparable = (value: unknown) => JSON.stringify(Array.isArray(value) ? [...value].sort() : (value ?? []));
  return comparable(a || undefined) === comparable(b || undefined);
}

async function clientOf(cognito: Cognito, pool: string, id: string, kind: string): Promise<UserPoolClientType> {
  const client = await unlessMissing(describeAppClient(cognito, pool, id));
  if (client === undefined) throw new Error(`The user pool ${pool} has no ${kind} client ${id}.`);
  return client;
}

async function checkIdentityPool(cognito: Cognito, ids: ImportedIds, identityPoolId: string) {
  const pool = await unlessMissing(describeIdentityPool(cognito, identityPoolId));
  if (pool === undefined) throw new Error(`There is no identity pool ${identityPoolId}.`);
  for (const client of [ids.webClientId, ids.nativeClientId]) {
    const listed = pool.CognitoIdentityProviders?.some(
      ({ ClientId, ProviderName }) => ClientId === client && ProviderName?.endsWith(`/${ids.userPoolId}`),
    );
    if (!listed) throw new Error(`The identity pool ${identityPoolId} does not list the app client ${client}.`);
  }
  if (Object.keys(await readRoles(cognito, identityPoolId)).length === 0) {
    throw new Error(`The identity pool ${identityPoolId} has no roles.`);
  }
  return pool;
}
