import { describe, expect, it } from 'vitest';
import {
  type Answer,
  authConfig,
  ended,
  type Place,
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
const backend = (url: string, place: Place) => `${url}/backend/${place.appId}`;
const environment = (url: string, place: Place, name: string, action: string) =>
  send(
    `${backend(url, place)}/environments/${name}/${action}`,
    action === 'clone' ? { targetEnvironmentName: 'copy' } : undefined,
  );
const getBackend = async (url: string, place: Place, body: object = {}): Promise<Answer> =>
  send(`${backend(url, place)}/details`, body);
const metaOf = async (url: string, place: Place, name = 'staging') =>
  JSON.parse((await getBackend(url, place, { backendEnvironmentName: name })).body.amplifyMetaConfig);

describe('GetBackend', () => {
  it('tells the app, its environments and what was made for one, in the form that scripts read', async () => {
    const { url } = await shared();
    const place = await withAuth(url);
    const both = { authResources: 'IDENTITY_POOL_AND_USER_POOL' };
    await ended(url, await send(place.auth, update({ oAuth }, both)));
    expect((await getBackend(url, place)).body).toEqual({
      appId: place.appId,
      appName: 'shop',
      backendEnvironmentList: ['staging'],
    });
    expect((await metaOf(url, place)).auth.auth).toMatchObject({
      service: 'Cognito',
      output: {
        UserPoolId: expect.stringMatching(/^us-east-1_[A-Za-z0-9]{9}$/),
        UserPoolArn: expect.stringMatching(/^arn:aws:cognito-idp:us-east-1:\d{12}:userpool\/us-east-1_/),
        UserPoolName: 'users',
        AppClientID: expect.any(String),
        AppClientIDWeb: expect.any(String),
        IdentityPoolId: expect.stringMatching(/^us-east-1:[0-9a-f-]{36}$/),
        IdentityPoolName: 'auth_identitypool',
        HostedUIDomain: 'shop',
      },
    });
  });

  it('gets a 404 for an app or an environment that does not exist', async () => {
    const { url } = await shared();
    const place = await withEnvironment(url);
    expect((await getBackend(url, { ...place, appId: 'none' })).body.resourceType).toBe('App');
    const missing = await getBackend(url, place, { backendEnvironmentName: 'production' });
    expect(missing.body.resourceType).toBe('BackendEnvironment');
  });
});

describe('DeleteBackendAuth', () => {
  it('removes the resource, after which another one can be created', async () => {
    const { url } = await shared();
    const place = await withAuth(url);
    const job = await ended(url, await send(`${place.auth}/remove`, { resourceName: 'auth' }));
    expect(job).toMatchObject({ status: 'COMPLETED', operation: 'DeleteBackendAuth' });
    expect((await send(`${place.auth}/details`, { resourceName: 'auth' })).body.resourceType).toBe('Auth');
    expect(await metaOf(url, place)).toEqual({ auth: {} });
    const again = { backendEnvironmentName: 'staging', resourceName: 'other', resourceConfig: authConfig };
    expect((await ended(url, await send(`${backend(url, place)}/auth`, again))).status).toBe('COMPLETED');
  });

  it('gets a 404 for a resource of another name', async () => {
    const { url } = await shared();
    const place = await withAuth(url);
    expect((await send(`${place.auth}/remove`, { resourceName: 'other' })).body.resourceType).toBe('Auth');
  });
});

describe('ImportBackendAuth', () => {
  it('makes existing pools the resource of an environment, under a name that GetBackend tells', async () => {
    const { url } = await shared();
    const place = await withEnvironment(url);
    const ids = {
      userPoolId: 'us-east-1_Ab1Cd2Ef3',
      webClientId: 'web',
      nativeClientId: 'native',
      identityPoolId: 'us-east-1:177a950c',
    };
    const job = await ended(url, await send(`${place.auth}/import`, ids));
    expect(job).toMatchObject({ status: 'COMPLETED', operation: 'ImportBackendAuth' });
    const [[resourceName, meta]] = Object.entries((await metaOf(url, place)).auth) as [[string, { output: object }]];
    expect(meta).toMatchObject({
      serviceType: 'imported',
      output: {
        UserPoolId: ids.userPoolId,
        AppClientID: 'native',
        AppClientIDWeb: 'web',
        IdentityPoolId: ids.identityPoolId,
      },
    });
    const read = await send(`${place.auth}/details`, { resourceName });
    expect(read.body.resourceConfig.authResources).toBe('IDENTITY_POOL_AND_USER_POOL');
  });

  it('is refused where there is a resource already', async () => {
    const { url } = await shared();
    const place = await withAuth(url);
    const ids = { userPoolId: 'us-east-1_Ab1Cd2Ef3', webClientId: 'web', nativeClientId: 'native' };
    expect((await send(`${place.auth}/import`, ids)).status).toBe(400);
  });
});

describe('CloneBackend', () => {
  it('copies the configuration, secrets and all, to resources of their own', async () => {
    const { url } = await shared();
    const place = await withAuth(url);
    const google = { client_id: 'id', client_secret: 'hush' };
    await ended(
      url,
      await send(place.auth, update({ oAuth: { ...oAuth, socialProviderSettings: { Google: google } } })),
    );
    const job = await ended(url, await environment(url, place, 'staging', 'clone'));
    expect(job).toMatchObject({ status: 'COMPLETED', operation: 'CloneBackend', backendEnvironmentName: 'staging' });

    const copy = { ...place, auth: `${backend(url, place)}/auth/copy` };
    const [original, copied] = [await readConfig(place), await readConfig(copy)];
    expect(copied.userPoolConfigs.oAuth).toEqual({ ...original.userPoolConfigs.oAuth, domainPrefix: 'shop-copy' });
    expect((await metaOf(url, place, 'copy')).auth.auth.output.UserPoolId).not.toBe(
      (await metaOf(url, place)).auth.auth.output.UserPoolId,
    );
    // A provider that is sent without its secret keeps the stored one: the copy has it.
    const withoutSecret = { ...oAuth, socialProviderSettings: { Google: { client_id: 'new id' } } };
    expect((await ended(url, await send(copy.auth, update({ oAuth: withoutSecret })))).status).toBe('COMPLETED');
    expect((await readConfig(place)).userPoolConfigs.oAuth.socialProviderSettings.Google.client_id).toBe('id');
  });

  it('keeps both environments to itself until it has ended', async () => {
    const { url } = await testServer({ jobTime: 1000 });
    const place = await withEnvironment(url);
    const cloning = await environment(url, place, 'staging', 'clone');
    const source = await environment(url, place, 'staging', 'remove');
    expect(source.body.message).toContain('and backendEnvironmentName: staging, wait');
    const target = { appId: place.appId, appName: 'shop', backendEnvironmentName: 'copy' };
    expect((await send(`${url}/backend`, target)).body.message).toContain('and backendEnvironmentName: copy, wait');
    expect((await ended(url, cloning)).status).toBe('COMPLETED');
    expect((await environment(url, place, 'copy', 'remove')).status).toBe(200);
  });

  it('is refused onto an environment that exists, and of one that does not', async () => {
    const { url } = await shared();
    const place = await withEnvironment(url);
    const onto = { targetEnvironmentName: 'staging' };
    expect((await send(`${backend(url, place)}/environments/staging/clone`, onto)).status).toBe(400);
    expect((await environment(url, place, 'production', 'clone')).body.resourceType).toBe('BackendEnvironment');
  });
});

describe('DeleteBackend', () => {
  it('needs no body, removes the environment, and leaves its jobs to be read', async () => {
    const { url } = await shared();
    const place = await withAuth(url);
    const started = await environment(url, place, 'staging', 'remove');
    expect(await ended(url, started)).toMatchObject({ status: 'COMPLETED', operation: 'DeleteBackend' });
    expect((await getBackend(url, place)).body.backendEnvironmentList).toEqual([]);
    expect((await send(`${place.auth}/details`, { resourceName: 'auth' })).body.resourceType).toBe(
      'BackendEnvironment',
    );
    const { body } = await send(`${backend(url, place)}/job/staging`, {});
    expect(body.jobs.map(({ operation }: { operation: string }) => operation)).toEqual([
      'DeleteBackend',
      'CreateBackendAuth',
      'CreateBackend',
    ]);
    const created = { appId: place.appId, appName: 'shop', backendEnvironmentName: 'staging' };
    expect((await ended(url, await send(`${url}/backend`, created))).status).toBe('COMPLETED');
  });
});

describe('RemoveAllBackends', () => {
  it('removes every environment, and its job is found under each of them', async () => {
    const { url } = await shared();
    const place = await withAuth(url);
    await ended(url, await environment(url, place, 'staging', 'clone'));
    const started = await send(`${backend(url, place)}/remove`, {});
    expect(started.body).toEqual({
      appId: place.appId,
      jobId: expect.any(String),
      operation: 'RemoveAllBackends',
      status: 'RUNNING',
    });
    for (const name of ['staging', 'copy']) {
      const under = { ...started, body: { ...started.body, backendEnvironmentName: name } };
      expect(await ended(url, under)).toMatchObject({ status: 'COMPLETED', backendEnvironmentName: name });
    }
    expect((await getBackend(url, place)).body.backendEnvironmentList).toEqual([]);
  });

  it('removes the app too if asked', async () => {
    const { url } = await shared();
    const place = await withEnvironment(url);
    const started = await send(`${backend(url, place)}/remove`, { cleanAmplifyApp: true });
    await ended(url, { ...started, body: { ...started.body, backendEnvironmentName: 'staging' } });
    expect((await getBackend(url, place)).body.resourceType).toBe('App');
  });

  it('is refused while a job of any environment runs', async () => {
    const { url } = await testServer({ jobTime: 200 });
    const place = await withEnvironment(url);
    await environment(url, place, 'staging', 'clone');
    expect((await send(`${backend(url, place)}/remove`, {})).body.message).toContain('already a pending job');
  });
});

describe('what belongs to other parts of the API', () => {
  it.each([
    ['POST', '/backend/d1/api'],
    ['POST', '/prod/backend/d1/storage/staging/details'],
    ['GET', '/backend/d1/challenge/123'],
    ['POST', '/s3Buckets'],
  ])('answers 501 and says so: %s %s', async (method, path) => {
    const { url } = await shared();
    const answer = await send(`${url}${path}`, undefined, { method });
    expect(answer.status).toBe(501);
    expect(answer.headers.get('x-amzn-errortype')).toBe('NotImplementedException');
    expect(answer.body.message).toContain('belongs to a part of the API that this server does not have.');
    expect(answer.headers.get('x-amzn-errormessage')).toBe(answer.body.message);
  });

  it('says so in a header, in characters that a header takes, and only where the model has no such error', async () => {
    const { url } = await shared();
    const answer = await send(`${url}/backend/d%C3%BC/challenge/${'long'.repeat(200)}`, undefined, { method: 'GET' });
    expect(answer.status).toBe(501);
    const header = answer.headers.get('x-amzn-errormessage') ?? '';
    expect(header).toMatch(/^[ -~]{1,500}$/);
    expect(answer.body.message.startsWith(header.slice(0, 20))).toBe(true);
    const missing = await send(`${url}/backend/none/details`, {});
    expect([missing.status, missing.headers.get('x-amzn-errormessage')]).toEqual([404, null]);
  });
});
