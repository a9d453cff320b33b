/** What Cognito answers instead, in the protocol's form. */
export class Refusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

// biome-ignore lint/suspicious/noExplicitAny: it is JSON that came over the wire, of as many shapes as there are calls
export type Wire = any;
export type Calls = Record<string, (input: Wire) => object>;

interface Pool {
  fields: Record<string, Wire>;
  mfa: Record<string, Wire>;
  domain: string | undefined;
  readonly clients: Map<string, Record<string, Wire>>;
  readonly providers: Map<string, Record<string, Wire>>;
}

const invalid = (message: string) => new Refusal('InvalidParameterException', message);
const missing = (message: string) => new Refusal('ResourceNotFoundException', message);

const FIXED = ['Id', 'Arn', 'Name', 'SchemaAttributes', 'UsernameAttributes', 'UsernameConfiguration'];
const READ_ONLY = [...FIXED, 'Domain', 'CreationDate', 'LastModifiedDate', 'Status', 'EstimatedNumberOfUsers'];
const SECRETS = ['private_key']; // never told again

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
      // What is not given gets its default.
      const kept = Object.fromEntries(FIXED.map((member) => [member, pool.fields[member]]));
      pool.fields = { ...rest, ...kept };
      pool.mfa = { ...pool.mfa, MfaConfiguration };
      return {};
    },
    DeleteUserPool: ({ UserPoolId }) => {
      if (this.#pool(UserPoolId).domain !== undefined) {
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
      return { DomainDescription: owner === undefined ? {} : { Domain, UserPoolId: owner } };
    },
    CreateUserPoolDomain: ({ UserPoolId, Domain }) => {
      const pool = this.#pool(UserPoolId);
      if (this.#ownerOf(Domain)) throw invalid('Domain already associated with another user pool.');
      if (pool.domain !== undefined) throw invalid('User pool already has a domain configured.');
      pool.domain = Domain;
      return {};
    },
    DeleteUserPoolDomain: ({ UserPoolId, Domain }) => {
      const pool = this.#pool(UserPoolId);
      if (pool.domain !== Domain) throw missing('No such domain or user pool exists.');
      pool.domain = undefined;
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
      providers.set(provider.ProviderName, provider);
      return {};
    },
    UpdateIdentityProvider: ({ UserPoolId, ...change }) => {
      Object.assign(this.#provider(UserPoolId, change.ProviderName), change);
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
      // What is not given gets its default.
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
    const { fields, mfa, domain } = this.#pool(id);
    return { ...fields, MfaConfiguration: mfa.MfaConfiguration, ...(domain !== undefined && { Domain: domain }) };
  }

  #ownerOf(domain: string): string | undefined {
    return [...this.pools].find(([, pool]) => pool.domain === domain)?.[0];
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

const needsSms = () =>
  invalid('SMS configuration and Auto verification for phone_number are required when MFA is required/optional');

function checkUpdate({ mfa }: Pool, mode: string, update: Wire): void {
  const unknown = Object.keys(update).filter((member) => READ_ONLY.includes(member));
  if (unknown.length > 0) throw invalid(`${unknown} can not be updated.`);
  if (mode === 'ON' && mfa.MfaConfiguration !== 'ON') {
    throw invalid('Cannot turn MFA functionality ON, once the user pool has been created.');
  }
  const bySms = mode !== 'OFF' && mfa.SmsMfaConfiguration !== undefined;
  if (bySms && update.SmsConfiguration === undefined) throw needsSms();
  const { PasswordPolicy = {} } = update.Policies ?? {};
  if (
    'TemporaryPasswordValidityDays' in PasswordPolicy &&
    'UnusedAccountValidityDays' in (update.AdminCreateUserConfig ?? {})
  ) {
    throw invalid('Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays');
  }
}

function checkMfa({ fields }: Pool, mfa: Wire): void {
  const { MfaConfiguration, SmsMfaConfiguration, SoftwareTokenMfaConfiguration } = mfa;
  const some = SmsMfaConfiguration !== undefined || SoftwareTokenMfaConfiguration !== undefined;
  if (MfaConfiguration === 'OFF') {
    if (some) throw invalid("Invalid MFA configuration given, can't turn off MFA and configure an MFA together.");
    return;
  }
  if (SmsMfaConfiguration === undefined && SoftwareTokenMfaConfiguration?.Enabled !== true) {
    throw invalid("Invalid MFA configuration given, can't disable all MFAs with a required or optional configuration.");
  }
  if (SmsMfaConfiguration === undefined && fields.SmsConfiguration !== undefined) {
    throw invalid("Can't turn off SMS_MFA when SMS configuration is set for the user pool");
  }
  if (SmsMfaConfiguration !== undefined && SmsMfaConfiguration.SmsConfiguration === undefined) {
    throw invalid('SMS configuration is required.');
  }
}

function checkClient({ providers }: Pool, client: Wire): void {
  for (const name of client.SupportedIdentityProviders ?? []) {
    if (name !== 'COGNITO' && !providers.has(name)) {
      throw invalid(`The provider ${name} does not exist for User Pool ${client.UserPoolId}`);
    }
  }
  if (client.DefaultRedirectURI !== undefined && !client.CallbackURLs?.includes(client.DefaultRedirectURI)) {
    throw invalid('DefaultRedirectURI must be in the CallbackURLs list.');
  }
  if (
    client.AllowedOAuthFlowsUserPoolClient &&
    !(client.AllowedOAuthFlows?.length && client.AllowedOAuthScopes?.length)
  ) {
    throw invalid(
      'AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.',
    );
  }
}
