import { CognitoIdentityClient } from '@aws-sdk/client-cognito-identity';
import {
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { onTestFinished } from 'vitest';
import type { ServerOptions } from '../../server/compose/server.ts';
import type { Patience, Roles } from '../../server/provisioners/cognito/api.ts';
import { cognito } from '../../server/provisioners/cognito/cognito.ts';
import { type Answer, ended, type Place, send, type TestServer, testServer, withEnvironment } from './server.ts';

export const REGION = 'us-east-1';
export const SMS_ROLE = 'arn:aws:iam::123456789012:role/sms';

export interface CognitoTestOptions extends Partial<ServerOptions> {
  readonly endpoint: string;
  /** @default endpoint */
  readonly identityEndpoint?: string;
  readonly roles?: Partial<Roles>;
  readonly patience?: Patience;
}

/** A server whose jobs configure what listens at `endpoint`. */
export function cognitoServer({
  endpoint,
  identityEndpoint,
  roles,
  patience,
  ...options
}: CognitoTestOptions): Promise<TestServer> {
  const provisioner = cognito({
    region: REGION,
    endpoint,
    identityEndpoint,
    roles: { sms: SMS_ROLE, authenticated: undefined, unauthenticated: undefined, ...roles },
    ...(patience !== undefined && { patience }),
  });
  return testServer({ provisioner, ...options });
}

/** Asks for the auth resource of a place and answers the job, once it has ended. */
export async function create(url: string, { appId, environment }: Place, config: object): Promise<Answer['body']> {
  const body = { backendEnvironmentName: environment, resourceName: 'auth', resourceConfig: config };
  return ended(url, await send(`${url}/backend/${appId}/auth`, body));
}

export const change = async (url: string, place: Place, config: object): Promise<Answer['body']> =>
  ended(url, await send(place.auth, { resourceName: 'auth', resourceConfig: config }));

export const remove = async (url: string, place: Place): Promise<Answer['body']> =>
  ended(url, await send(`${place.auth}/remove`, { resourceName: 'auth' }));

/** A place with an auth resource that Cognito was configured for. */
export async function created(url: string, config: object): Promise<Place> {
  const place = await withEnvironment(url);
  const job = await create(url, place, config);
  if (job.status !== 'COMPLETED') throw new Error(`The auth resource could not be created: ${job.error}`);
  return place;
}

/** The ids that the server keeps of what it made. */
export async function resourcesOf(server: TestServer, { appId }: Place): Promise<Record<string, string>> {
  const { db } = server.services.store;
  const row = await db.selectFrom('auth_resource').select('resources').where('app_id', '=', appId).executeTakeFirst();
  return JSON.parse(row?.resources ?? '{}');
}

/** The SDK, to read back what is at the endpoint. */
export function clients(endpoint: string) {
  const userPools = new CognitoIdentityProviderClient({ endpoint, region: REGION, maxAttempts: 1 });
  const identityPools = new CognitoIdentityClient({ endpoint, region: REGION, maxAttempts: 1 });
  onTestFinished(() => {
    userPools.destroy();
    identityPools.destroy();
  });
  return { userPools, identityPools };
}

/** A user pool as Cognito has it: itself, its MFA and both app clients. */
export async function readBack(endpoint: string, ids: Record<string, string>) {
  const { userPools } = clients(endpoint);
  const UserPoolId = ids.userPoolId;
  const client = async (ClientId: string | undefined) =>
    (await userPools.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }))).UserPoolClient;
  const { UserPool: pool } = await userPools.send(new DescribeUserPoolCommand({ UserPoolId }));
  const { $metadata: _, ...mfa } = await userPools.send(new GetUserPoolMfaConfigCommand({ UserPoolId }));
  return { pool, mfa, web: await client(ids.webClientId), native: await client(ids.nativeClientId) };
}
