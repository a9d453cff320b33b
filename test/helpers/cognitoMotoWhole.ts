import { once } from 'node:events';
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as identity from '@aws-sdk/client-cognito-identity';
import * as idp from '@aws-sdk/client-cognito-identity-provider';
import { onTestFinished } from 'vitest';
import { clients } from './cognito.ts';
import { configs } from './cognitoConfigs.ts';
import type { Wire } from './cognitoFakeRules.ts';
import * as rich from './cognitoRich.ts';

export interface Ids {
  readonly userPoolId: string;
  readonly webClientId: string;
  readonly nativeClientId: string;
  readonly identityPoolId: string;
}

/** Identity pools of moto, and their roles, which moto does not know: those are kept here. */
export async function withRoles(moto: string): Promise<string> {
  const roles = new Map<string, object>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const name = String(request.headers['x-amz-target']).split('.')[1];
    if (name !== 'GetIdentityPoolRoles' && name !== 'SetIdentityPoolRoles') {
      const options = { method: 'POST', headers: request.headers };
      const sent = forward(moto, options, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      });
      sent.end(body);
      return;
    }
    const { IdentityPoolId, ...given } = JSON.parse(String(body));
    if (name === 'SetIdentityPoolRoles') roles.set(IdentityPoolId, given);
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify({ IdentityPoolId, ...roles.get(IdentityPoolId) }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A user pool and an identity pool at moto, as someone uses the SDK who knows nothing of this server. */
export class MotoPools {
  readonly #endpoint: string;
  readonly #users: idp.CognitoIdentityProviderClient;
  readonly #identities: identity.CognitoIdentityClient;

  constructor(endpoint: string, identityEndpoint: string) {
    this.#endpoint = endpoint;
    this.#users = clients(endpoint).userPools;
    this.#identities = clients(identityEndpoint).identityPools;
  }

  /** Empties moto. */
  readonly reset = () => fetch(`${this.#endpoint}/moto-api/reset`, { method: 'POST' });

  /** Makes what this server would have made. */
  async make(): Promise<Ids> {
    const { UserPool } = await this.#users.send(
      new idp.CreateUserPoolCommand({ PoolName: 'users', UsernameAttributes: ['email'], AliasAttributes: [] }),
    );
    const UserPoolId = UserPool?.Id ?? '';
    const { Facebook, SignInWithApple } = configs.whole.userPoolConfigs.oAuth.socialProviderSettings;
    for (const [ProviderName, ProviderDetails] of Object.entries({ Facebook, SignInWithApple })) {
      const ProviderType = ProviderName as idp.IdentityProviderTypeType;
      const provider = {
        UserPoolId,
        ProviderName,
        ProviderType,
        ProviderDetails,
        AttributeMapping: { email: 'email' },
      };
      await this.#users.send(new idp.CreateIdentityProviderCommand(provider));
    }
    await this.#users.send(new idp.CreateUserPoolDomainCommand({ UserPoolId, Domain: 'shop' }));
    const client = async (ClientName: string, GenerateSecret: boolean) => {
      const command = new idp.CreateUserPoolClientCommand({ UserPoolId, ClientName, GenerateSecret });
      return (await this.#users.send(command)).UserPoolClient?.ClientId ?? '';
    };
    const webClientId = await client('auth_app_clientWeb', false);
    const nativeClientId = await client('auth_app_client', true);
    const ProviderName = `cognito-idp.us-east-1.amazonaws.com/${UserPoolId}`;
    const { IdentityPoolId: identityPoolId = '' } = await this.#identities.send(
      new identity.CreateIdentityPoolCommand({
        IdentityPoolName: 'identities',
        AllowUnauthenticatedIdentities: true,
        CognitoIdentityProviders: [nativeClientId, webClientId].map((ClientId) => ({ ProviderName, ClientId })),
      }),
    );
    return { userPoolId: UserPoolId, webClientId, nativeClientId, identityPoolId };
  }

  /** Changes every setting by hand, and adds to them. */
  async fill({ userPoolId: UserPoolId, webClientId, nativeClientId, identityPoolId }: Ids): Promise<void> {
    const { 'aws:cloudformation:stack-name': _, ...UserPoolTags } = rich.pool.UserPoolTags;
    const send = (command: never) => this.#users.send(command);
    await send(new idp.UpdateUserPoolCommand({ ...rich.pool, UserPoolTags, UserPoolId } as never) as never);
    await send(new idp.SetUserPoolMfaConfigCommand({ ...rich.mfa, UserPoolId } as never) as never);
    for (const { ProviderName, ...provider } of [rich.google, rich.corporate]) {
      const input = { ...provider, ProviderName, UserPoolId };
      await send(new idp.CreateIdentityProviderCommand(input as never) as never);
    }
    const AttributeMapping = { email: 'email', 'custom:team': 'team' };
    const mapping = { UserPoolId, ProviderName: 'Facebook', AttributeMapping };
    await send(new idp.UpdateIdentityProviderCommand(mapping) as never);
    for (const ClientId of [webClientId, nativeClientId]) {
      await send(new idp.UpdateUserPoolClientCommand({ ...rich.client, UserPoolId, ClientId } as never) as never);
    }
    const third = { ...rich.client, UserPoolId, ClientName: 'third', SupportedIdentityProviders: ['Corporate'] };
    const { UserPoolClient } = await this.#users.send(new idp.CreateUserPoolClientCommand(third as never));
    const CustomDomainConfig = { CertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/c' };
    const domain = { UserPoolId, Domain: 'auth.shop.example', CustomDomainConfig };
    await send(new idp.CreateUserPoolDomainCommand(domain) as never);
    await this.#fillIdentities(identityPoolId, UserPoolClient?.ClientId ?? '');
  }

  async #fillIdentities(IdentityPoolId: string, third: string): Promise<void> {
    const { $metadata: _m, ...live } = await this.#identities.send(
      new identity.DescribeIdentityPoolCommand({ IdentityPoolId }),
    );
    const { 'aws:cloudformation:stack-name': _, ...IdentityPoolTags } = rich.identityPool.IdentityPoolTags;
    const entries = live.CognitoIdentityProviders?.map((one) => ({ ...one, ServerSideTokenCheck: true })) ?? [];
    const CognitoIdentityProviders = [{ ...entries[0], ClientId: third }, ...entries];
    const input = { ...live, ...rich.identityPool, IdentityPoolTags, CognitoIdentityProviders };
    await this.#identities.send(new identity.UpdateIdentityPoolCommand(input as never));
    const Roles = { authenticated: 'arn:aws:iam::1:role/hand', unauthenticated: 'arn:aws:iam::1:role/hand-guest' };
    await this.#identities.send(new identity.SetIdentityPoolRolesCommand({ IdentityPoolId, Roles }));
  }

  /** All that moto keeps, by names. */
  async readBack({ userPoolId, identityPoolId }: Ids): Promise<Wire> {
    const pool = await this.#readUserPool(userPoolId);
    const identities = await this.#readIdentities(identityPoolId);
    return JSON.parse(JSON.stringify({ users: pool, ...(identities && { identities }) }), (name, value) =>
      name === 'LastModifiedDate' || value === null ? undefined : value,
    );
  }

  async #readUserPool(UserPoolId: string) {
    const { UserPool } = await this.#users.send(new idp.DescribeUserPoolCommand({ UserPoolId }));
    // moto tells the mode of MFA that was given with the pool, and not the one that was set later.
    const { MfaConfiguration: _mode, Domain: _domain, ...fields } = UserPool ?? {};
    const { $metadata: _, ...mfa } = await this.#users.send(new idp.GetUserPoolMfaConfigCommand({ UserPoolId }));
    const { UserPoolClients = [] } = await this.#users.send(
      new idp.ListUserPoolClientsCommand({ UserPoolId, MaxResults: 60 }),
    );
    const clients: Wire = {};
    for (const { ClientId, ClientName = '' } of UserPoolClients) {
      const command = new idp.DescribeUserPoolClientCommand({ UserPoolId, ClientId });
      clients[ClientName] = (await this.#users.send(command)).UserPoolClient;
    }
    const { Providers = [] } = await this.#users.send(new idp.ListIdentityProvidersCommand({ UserPoolId }));
    const providers: Wire = {};
    for (const { ProviderName = '' } of Providers) {
      const command = new idp.DescribeIdentityProviderCommand({ UserPoolId, ProviderName });
      providers[ProviderName] = (await this.#users.send(command)).IdentityProvider;
    }
    const domain = (await this.#domain(UserPoolId, 'shop')) ?? (await this.#domain(UserPoolId, 'store'));
    const customDomain = await this.#domain(UserPoolId, 'auth.shop.example');
    return { fields, mfa, clients, providers, domain, customDomain };
  }

  async #domain(UserPoolId: string, Domain: string) {
    const { DomainDescription } = await this.#users.send(new idp.DescribeUserPoolDomainCommand({ Domain }));
    return DomainDescription?.UserPoolId === UserPoolId ? { Domain } : undefined;
  }

  async #readIdentities(IdentityPoolId: string) {
    try {
      const { $metadata: _, ...pool } = await this.#identities.send(
        new identity.DescribeIdentityPoolCommand({ IdentityPoolId }),
      );
      const { $metadata: _m, ...roles } = await this.#identities.send(
        new identity.GetIdentityPoolRolesCommand({ IdentityPoolId }),
      );
      return { ...pool, roles };
    } catch (error) {
      if (error instanceof identity.ResourceNotFoundException) return undefined;
      throw error;
    }
  }
}
