import { DescribeIdentityPoolCommand, ListIdentityPoolsCommand } from '@aws-sdk/client-cognito-identity';
import {
  DescribeIdentityProviderCommand,
  DescribeUserPoolDomainCommand,
  ListIdentityProvidersCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect, it } from 'vitest';
import { change, clients, cognitoServer, create, created, readBack, remove, resourcesOf } from '../helpers/cognito.ts';
import { describeWith, moto } from '../helpers/cognitoEmulator.ts';
import { config, OAUTH, unique, update } from '../helpers/cognitoMoto.ts';
import { readConfig, withEnvironment } from '../helpers/server.ts';

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

    expect(await change(server.url, place, update({ oAuth: {} }))).toMatchObject(COMPLETED);
    expect(await ownerOf(second)).toBeUndefined();
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
        ? {
            client_id: `id-${tag}`,
            team_id: `team-${tag}`,
            key_id: `key-${tag}`,
            private_key: Buffer.from(`private-${tag}`).toString('base64'),
          }
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
    expect(JSON.stringify(await readConfig(place))).not.toMatch(/secret-|cHJpdmF0ZS/);

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
        /^SetIdentityPoolRoles of identity pool us-east-1:\S+ failed: the endpoint answered 500 with something that/,
      ),
    });
  });
});
