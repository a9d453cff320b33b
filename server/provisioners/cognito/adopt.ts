import { DescribeIdentityPoolCommand, GetIdentityPoolRolesCommand } from '@aws-sdk/client-cognito-identity';
import type { UserPoolClientType } from '@aws-sdk/client-cognito-identity-provider';
import { ADOPTED, type AuthConfig, type AuthPlace, type ImportedIds, type Resources } from '../provisioner.ts';
import { type Cognito, unlessMissing } from './api.ts';
import { describeAppClient } from './appClients.ts';
import { readConfig } from './readConfig.ts';
import { describeUserPool } from './userPool.ts';

/** Reads an existing pool and checks what the Amplify CLI checks before it imports one. Changes nothing. */
export async function adopt(
  cognito: Cognito,
  _place: AuthPlace,
  ids: ImportedIds,
): Promise<{ config: AuthConfig; resources: Resources }> {
  const pool = await unlessMissing(describeUserPool(cognito, ids.userPoolId));
  if (pool === undefined) throw new Error(`There is no user pool ${ids.userPoolId}.`);
  const web = await clientOf(cognito, ids.userPoolId, ids.webClientId, 'web');
  const native = await clientOf(cognito, ids.userPoolId, ids.nativeClientId, 'native');
  if (web.ClientSecret !== undefined)
    throw new Error(`The web client ${ids.webClientId} has a secret; it must have none.`);
  if (native.ClientSecret === undefined) {
    throw new Error(`The native client ${ids.nativeClientId} has no secret; it must have one.`);
  }
  const different = OAUTH.filter((member) => !same(web[member], native[member]));
  if (different.length > 0) {
    throw new Error(`The OAuth properties of the two app clients differ: ${different.join(', ')}.`);
  }
  const identityPool = ids.identityPoolId && (await checkIdentityPool(cognito, ids, ids.identityPoolId));
  return {
    config: await readConfig(cognito, pool, web, identityPool || undefined),
    resources: {
      userPoolId: ids.userPoolId,
      userPoolArn: pool.Arn ?? '',
      webClientId: ids.webClientId,
      nativeClientId: ids.nativeClientId,
      ...(pool.Domain !== undefined && { domain: pool.Domain }),
      ...(ids.identityPoolId !== undefined && { identityPoolId: ids.identityPoolId }),
      [ADOPTED]: ids.identityPoolId === undefined ? 'userPoolId' : 'userPoolId identityPoolId',
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

async function checkIdentityPool(cognito: Cognito, ids: ImportedIds, IdentityPoolId: string) {
  const about = `identity pool ${IdentityPoolId}`;
  const pool = await unlessMissing(cognito.identityPools(about, new DescribeIdentityPoolCommand({ IdentityPoolId })));
  if (pool === undefined) throw new Error(`There is no identity pool ${IdentityPoolId}.`);
  for (const client of [ids.webClientId, ids.nativeClientId]) {
    const listed = pool.CognitoIdentityProviders?.some(
      ({ ClientId, ProviderName }) => ClientId === client && ProviderName?.endsWith(`/${ids.userPoolId}`),
    );
    if (!listed) throw new Error(`The identity pool ${IdentityPoolId} does not list the app client ${client}.`);
  }
  const { Roles = {} } = await cognito.identityPools(about, new GetIdentityPoolRolesCommand({ IdentityPoolId }));
  if (Object.keys(Roles).length === 0) throw new Error(`The identity pool ${IdentityPoolId} has no roles.`);
  return pool;
}
