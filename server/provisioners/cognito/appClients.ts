import {
  CreateUserPoolClientCommand,
  DescribeUserPoolClientCommand,
  ListUserPoolClientsCommand,
  UpdateUserPoolClientCommand,
  type UpdateUserPoolClientCommandInput,
  type UserPoolClientType,
} from '@aws-sdk/client-cognito-identity-provider';
import type { OAuthPlan } from '../../auth/plan.ts';
import type { NewAuth } from '../provisioner.ts';
import { type Cognito, createOnce } from './api.ts';
import { changedList } from './lists.ts';
import { FLOW, oAuthOfClient, SCOPE } from './mapping.ts';
import type { Step } from './step.ts';
import type { Whole } from './whole.ts';

export interface AppClients {
  readonly webClientId: string;
  readonly nativeClientId: string;
}

const REFRESH_TOKEN_DAYS = 30;

/** Makes both app clients. Those that a job which was cut off had made are found by their names. */
export async function createAppClients(
  cognito: Cognito,
  userPoolId: string,
  { config, resourceName }: NewAuth,
  providers: readonly string[],
  isNew: boolean,
): Promise<AppClients> {
  const existing = isNew ? [] : await list(cognito, userPoolId);
  const oAuth = oAuthOfClient(config.userPoolConfigs, providers);
  const put = async (ClientName: string): Promise<string> => {
    const clientId = existing.find((client) => client.ClientName === ClientName)?.ClientId;
    if (clientId === undefined) return create(cognito, userPoolId, ClientName, oAuth);
    const described = await describeAppClient(cognito, userPoolId, clientId);
    await writeAppClient(cognito, { ...described, ...oAuth });
    return clientId;
  };
  return {
    webClientId: await put(`${resourceName}_app_clientWeb`),
    nativeClientId: await put(`${resourceName}_app_client`),
  };
}

async function create(
  cognito: Cognito,
  UserPoolId: string,
  ClientName: string,
  oAuth: ReturnType<typeof oAuthOfClient>,
): Promise<string> {
  const command = new CreateUserPoolClientCommand({
    UserPoolId,
    ClientName,
    GenerateSecret: false,
    RefreshTokenValidity: REFRESH_TOKEN_DAYS,
    TokenValidityUnits: { RefreshToken: 'days' },
    ...oAuth,
  });
  return createOnce(
    async () => {
      const { UserPoolClient } = await cognito.userPools(`app client ${ClientName}`, command);
      if (UserPoolClient?.ClientId === undefined) throw new Error('Cognito created an app client without an id.');
      return UserPoolClient.ClientId;
    },
    async () => (await list(cognito, UserPoolId)).find((client) => client.ClientName === ClientName)?.ClientId,
  );
}

export async function describeAppClient(
  cognito: Cognito,
  UserPoolId: string,
  ClientId: string,
): Promise<UserPoolClientType> {
  const command = new DescribeUserPoolClientCommand({ UserPoolId, ClientId });
  const { UserPoolClient } = await cognito.userPools(`app client ${ClientId}`, command);
  if (UserPoolClient === undefined) throw new Error(`Cognito described app client ${ClientId} as nothing.`);
  return UserPoolClient;
}

/** UpdateUserPoolClient resets the members that it is not given, so all of them go back with it. */
export const wholeAppClient = (client: UserPoolClientType): Whole<UpdateUserPoolClientCommandInput> => ({
  UserPoolId: client.UserPoolId,
  ClientId: client.ClientId,
  ClientName: client.ClientName,
  RefreshTokenValidity: client.RefreshTokenValidity,
  AccessTokenValidity: client.AccessTokenValidity,
  IdTokenValidity: client.IdTokenValidity,
  TokenValidityUnits: client.TokenValidityUnits,
  ReadAttributes: client.ReadAttributes,
  WriteAttributes: client.WriteAttributes,
  ExplicitAuthFlows: client.ExplicitAuthFlows,
  SupportedIdentityProviders: client.SupportedIdentityProviders,
  CallbackURLs: client.CallbackURLs,
  LogoutURLs: client.LogoutURLs,
  DefaultRedirectURI: client.DefaultRedirectURI,
  AllowedOAuthFlows: client.AllowedOAuthFlows,
  AllowedOAuthScopes: client.AllowedOAuthScopes,
  AllowedOAuthFlowsUserPoolClient: client.AllowedOAuthFlowsUserPoolClient,
  AnalyticsConfiguration: client.AnalyticsConfiguration,
  PreventUserExistenceErrors: client.PreventUserExistenceErrors,
  EnableTokenRevocation: client.EnableTokenRevocation,
  EnablePropagateAdditionalUserContextData: client.EnablePropagateAdditionalUserContextData,
  AuthSessionValidity: client.AuthSessionValidity,
  RefreshTokenRotation: client.RefreshTokenRotation,
});

