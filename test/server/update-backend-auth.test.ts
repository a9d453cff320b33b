import { describe, expect, it } from 'vitest';
import { OAuthScopesElement } from '../../generated/enums.ts';
import {
  authConfig,
  ended,
  readConfig,
  send,
  sharedServer,
  testServer,
  update,
  withAuth,
  withEnvironment,
} from '../helpers/server.ts';

const shared = sharedServer();

const oAuth = {
  domainPrefix: 'shop',
  oAuthGrantType: 'CODE',
  oAuthScopes: ['OPENID'],
  redirectSignInURIs: ['https://shop.example/'],
  redirectSignOutURIs: ['https://shop.example/'],
};
const everything = {
  authResources: 'IDENTITY_POOL_AND_USER_POOL',
  service: 'COGNITO',
  identityPoolConfigs: { identityPoolName: 'identities', unauthenticatedLogin: false },
  userPoolConfigs: {
    ...authConfig.userPoolConfigs,
    mfa: { MFAMode: 'ON', settings: { mfaTypes: ['TOTP'] } },
    passwordPolicy: { minimumLength: 10, additionalConstraints: ['REQUIRE_DIGIT'] },
    verificationMessage: { deliveryMethod: 'EMAIL', emailSettings: { emailSubject: 'Hello' } },
    forgotPassword: { deliveryMethod: 'SMS', smsSettings: { smsMessage: '{####}' } },
    oAuth,
  },
};

describe('an update', () => {
  it('answers at once with the job that carries it out', async () => {
    const { url } = await testServer({ jobTime: 60_000 });
    const answer = await send(`${url}/backend`, { appId: 'd1', appName: 'shop', backendEnvironmentName: 'staging' });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      appId: 'd1',
      backendEnvironmentName: 'staging',
      jobId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      operation: 'CreateBackend',
      status: 'RUNNING',
    });
  });

  it('leaves every member that it does not name as it was', async () => {
    const { url } = await shared();
    const place = await withAuth(url, everything);
    const before = await readConfig(place);
    const same = { authResources: 'IDENTITY_POOL_AND_USER_POOL' };
    const job = await ended(url, await send(place.auth, update({}, same)));
    expect(job.status).toBe('COMPLETED');
    expect(await readConfig(place)).toEqual(before);
  });

  it('replaces a member that it names as a whole', async () => {
    const { url } = await shared();
    const place = await withAuth(url, everything);
    await ended(
      url,
      await send(
        place.auth,
        update({
          passwordPolicy: { minimumLength: 20 },
          mfa: { MFAMode: 'OPTIONAL', settings: { mfaTypes: ['SMS'] } },
          oAuth: { oAuthScopes: ['EMAIL'] },
          verificationMessage: { deliveryMethod: 'SMS' },
          forgotPassword: {},
        }),
      ),
    );
    expect((await readConfig(place)).userPoolConfigs).toEqual({
      ...authConfig.userPoolConfigs,
      passwordPolicy: { minimumLength: 20, additionalConstraints: [] },
      mfa: { MFAMode: 'OPTIONAL', settings: { mfaTypes: ['SMS'] } },
      oAuth: { oAuthGrantType: 'CODE', oAuthScopes: ['EMAIL'], redirectSignInURIs: [], redirectSignOutURIs: [] },
      verificationMessage: { deliveryMethod: 'SMS' },
      forgotPassword: { deliveryMethod: 'EMAIL' },
    });
  });

  it('removes OAuth by an empty object, and only by that', async () => {
    const { url } = await shared();
    const place = await withAuth(url, everything);
    await ended(url, await send(place.auth, update({ oAuth: {} })));
    expect((await readConfig(place)).userPoolConfigs).not.toHaveProperty('oAuth');
    await ended(url, await send(place.auth, update({ oAuth: { oAuthGrantType: 'IMPLICIT' } })));
    expect((await readConfig(place)).userPoolConfigs.oAuth).toMatchObject({
      oAuthGrantType: 'IMPLICIT',
      oAuthScopes: [...OAuthScopesElement],
    });
  });

  it('hides the identity pool while only the user pool is asked for, and remembers its name', async () => {
    const { url } = await shared();
    const place = await withAuth(url, everything);
    await ended(url, await send(place.auth, update({})));
    expect(await readConfig(place)).not.toHaveProperty('identityPoolConfigs');
    const both = { authResources: 'IDENTITY_POOL_AND_USER_POOL', identityPoolConfigs: { unauthenticatedLogin: true } };
    await ended(url, await send(place.auth, update({}, both)));
    expect((await readConfig(place)).identityPoolConfigs).toEqual({
      identityPoolName: 'identities',
      unauthenticatedLogin: true,
    });
  });

  it('gives an identity pool a name where none was ever given', async () => {
    const { url } = await shared();
    const place = await withAuth(url);
    await ended(url, await send(place.auth, update({}, { authResources: 'IDENTITY_POOL_AND_USER_POOL' })));
    expect((await readConfig(place)).identityPoolConfigs).toEqual({
      identityPoolName: 'auth_identitypool',
      unauthenticatedLogin: false,
    });
  });

  it('changes one environment and no other', async () => {
    const { url } = await shared();
    const [one, other] = [await withAuth(url), await withAuth(url)];
    const before = await readConfig(other);
    await ended(url, await send(one.auth, update({ passwordPolicy: { minimumLength: 30 } })));
    expect((await readConfig(one)).userPoolConfigs.passwordPolicy.minimumLength).toBe(30);
    expect(await readConfig(other)).toEqual(before);
  });

  it('never answers the secrets of social providers', async () => {
    const { url, logged } = await shared();
    const place = await withAuth(url);
    const socialProviderSettings = {
      Google: { client_id: 'google-id', client_secret: 'hush-google' },
      SignInWithApple: { client_id: 'a', key_id: 'k', team_id: 't', private_key: 'hush/apple++' },
      Twitter: { client_id: 'x', client_secret: 'hush-unknown' },
    };
    await ended(url, await send(place.auth, update({ oAuth: { ...oAuth, socialProviderSettings } })));
    const shown = (await readConfig(place)).userPoolConfigs.oAuth.socialProviderSettings;
    expect(shown).toEqual({
      Google: { client_id: 'google-id' },
      SignInWithApple: { client_id: 'a', key_id: 'k', team_id: 't' },
      Twitter: { client_id: 'x' },
    });
    expect(logged.join('')).not.toContain('hush');
  });
});

