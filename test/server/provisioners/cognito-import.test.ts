import { expect, it } from 'vitest';
import { BARE_KEY, configs, SECRETS } from '../../helpers/cognitoConfigs.ts';
import { isWrite, roles, start } from '../../helpers/cognitoOperations.ts';
import { Scene } from '../../helpers/cognitoScene.ts';
import { ended, send, withEnvironment } from '../../helpers/server.ts';

const COMPLETED = { status: 'COMPLETED' };

/** A pool with all there is, which someone else's server made: to this one it is a stranger's. */
async function strangers() {
  const other = await Scene.setUp();
  expect(await other.run(start.create(configs.whole))).toMatchObject(COMPLETED);
  const { fake } = other;
  const [userPoolId = '', pool] = [...fake.userPools.pools][0] ?? [];
  const [identityPoolId = '', identities] = [...fake.identityPools.pools][0] ?? [];
  if (pool === undefined || identities === undefined) throw new Error('Nothing was made.');
  const client = (name: string) => [...pool.clients.values()].find(({ ClientName }) => ClientName === name) ?? {};
  const [web, native] = [client('auth_app_clientWeb'), client('auth_app_client')];
  native.ClientSecret = 'secret of the native client';
  const ids = { userPoolId, webClientId: web.ClientId, nativeClientId: native.ClientId, identityPoolId };
  fake.calls.length = 0;

  const { server } = other;
  const place = await withEnvironment(server.url);
  const importIt = async (chosen: object = ids) => ended(server.url, await send(`${place.auth}/import`, chosen));
  const resourceName = async () => {
    const body = { backendEnvironmentName: place.environment };
    const { amplifyMetaConfig } = (await send(`${server.url}/backend/${place.appId}/details`, body)).body;
    return Object.keys(JSON.parse(amplifyMetaConfig).auth)[0];
  };
  const ask = async (path: string, body: object = {}) =>
    send(`${place.auth}${path}`, { resourceName: await resourceName(), ...body });
  const update = async (resourceConfig: object) => ended(server.url, await ask('', { resourceConfig }));
  return { fake, server, ids, identities, importIt, ask, update };
}

it('reads back the configuration that made the pool, and changes nothing of it', async () => {
  const { fake, server, importIt, ask } = await strangers();
  const before = fake.snapshot();
  expect(await importIt()).toMatchObject(COMPLETED);
  expect(fake.snapshot()).toEqual(before);
  expect(fake.names().filter(isWrite)).toEqual([]);

  const { userPoolConfigs: pool, ...rest } = configs.whole;
  const { Facebook, SignInWithApple } = pool.oAuth.socialProviderSettings;
  const { resourceConfig } = (await ask('/details')).body;
  expect(resourceConfig).toEqual({
    ...rest,
    userPoolConfigs: {
      ...pool,
      oAuth: {
        ...pool.oAuth,
        socialProviderSettings: {
          Facebook: { client_id: Facebook.client_id },
          SignInWithApple: { ...SignInWithApple, private_key: undefined },
        },
      },
    },
  });
  expect(server.logged.join('')).not.toMatch(SECRETS);
});

it('leaves a provider as it is whose key Cognito does not tell, until an update brings one', async () => {
  const { fake, importIt, update } = await strangers();
  expect(await importIt()).toMatchObject(COMPLETED);
  const apple = () => [...fake.userPools.pools.values()][0]?.providers.get('SignInWithApple')?.ProviderDetails;
  const private_key = BARE_KEY;
  expect(await update({ ...configs.other, userPoolConfigs: { passwordPolicy: { minimumLength: 40 } } })).toMatchObject(
    COMPLETED,
  );
  expect(apple()).toMatchObject({ private_key, key_id: 'apple-key' });
  expect(fake.names()).not.toContain('CreateIdentityProvider');

  expect(await update(configs.other)).toMatchObject(COMPLETED);
  expect(apple()).toMatchObject({ private_key, key_id: 'apple-key-2' });
});

it('never deletes what it adopted, but what it made for it', async () => {
  const { fake, ids, importIt, ask, update, server } = await strangers();
  expect(await importIt()).toMatchObject(COMPLETED);
  const identityPools = () => [...fake.identityPools.pools.keys()];

  // It lets go of the identity pool, and makes one of its own when it is to have one again.
  expect(await update({ ...configs.less, userPoolConfigs: {} })).toMatchObject(COMPLETED);
  expect(identityPools()).toEqual([ids.identityPoolId]);
  const again = { ...configs.less, authResources: 'IDENTITY_POOL_AND_USER_POOL', userPoolConfigs: {} };
  expect(await update(again)).toMatchObject(COMPLETED);
  expect(identityPools()).toHaveLength(2);

  expect(await ended(server.url, await ask('/remove'))).toMatchObject(COMPLETED);
  expect(identityPools()).toEqual([ids.identityPoolId]);
  expect([...fake.userPools.pools.keys()]).toEqual([ids.userPoolId]);
});

it('refuses an identity pool that does not list both clients', async () => {
  const { identities, ids, importIt } = await strangers();
  identities.CognitoIdentityProviders.pop();
  expect(await importIt()).toMatchObject({
    status: 'FAILED',
    error: `The identity pool ${ids.identityPoolId} does not list the app client ${ids.webClientId}.`,
  });
});

it('refuses an identity pool without roles', async () => {
  const { fake, ids, importIt } = await strangers();
  fake.identityPools.roles.clear();
  expect(await importIt()).toMatchObject({
    status: 'FAILED',
    error: `The identity pool ${ids.identityPoolId} has no roles.`,
  });
  fake.identityPools.roles.set(ids.identityPoolId, { Roles: roles });
  expect(await importIt()).toMatchObject(COMPLETED);
});
