import {
  type Calls,
  changedTags,
  checkClient,
  checkMfa,
  checkProvider,
  checkUpdate,
  FIXED,
  invalid,
  missing,
  needsSms,
  type Pool,
  Refusal,
  type Wire,
} from './cognitoFakeRules.ts';

const SECRETS = ['private_key']; // never told again
const READ_ONLY_OF_DOMAIN = { AWSAccountId: '123456789012', S3Bucket: 'bucket', Version: '1', Status: 'ACTIVE' };

/** Cognito user pools in memory, as strict as AWS where that matters to who configures them. */
export class FakeUserPools {
  readonly pools = new Map<string, Pool>();
  #count = 0;

  /** All there is, in an order that does not depend on how it came about. */
  snapshot(): readonly Record<string, Wire>[] {
    return [...this.pools.values()].map((pool) => ({
      ...pool,
      clients: [...pool.clients.values()].sort((a, b) => a.ClientName.localeCompare(b.ClientName)),
      providers: [...pool.providers.values()].sort((a, b) => a.ProviderName.localeCompare(b.ProviderName)),
    }));
  }

  readonly calls: Calls = {
    ListUserPools: () => ({ UserPools: [...this.pools].map(([Id, { fields }]) => ({ Id, Name: fields.Name })) }),
    CreateUserPool: ({ PoolName, Schema, MfaConfiguration = 'OFF', ...rest }) => {
      const Id = `us-east-1_pool${++this.#count}x`;
      if (MfaConfiguration !== 'OFF' && rest.SmsConfiguration === undefined) throw needsSms();
      const fields = {
        ...rest,
        Id,
        Arn: `arn:aws:cognito-idp:us-east-1:123456789012:userpool/${Id}`,
        Name: PoolName,
        SchemaAttributes: [{ Name: 'sub', Required: true }, ...(Schema ?? [])],
      };
      this.pools.set(Id, {
        fields,
        mfa: { MfaConfiguration },
        domain: undefined,
        clients: new Map(),
        providers: new Map(),
      });
      return { UserPool: this.#described(Id) };
    },
    DescribeUserPool: ({ UserPoolId }) => ({ UserPool: this.#described(UserPoolId) }),
    UpdateUserPool: ({ UserPoolId, MfaConfiguration = 'OFF', ...rest }) => {
      const pool = this.#pool(UserPoolId);
      checkUpdate(pool, MfaConfiguration, rest);
      // Members that are left out get their defaults.
      const kept = Object.fromEntries(FIXED.map((member) => [member, pool.fields[member]]));
      const UserPoolTags = changedTags(pool.fields.UserPoolTags, rest.UserPoolTags);
      pool.fields = { ...rest, UserPoolTags, ...kept };
      pool.mfa = { ...pool.mfa, MfaConfiguration };
      return {};
    },
    DeleteUserPool: ({ UserPoolId }) => {
      const pool = this.#pool(UserPoolId);
      if (pool.fields.DeletionProtection === 'ACTIVE') {
        throw invalid('The user pool cannot be deleted because deletion protection is activated.');
      }
      if (pool.domain !== undefined || pool.customDomain !== undefined) {
        throw invalid('User pool cannot be deleted. It has a domain configured that should be deleted first.');
      }
      this.pools.delete(UserPoolId);
      return {};
    },
    GetUserPoolMfaConfig: ({ UserPoolId }) => this.#pool(UserPoolId).mfa,
    SetUserPoolMfaConfig: ({ UserPoolId, ...mfa }) => {
      const pool = this.#pool(UserPoolId);
      checkMfa(pool, mfa);
      pool.mfa = mfa;
      const sms = mfa.SmsMfaConfiguration?.SmsConfiguration;
      if (sms !== undefined) pool.fields.SmsConfiguration = sms;
      return mfa;
    },

    DescribeUserPoolDomain: ({ Domain }) => {
      const owner = this.#ownerOf(Domain);
      if (owner === undefined) return { DomainDescription: {} };
      const { domain, customDomain } = this.#pool(owner);
      const settings = domain?.Domain === Domain ? domain : customDomain;
      // As AWS does, an empty object for a domain without a certificate, and members that no call takes back.
      return { DomainDescription: { CustomDomainConfig: {}, ...READ_ONLY_OF_DOMAIN, ...settings, UserPoolId: owner } };
    },
    CreateUserPoolDomain: ({ UserPoolId, ...domain }) => {
      const pool = this.#pool(UserPoolId);
      if (this.#ownerOf(domain.Domain)) throw invalid('Domain already associated with another user pool.');
      const kind = domain.CustomDomainConfig === undefined ? 'domain' : 'customDomain';
      if (kind === 'customDomain' && domain.CustomDomainConfig.CertificateArn === undefined) {
        throw invalid("Value null at 'customDomainConfig.certificateArn' failed to satisfy constraint");
      }
      if (pool[kind] !== undefined) throw invalid('User pool already has a domain configured.');
      pool[kind] = domain;
      return {};
    },
    DeleteUserPoolDomain: ({ UserPoolId, Domain }) => {
      const pool = this.#pool(UserPoolId);
      const kind = (['domain', 'customDomain'] as const).find((one) => pool[one]?.Domain === Domain);
      if (kind === undefined) throw missing('No such domain or user pool exists.');
      pool[kind] = undefined;
      return {};
    },

    ListIdentityProviders: ({ UserPoolId }) => ({
      Providers: [...this.#pool(UserPoolId).providers.keys()].map((ProviderName) => ({ ProviderName })),
    }),
    DescribeIdentityProvider: ({ UserPoolId, ProviderName }) => {
      const provider = this.#provider(UserPoolId, ProviderName);
      const details = Object.entries(provider.ProviderDetails).filter(([member]) => !SECRETS.includes(member));
      return { IdentityProvider: { ...provider, ProviderDetails: Object.fromEntries(details) } };
    },
    CreateIdentityProvider: ({ UserPoolId, ...provider }) => {
      const { providers } = this.#pool(UserPoolId);
      if (providers.has(provider.ProviderName)) {
        throw new Refusal('DuplicateProviderException', `A provider named ${provider.ProviderName} already exists.`);
      }
      checkProvider(provider);
      providers.set(provider.ProviderName, provider);
      return {};
    },
    // Members that are left out get their defaults.
    UpdateIdentityProvider: ({ UserPoolId, ...change }) => {
      const { ProviderType } = this.#provider(UserPoolId, change.ProviderName);
      checkProvider({ ...change, ProviderType });
      this.#pool(UserPoolId).providers.set(change.ProviderName, { ...change, ProviderType });
      return {};
    },
    DeleteIdentityProvider: ({ UserPoolId, ProviderName }) => {
      this.#provider(UserPoolId, ProviderName);
      const { clients, providers } = this.#pool(UserPoolId);
      const used = [...clients.values()].some((client) => client.SupportedIdentityProviders?.includes(ProviderName));
      if (used) throw invalid(`The provider ${ProviderName} is in use by an app client.`);
      providers.delete(ProviderName);
      return {};
    },

    ListUserPoolClients: ({ UserPoolId }) => ({ UserPoolClients: [...this.#pool(UserPoolId).clients.values()] }),
    DescribeUserPoolClient: ({ UserPoolId, ClientId }) => ({ UserPoolClient: this.#client(UserPoolId, ClientId) }),
    CreateUserPoolClient: ({ UserPoolId, GenerateSecret, ...rest }) => {
      const pool = this.#pool(UserPoolId);
      const ClientId = `client${++this.#count}x`;
      const secret = GenerateSecret === true ? { ClientSecret: `secret of ${ClientId}` } : {};
      const client = { ...rest, ...secret, UserPoolId, ClientId };
      checkClient(pool, client);
      pool.clients.set(ClientId, client);
      return { UserPoolClient: client };
    },
    UpdateUserPoolClient: ({ UserPoolId, ClientId, ...rest }) => {
      const pool = this.#pool(UserPoolId);
      const { ClientName, ClientSecret } = this.#client(UserPoolId, ClientId);
      if ('ClientSecret' in rest) throw invalid('ClientSecret is not a member of UpdateUserPoolClient.');
      // Members that are left out get their defaults.
      const client = { ClientName, ...(ClientSecret && { ClientSecret }), ...rest, UserPoolId, ClientId };
      checkClient(pool, client);
      pool.clients.set(ClientId, client);
      return { UserPoolClient: client };
    },
  };

  #pool(id: string): Pool {
    const pool = this.pools.get(id);
    if (pool === undefined) throw missing(`User pool ${id} does not exist.`);
    return pool;
  }

  #described(id: string): Record<string, Wire> {
    const { fields, mfa, domain, customDomain } = this.#pool(id);
    return {
      ...fields,
      MfaConfiguration: mfa.MfaConfiguration,
      ...(domain !== undefined && { Domain: domain.Domain }),
      ...(customDomain !== undefined && { CustomDomain: customDomain.Domain }),
    };
  }

  #ownerOf(domain: string): string | undefined {
    const has = (pool: Pool) => [pool.domain, pool.customDomain].some((one) => one?.Domain === domain);
    return [...this.pools].find(([, pool]) => has(pool))?.[0];
  }

  #provider(pool: string, name: string): Record<string, Wire> {
    const provider = this.#pool(pool).providers.get(name);
    if (provider === undefined) throw missing(`Identity provider ${name} does not exist.`);
    return provider;
  }

  #client(pool: string, id: string): Record<string, Wire> {
    const client = this.#pool(pool).clients.get(id);
    if (client === undefined) throw missing(`User pool client ${id} does not exist.`);
    return client;
  }
}