describe('what does not exist', () => {
  it.each([
    ['App', (app: string) => `/backend/no${app}/auth/staging`],
    ['BackendEnvironment', (app: string) => `/backend/${app}/auth/production`],
    ['Auth', (app: string) => `/backend/${app}/auth/staging`],
  ])('gets a 404 that names the %s', async (resourceType, path) => {
    const { url } = await shared();
    const { appId } = await withEnvironment(url);
    for (const [suffix, body] of [
      ['', update({})],
      ['/details', { resourceName: 'auth' }],
    ] as const) {
      const answer = await send(`${url}${path(appId)}${suffix}`, body);
      expect(answer.status).toBe(404);
      expect(answer.body).toMatchObject({ __type: 'NotFoundException', resourceType });
    }
  });

  it('gets a 404 that names the Auth when the resource has another name', async () => {
    const { url } = await shared();
    const place = await withAuth(url);
    const answer = await send(place.auth, { ...update({}), resourceName: 'other' });
    expect([answer.status, answer.body.resourceType]).toEqual([404, 'Auth']);
  });

  it('gets a 404 that names the Job, also when it is the job of another environment', async () => {
    const { url } = await shared();
    const [one, other] = [await withAuth(url), await withAuth(url)];
    const started = await send(one.auth, update({}));
    const job = `${url}/backend/${other.appId}/job/staging/${started.body.jobId}`;
    const answer = await send(job, undefined, { method: 'GET' });
    expect([answer.status, answer.body.resourceType]).toEqual([404, 'Job']);
  });
});

describe('creating', () => {
  it('an environment twice, or a second authentication resource, is refused', async () => {
    const { url } = await shared();
    const place = await withAuth(url);
    const again = { appId: place.appId, appName: 'shop', backendEnvironmentName: 'staging' };
    expect((await send(`${url}/backend`, again)).body.message).toContain('exists already');
    const second = { backendEnvironmentName: 'staging', resourceName: 'second', resourceConfig: authConfig };
    expect((await send(`${url}/backend/${place.appId}/auth`, second)).body.message).toContain('already: auth');
  });

  it('a second environment of an app keeps the first as it is', async () => {
    const { url } = await shared();
    const place = await withAuth(url);
    const second = { appId: place.appId, appName: 'another name', backendEnvironmentName: 'production' };
    expect((await ended(url, await send(`${url}/backend`, second))).status).toBe('COMPLETED');
    expect(await readConfig(place)).toBeDefined();
  });
});
