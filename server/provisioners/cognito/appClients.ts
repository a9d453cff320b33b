import {
  CreateUserPoolClientCommand,
  DescribeUserPoolClientCommand,
  ListUserPoolClientsCommand,
  UpdateUserPoolClientCommand,
  type UserPoolClientType,
} from '@aws-sdk/client-cognito-identity-provider';
import type { AuthTarget } from '../provisioner.ts';
import { type Cognito, createOnce } from './api.ts';
import { oAuthOfClient, SCOPE } from './mapping.ts';

export interface AppClients {
  readonly webClientId: string;
  readonly nativeClientId: string;
}

const REFRESH_TOKEN_DAYS = 30;

/** Brings both app clients to the configuration; makes those that are missing. */
export async function putAppClients(
  cognito: Cognito,
  userPoolId: string,
  target: AuthTarget,
  providers: readonly string[],
): Promise<AppClients> {
  const known = target.resources;
  // Names are how a job that was cut off finds the clients it had made; an adopted client has whatever name it has.
  const existing = known?.webClientId && known.nativeClientId ? [] : await list(cognito, userPoolId);
  const put = async (id: string | undefined, ClientName: string): Promise<string> => {
    const oAuth = oAuthOfClient(target.config.userPoolConfigs, providers);
    const clientId = id ?? existing.find((client) => client.ClientName === ClientName)?.ClientId;
    if (clientId === undefined) return create(cognito, userPoolId, ClientName, oAuth);
    await update(cognito, await describeAppClient(cognito, userPoolId, clientId), oAuth);
    return clientId;
  };
  return {
    webClientId: await put(known?.webClientId, `${target.resourceName}_app_clientWeb`),
    nativeClientId: await put(known?.nativeClientId, `${target.resourceName}_app_client`),
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

/** UpdateUserPoolClient sets what it is not given to its default, so all that there is goes back with it. */
async function update(
  cognito: Cognito,
  described: UserPoolClientType,
  oAuth: ReturnType<typeof oAuthOfClient>,
): Promise<void> {
  const { ClientSecret: _secret, CreationDate: _created, LastModifiedDate: _modified, ...rest } = described;
  const { DefaultRedirectURI, ...kept } = rest;
  // A provider that is not ours (SAML, OpenID Connect) stays with the client that had it.
  const others = (described.SupportedIdentityProviders ?? []).filter((name) => !OURS.has(name));
  const SupportedIdentityProviders = [...oAuth.SupportedIdentityProviders, ...others];
  // So do the scopes of a resource server of its own, as long as it uses OAuth at all.
  const ownScopes = (described.AllowedOAuthScopes ?? []).filter((scope) => !Object.values(SCOPE).includes(scope));
  const AllowedOAuthScopes = [...oAuth.AllowedOAuthScopes, ...(oAuth.AllowedOAuthFlowsUserPoolClient ? ownScopes : [])];
  await cognito.userPools(
    `app client ${described.ClientId}`,
    new UpdateUserPoolClientCommand({
      ...kept,
      UserPoolId: described.UserPoolId,
      ClientId: described.ClientId,
      ...oAuth,
      AllowedOAuthScopes,
      SupportedIdentityProviders,
      // It must be one of the callback URLs.
      ...(oAuth.CallbackURLs.some((url) => url === DefaultRedirectURI) && { DefaultRedirectURI }),
    }),
  );
}

const OURS = new Set(['COGNITO', 'Facebook', 'Google', 'LoginWithAmazon', 'SignInWithApple']);

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
