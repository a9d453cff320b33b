import { randomUUID } from 'node:crypto';
import { DescribeIdentityPoolCommand, ListIdentityPoolsCommand } from '@aws-sdk/client-cognito-identity';
import {
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
  DescribeIdentityProviderCommand,
  DescribeUserPoolCommand,
  DescribeUserPoolDomainCommand,
  ListIdentityProvidersCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect, it } from 'vitest';
import { change, clients, cognitoServer, create, created, readBack, remove, resourcesOf } from './helpers/cognito.ts';
import { describeWith, moto } from './helpers/cognitoEmulator.ts';
import { ended, readConfig, send, withEnvironment } from './helpers/server.ts';

const unique = (): string => `shop-${randomUUID().slice(0, 8)}`;

const OAUTH = {
  oAuthGrantType: 'CODE',
  oAuthScopes: ['OPENID', 'EMAIL'],
  redirectSignInURIs: ['https://shop.example/in/'],
  redirectSignOutURIs: ['https://shop.example/out/'],
};

const config = (oAuth?: object, more: object = {}) => ({
  authResources: 'USER_POOL_ONLY',
  service: 'COGNITO',
  userPoolConfigs: {
    userPoolName: unique(),
    signInMethod: 'EMAIL',
    requiredSignUpAttributes: ['EMAIL'],
    ...(oAuth !== undefined && { oAuth: { ...OAUTH, ...oAuth } }),
  },
  ...more,
});

const update = (userPoolConfigs: object, authResources = 'USER_POOL_ONLY', more: object = {}) => ({
  authResources,
  service: 'COGNITO',
  userPoolConfigs,
  ...more,
});

const COMPLETED = { status: 'COMPLETED' };