async function writeAppClient(cognito: Cognito, client: UserPoolClientType): Promise<void> {
  const input = { ...wholeAppClient(client), UserPoolId: client.UserPoolId, ClientId: client.ClientId };
  await cognito.userPools(`app client ${client.ClientId}`, new UpdateUserPoolClientCommand(input));
}

/** The steps that change app clients: none for one that is as the plan wants it. */
export function appClientSteps(
  cognito: Cognito,
  clients: readonly UserPoolClientType[],
  plan: NonNullable<OAuthPlan['clients']>,
): Step[] {
  return clients.flatMap((client) => {
    const [before, after] = [wholeAppClient(client), wholeAppClient(changedClient(client, plan))];
    if (JSON.stringify(before) === JSON.stringify(after)) return [];
    return {
      resource: `app client ${client.ClientId}`,
      before,
      after,
      read: async () =>
        wholeAppClient(await describeAppClient(cognito, client.UserPoolId ?? '', client.ClientId ?? '')),
      run: () => writeAppClient(cognito, after),
      undo: () => writeAppClient(cognito, before),
    };
  });
}

/** A client that gets tokens for itself signs nobody in. The contract can't say what it is, and Cognito lets no grant beside. */
export const isForMachines = ({ AllowedOAuthFlows }: UserPoolClientType): boolean =>
  AllowedOAuthFlows?.includes('client_credentials') === true;

function changedClient(client: UserPoolClientType, plan: NonNullable<OAuthPlan['clients']>): UserPoolClientType {
  if (isForMachines(client)) return client;
  const SupportedIdentityProviders = changedProviders(client, plan);
  if (plan.enabled?.to === false) {
    // Empty lists take away; emulators keep what is absent.
    const none = { AllowedOAuthFlows: [], AllowedOAuthScopes: [], CallbackURLs: [], LogoutURLs: [] };
    const off = { AllowedOAuthFlowsUserPoolClient: false, DefaultRedirectURI: undefined };
    return { ...client, ...none, ...off, SupportedIdentityProviders };
  }
  const CallbackURLs = changedList(client.CallbackURLs, plan.signInURIs, (uri) => uri);
  const { DefaultRedirectURI } = client;
  // It must be one of the callback URLs.
  const stays = DefaultRedirectURI === undefined || CallbackURLs?.includes(DefaultRedirectURI);
  return {
    ...client,
    SupportedIdentityProviders,
    CallbackURLs,
    LogoutURLs: changedList(client.LogoutURLs, plan.signOutURIs, (uri) => uri),
    DefaultRedirectURI: stays ? DefaultRedirectURI : undefined,
    AllowedOAuthFlows: changedList(client.AllowedOAuthFlows, plan.grants, (grant) => FLOW[grant]),
    AllowedOAuthScopes: changedList(client.AllowedOAuthScopes, plan.scopes, (scope) => SCOPE[scope]),
    ...(plan.enabled && { AllowedOAuthFlowsUserPoolClient: plan.enabled.to }),
  };
}

/** A client that never had any gets Cognito's own sign-in with OAuth: the sign-in pages are not available without one. */
function changedProviders(
  { SupportedIdentityProviders: live }: UserPoolClientType,
  { providers, enabled }: NonNullable<OAuthPlan['clients']>,
): string[] | undefined {
  const hasNone = live === undefined || live.length === 0;
  const base = hasNone && enabled?.to === true ? ['COGNITO'] : live;
  return changedList(base, providers, (name) => name);
}

async function list(cognito: Cognito, UserPoolId: string): Promise<{ ClientId?: string; ClientName?: string }[]> {
  const clients = [];
  let NextToken: string | undefined;
  do {
    const command = new ListUserPoolClientsCommand({ UserPoolId, MaxResults: 60, NextToken });
    const page = await cognito.userPools(`user pool ${UserPoolId}`, command);
    clients.push(...(page.UserPoolClients ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return clients;
}