describeWith(moto, (endpoint) => {
  const userPools = () => clients(endpoint()).userPools;
  const identityPools = () => clients(endpoint()).identityPools;

  const ownerOf = async (Domain: string) => {
    const { DomainDescription } = await userPools().send(new DescribeUserPoolDomainCommand({ Domain }));
    return DomainDescription?.UserPoolId;
  };

  it('creates, changes and removes the domain', async () => {
    const [first, second] = [unique(), unique()];
    const server = await cognitoServer({ endpoint: endpoint() });
    const place = await created(server.url, config({ domainPrefix: first }));
    const { userPoolId } = await resourcesOf(server, place);
    expect(await ownerOf(first)).toBe(userPoolId);

    const renamed = await change(server.url, place, update({ oAuth: { ...OAUTH, domainPrefix: second } }));
    expect(renamed).toMatchObject(COMPLETED);
    expect([await ownerOf(first), await ownerOf(second)]).toEqual([undefined, userPoolId]);
    expect(await resourcesOf(server, place)).toMatchObject({ domain: second });

    expect(await change(server.url, place, update({ oAuth: {} }))).toMatchObject(COMPLETED);
    expect(await ownerOf(second)).toBeUndefined();
    expect(await resourcesOf(server, place)).not.toHaveProperty('domain');
  });

  it('deletes the domain with the pool', async () => {
    const domainPrefix = unique();
    const server = await cognitoServer({ endpoint: endpoint() });
    const place = await created(server.url, config({ domainPrefix }));
    expect(await remove(server.url, place)).toMatchObject(COMPLETED);
    expect(await ownerOf(domainPrefix)).toBeUndefined();
  });

  it('fails where another user pool has the domain, and changes neither', async () => {
    const [taken, own] = [unique(), unique()];
    const server = await cognitoServer({ endpoint: endpoint() });
    const { userPoolId: other } = await resourcesOf(server, await created(server.url, config({ domainPrefix: taken })));
    const error = `The domain ${taken} is not available: another user pool has it.`;

    const place = await withEnvironment(server.url);
    expect(await create(server.url, place, config({ domainPrefix: taken }))).toMatchObject({ status: 'FAILED', error });
    expect(await create(server.url, place, config({ domainPrefix: own }))).toMatchObject(COMPLETED);
    const before = await readConfig(place);
    const job = await change(server.url, place, update({ oAuth: { ...OAUTH, domainPrefix: taken } }));
    expect(job).toMatchObject({ status: 'FAILED', error });
    expect(await readConfig(place)).toEqual(before);
    const { userPoolId } = await resourcesOf(server, place);
    expect([await ownerOf(taken), await ownerOf(own)]).toEqual([other, userPoolId]);
  });

  it.each([
    ['Facebook', 'public_profile,email', { email: 'email', username: 'id' }],
    ['Google', 'openid email profile', { email: 'email', username: 'sub' }],
    ['LoginWithAmazon', 'profile profile:user_id', { email: 'email', username: 'user_id' }],
    ['SignInWithApple', 'email', { email: 'email' }],
  ])('creates, updates and removes %s', async (name, authorize_scopes, AttributeMapping) => {
    const details = (tag: string): Record<string, string> =>
      name === 'SignInWithApple'
        ? { client_id: `id-${tag}`, team_id: `team-${tag}`, key_id: `key-${tag}`, private_key: `private-${tag}` }
        : { client_id: `id-${tag}`, client_secret: `secret-${tag}` };
    const oAuth = (settings: object) => ({ ...OAUTH, socialProviderSettings: settings });
    const server = await cognitoServer({ endpoint: endpoint() });
    const place = await created(server.url, config(oAuth({ [name]: details('one') })));
    const { userPoolId: UserPoolId, ...ids } = await resourcesOf(server, place);
    const provider = async () => {
      const command = new DescribeIdentityProviderCommand({ UserPoolId, ProviderName: name });
      return (await userPools().send(command)).IdentityProvider;
    };
    const listed = async () => {
      const { web, native } = await readBack(endpoint(), { ...ids, userPoolId: UserPoolId ?? '' });
      return [web, native].map((client) => client?.SupportedIdentityProviders);
    };
    expect(await provider()).toMatchObject({
      ProviderName: name,
      ProviderType: name,
      ProviderDetails: { ...details('one'), authorize_scopes },
      AttributeMapping,
    });
    expect(await listed()).toEqual([
      [name, 'COGNITO'],
      [name, 'COGNITO'],
    ]);

    const next = await change(server.url, place, update({ oAuth: oAuth({ [name]: details('two') }) }));
    expect(next).toMatchObject(COMPLETED);
    expect((await provider())?.ProviderDetails).toEqual({ ...details('two'), authorize_scopes });

    // Without its secret it keeps the one that is stored.
    const { client_id = '', team_id, key_id } = details('three');
    const visible = { client_id, ...(name === 'SignInWithApple' && { team_id, key_id }) };
    expect(await change(server.url, place, update({ oAuth: oAuth({ [name]: visible }) }))).toMatchObject(COMPLETED);
    expect((await provider())?.ProviderDetails).toEqual({ ...details('two'), ...visible, authorize_scopes });
    expect(JSON.stringify(await readConfig(place))).not.toMatch(/secret-|private-/);

    expect(await change(server.url, place, update({ oAuth: OAUTH }))).toMatchObject(COMPLETED);
    const { Providers } = await userPools().send(new ListIdentityProvidersCommand({ UserPoolId }));
    expect(Providers).toEqual([]);
    expect(await listed()).toEqual([['COGNITO'], ['COGNITO']]);
  });

  it('makes an identity pool, changes it, takes it away and makes it again as the configuration says', async () => {
    const identityPoolName = `identities ${unique()}`;
    const server = await cognitoServer({ endpoint: endpoint() });
    const place = await created(server.url, config());
    const pools = async () => {
      const { IdentityPools = [] } = await identityPools().send(new ListIdentityPoolsCommand({ MaxResults: 60 }));
      return IdentityPools.map(({ IdentityPoolId }) => IdentityPoolId);
    };
    const count = (await pools()).length;
    const withIdentities = (more: object = {}) => update({}, 'IDENTITY_POOL_AND_USER_POOL', more);

    expect(await change(server.url, place, withIdentities())).toMatchObject(COMPLETED);
    const ids = await resourcesOf(server, place);
    const describePool = async (IdentityPoolId = '') =>
      identityPools().send(new DescribeIdentityPoolCommand({ IdentityPoolId }));
    const ProviderName = `cognito-idp.us-east-1.amazonaws.com/${ids.userPoolId}`;
    const providers = [ids.nativeClientId, ids.webClientId].map((ClientId) => ({ ProviderName, ClientId }));
    expect(await describePool(ids.identityPoolId)).toMatchObject({
      IdentityPoolName: 'auth_identitypool',
      AllowUnauthenticatedIdentities: false,
      CognitoIdentityProviders: providers,
    });

    const guests = await change(
      server.url,
      place,
      withIdentities({ identityPoolConfigs: { unauthenticatedLogin: true } }),
    );
    expect(guests).toMatchObject(COMPLETED);
    expect(await resourcesOf(server, place)).toEqual(ids);
    expect(await describePool(ids.identityPoolId)).toMatchObject({
      AllowUnauthenticatedIdentities: true,
      CognitoIdentityProviders: providers,
    });

    expect(await change(server.url, place, update({}))).toMatchObject(COMPLETED);
    expect(await resourcesOf(server, place)).not.toHaveProperty('identityPoolId');
    expect(await pools()).toHaveLength(count);

    expect(await change(server.url, place, withIdentities())).toMatchObject(COMPLETED);
    expect(await pools()).toHaveLength(count + 1);
    const again = await resourcesOf(server, place);
    expect(again.identityPoolId).not.toBe(ids.identityPoolId);
    expect(await describePool(again.identityPoolId)).toMatchObject({ AllowUnauthenticatedIdentities: true });

    expect(await remove(server.url, place)).toMatchObject(COMPLETED);
    expect(await pools()).toHaveLength(count);

    const whole = config(undefined, {
      authResources: 'IDENTITY_POOL_AND_USER_POOL',
      identityPoolConfigs: { identityPoolName, unauthenticatedLogin: true },
    });
    expect(await create(server.url, place, whole)).toMatchObject(COMPLETED);
    expect(await describePool((await resourcesOf(server, place)).identityPoolId)).toMatchObject({
      IdentityPoolName: identityPoolName,
      AllowUnauthenticatedIdentities: true,
    });
  });

  it('says which call the endpoint can not do, at once, where it has no roles of identity pools', async () => {
    const authenticated = 'arn:aws:iam::123456789012:role/users';
    const server = await cognitoServer({ endpoint: endpoint(), roles: { authenticated } });
    const place = await withEnvironment(server.url);
    const job = await create(server.url, place, config(undefined, { authResources: 'IDENTITY_POOL_AND_USER_POOL' }));
    expect(job).toMatchObject({
      status: 'FAILED',
      error: expect.stringMatching(
        /^GetIdentityPoolRoles of identity pool us-east-1:\S+ failed: the endpoint answered 500 with something that/,
      ),
    });
  });

  /** A pool that someone made by hand, with whatever is odd about its clients. */
  async function byHand(web: object = {}, native: object = {}) {
    const { UserPool } = await userPools().send(
      new CreateUserPoolCommand({
        PoolName: unique(),
        UsernameAttributes: ['email'],
        AutoVerifiedAttributes: ['email'],
        Schema: [{ Name: 'email', Required: true }],
        Policies: { PasswordPolicy: { MinimumLength: 14, RequireNumbers: true } },
        VerificationMessageTemplate: { EmailSubject: 'Hello', EmailMessage: 'It is {####}' },
      }),
    );
    const UserPoolId = UserPool?.Id ?? '';
    const oAuth = {
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['code' as const],
      AllowedOAuthScopes: ['openid', 'email'],
      CallbackURLs: ['https://shop.example/in/'],
      LogoutURLs: ['https://shop.example/out/'],
      SupportedIdentityProviders: ['COGNITO'],
    };
    const client = async (input: object) => {
      const command = new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'mine', ...oAuth, ...input });
      return (await userPools().send(command)).UserPoolClient?.ClientId;
    };
    return {
      userPoolId: UserPoolId,
      webClientId: await client(web),
      nativeClientId: await client({ GenerateSecret: true, ...native }),
    };
  }

  it('imports a user pool, updates it, and leaves it when the auth resource is deleted', async () => {
    const ids = await byHand();
    const domain = unique();
    await userPools().send(new CreateUserPoolDomainCommand({ UserPoolId: ids.userPoolId, Domain: domain }));
    const server = await cognitoServer({ endpoint: endpoint() });
    const place = await withEnvironment(server.url);
    expect(await ended(server.url, await send(`${place.auth}/import`, ids))).toMatchObject(COMPLETED);

    const { body: meta } = await send(`${server.url}/backend/${place.appId}/details`, {
      backendEnvironmentName: place.environment,
    });
    const resourceName = Object.keys(JSON.parse(meta.amplifyMetaConfig).auth)[0];
    const { body } = await send(`${place.auth}/details`, { resourceName });
    expect(body.resourceConfig).toMatchObject({
      authResources: 'USER_POOL_ONLY',
      service: 'COGNITO',
      userPoolConfigs: {
        signInMethod: 'EMAIL',
        requiredSignUpAttributes: ['EMAIL'],
        passwordPolicy: { minimumLength: 14, additionalConstraints: ['REQUIRE_DIGIT'] },
        mfa: { MFAMode: 'OFF' },
        verificationMessage: {
          deliveryMethod: 'EMAIL',
          emailSettings: { emailMessage: 'It is {####}', emailSubject: 'Hello' },
        },
        oAuth: { ...OAUTH, oAuthScopes: ['OPENID', 'EMAIL'], domainPrefix: domain },
      },
    });

    const passwordPolicy = { minimumLength: 16 };
    const job = await ended(
      server.url,
      await send(place.auth, { resourceName, resourceConfig: update({ passwordPolicy }) }),
    );
    expect(job).toMatchObject(COMPLETED);
    const after = await readBack(endpoint(), await resourcesOf(server, place));
    expect(after.pool?.Policies?.PasswordPolicy).toMatchObject({ MinimumLength: 16, RequireNumbers: false });
    expect(after.native).toMatchObject({ ClientName: 'mine', ClientSecret: expect.any(String) });
    expect(await ownerOf(domain)).toBe(ids.userPoolId);

    expect(await ended(server.url, await send(`${place.auth}/remove`, { resourceName }))).toMatchObject(COMPLETED);
    const { UserPool } = await userPools().send(new DescribeUserPoolCommand({ UserPoolId: ids.userPoolId }));
    expect(UserPool?.Domain).toBe(domain);
  });

  it.each([
    [
      'a web client with a secret',
      { GenerateSecret: true },
      {},
      /^The web client \S+ has a secret; it must have none\.$/,
    ],
    [
      'a native client without one',
      {},
      { GenerateSecret: false },
      /^The native client \S+ has no secret; it must have one\.$/,
    ],
    [
      'clients that differ in OAuth',
      {},
      { AllowedOAuthScopes: ['openid'], LogoutURLs: [] },
      /^The OAuth properties of the two app clients differ: AllowedOAuthScopes, LogoutURLs\.$/,
    ],
  ])('refuses to import %s', async (_, web, native, error) => {
    await expectRefused(await byHand(web, native), error);
  });

  it('refuses to import what is not there', async () => {
    const ids = await byHand();
    const missing = 'us-east-1_missing';
    await expectRefused({ ...ids, userPoolId: missing }, /^There is no user pool us-east-1_missing\.$/);
    await expectRefused({ ...ids, webClientId: 'nobody' }, /^The user pool \S+ has no web client nobody\.$/);
    await expectRefused({ ...ids, nativeClientId: 'nobody' }, /^The user pool \S+ has no native client nobody\.$/);
    const identityPoolId = `us-east-1:${randomUUID()}`;
    await expectRefused({ ...ids, identityPoolId }, /^There is no identity pool us-east-1:\S+\.$/);
  });

  async function expectRefused(ids: object, error: RegExp) {
    const server = await cognitoServer({ endpoint: endpoint() });
    const place = await withEnvironment(server.url);
    const job = await ended(server.url, await send(`${place.auth}/import`, ids));
    expect(job).toMatchObject({ status: 'FAILED', error: expect.stringMatching(error) });
    expect((await send(`${place.auth}/details`, { resourceName: 'auth' })).status).toBe(404);
  }
});
