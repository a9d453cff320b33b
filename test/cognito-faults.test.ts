import { describe, expect, it } from 'vitest';
import { cognitoServer } from './helpers/cognito.ts';
import { configs, SECRETS } from './helpers/cognitoConfigs.ts';
import { type CognitoFake, cognitoFake } from './helpers/cognitoFake.ts';
import { type Operation, operations, patience, roles, start } from './helpers/cognitoOperations.ts';
import { type Answer, ended, type Place, send, type TestServer, withEnvironment } from './helpers/server.ts';

const COMPLETED = { status: 'COMPLETED' };

interface Scene {
  readonly fake: CognitoFake;
  readonly server: TestServer;
  readonly place: Place;
}

async function setUp(more: object = {}): Promise<Scene> {
  const fake = await cognitoFake();
  const server = await cognitoServer({ endpoint: fake.url, roles, patience, ...more });
  return { fake, server, place: await withEnvironment(server.url) };
}

const run = async ({ server, place }: Scene, begin: Operation['start']): Promise<Answer['body']> =>
  ended(server.url, await begin(server.url, place));

/** Brings the place and Cognito to what there is before the operation, whatever there was. */
async function prepare(scene: Scene, { before }: Operation): Promise<void> {
  scene.fake.fault = () => undefined;
  if ((await shown(scene)).status === 200) expect(await run(scene, start.remove)).toMatchObject(COMPLETED);
  expect(scene.fake.snapshot()).toEqual({ userPools: [], identityPools: [] });
  if (before !== undefined) expect(await run(scene, start.create(before))).toMatchObject(COMPLETED);
  scene.fake.calls.length = 0;
}

const shown = ({ place }: Scene) => send(`${place.auth}/details`, { resourceName: 'auth' });

/** Each call that the operation makes, with what Cognito has once it is done, where nothing goes wrong. */
async function undisturbed(scene: Scene, operation: Operation) {
  await prepare(scene, operation);
  expect(await run(scene, operation.start)).toMatchObject(COMPLETED);
  return { calls: scene.fake.names(), end: scene.fake.snapshot() };
}

describe.each(Object.entries(operations))('%s', (_, operation) => {
  it('fails with the call that is refused, changes nothing that is stored, and converges when it is repeated', async () => {
    const scene = await setUp();
    const { fake, server } = scene;
    const { calls, end } = await undisturbed(scene, operation);
    for (const [index, call] of calls.entries()) {
      await prepare(scene, operation);
      const [before, stored] = [fake.snapshot(), (await shown(scene)).body];
      fake.failOnce(index, 'refuse');
      const job = await run(scene, operation.start);
      expect(job.status, call).toBe('FAILED');
      expect(job.error).toMatch(
        new RegExp(`^${call} of [\\w:. -]+ failed: InvalidParameterException: No\\. I was sent`),
      );
      expect(job.error).not.toMatch(SECRETS);
      expect((await shown(scene)).body).toEqual(stored);
      if (operation.before === undefined) expect(fake.snapshot(), call).toEqual(before);
      expect(await run(scene, operation.start), call).toMatchObject(COMPLETED);
      expect(fake.snapshot(), call).toEqual(end);
    }
    expect(server.logged.join('')).not.toMatch(SECRETS);
  });

  it('completes where any of its calls ends without an answer, and makes nothing twice', async () => {
    const scene = await setUp();
    const { calls, end } = await undisturbed(scene, operation);
    for (const [index, call] of calls.entries()) {
      await prepare(scene, operation);
      scene.fake.failOnce(index, 'hang up');
      expect(await run(scene, operation.start), call).toMatchObject(COMPLETED);
      expect(scene.fake.snapshot(), call).toEqual(end);
    }
  });

  it('completes where each of its calls is throttled', async () => {
    const scene = await setUp();
    const { calls, end } = await undisturbed(scene, operation);
    await prepare(scene, operation);
    let again = true;
    scene.fake.fault = () => {
      again = !again;
      return again ? undefined : 'throttle';
    };
    expect(await run(scene, operation.start)).toMatchObject(COMPLETED);
    expect(scene.fake.names()).toEqual(calls.flatMap((call) => [call, call]));
    expect(scene.fake.snapshot()).toEqual(end);
  });
});

it.each(['CreateUserPool', 'CreateIdentityPool', 'UpdateUserPoolClient', 'SetUserPoolMfaConfig'])(
  'a job goes on where Cognito says nothing to %s',
  async (name) => {
    const scene = await setUp({ patience: { ...patience, timeout: 300 } });
    const operation = { before: configs.little, start: start.update(configs.more) };
    const whole = name === 'CreateUserPool' ? operations.CreateBackendAuth : undefined;
    const { calls, end } = await undisturbed(scene, whole ?? operation);
    await prepare(scene, whole ?? operation);
    scene.fake.failOnce(calls.indexOf(name), 'say nothing');
    expect(await run(scene, (whole ?? operation).start)).toMatchObject(COMPLETED);
    expect(scene.fake.snapshot()).toEqual(end);
  },
);

it('a job fails where Cognito never stops to throttle it, or is not there', async () => {
  const scene = await setUp({ patience: { ...patience, attempts: 2 } });
  scene.fake.fault = () => 'throttle';
  expect(await run(scene, start.create(configs.whole))).toMatchObject({
    status: 'FAILED',
    error: 'ListUserPools of user pools failed: TooManyRequestsException: Too many requests',
  });
  expect(scene.fake.names()).toEqual(['ListUserPools', 'ListUserPools']);

  const nowhere = await cognitoServer({ endpoint: 'http://127.0.0.1:1', patience: { ...patience, attempts: 2 } });
  const place = await withEnvironment(nowhere.url);
  expect(await run({ ...scene, server: nowhere, place }, start.create(configs.whole))).toMatchObject({
    status: 'FAILED',
    error: 'ListUserPools of user pools failed: Error: connect ECONNREFUSED 127.0.0.1:1',
  });
});

it('what a failed creation could not take away is found and used by the next one', async () => {
  const scene = await setUp();
  const { end } = await undisturbed(scene, { before: undefined, start: start.create(configs.whole) });
  await prepare(scene, { before: undefined, start: start.create(configs.whole) });
  scene.fake.fault = ({ name }) => (['SetUserPoolMfaConfig', 'DeleteUserPool'].includes(name) ? 'refuse' : undefined);
  const job = await run(scene, start.create(configs.whole));
  expect(job).toMatchObject({ status: 'FAILED', error: expect.stringMatching(/^SetUserPoolMfaConfig of user pool/) });
  expect(scene.fake.userPools.pools.size).toBe(1);

  scene.fake.fault = () => undefined;
  expect(await run(scene, start.create(configs.whole))).toMatchObject(COMPLETED);
  expect(scene.fake.names().filter((name) => name === 'CreateUserPool')).toHaveLength(1);
  expect(scene.fake.snapshot()).toEqual(end);
});

it('what a failed creation left behind is replaced by the next one where it can not be changed into it', async () => {
  const scene = await setUp();
  scene.fake.fault = ({ name }) => (['SetUserPoolMfaConfig', 'DeleteUserPool'].includes(name) ? 'refuse' : undefined);
  expect(await run(scene, start.create(configs.whole))).toMatchObject({ status: 'FAILED' });
  scene.fake.fault = () => undefined;
  const { userPoolConfigs, ...rest } = configs.little;
  const byName = { ...rest, userPoolConfigs: { ...userPoolConfigs, signInMethod: 'USERNAME' } };
  expect(await run(scene, start.create(byName))).toMatchObject(COMPLETED);
  const pools = [...scene.fake.userPools.pools.values()];
  expect(pools).toMatchObject([{ fields: { Name: 'users' }, domain: undefined }]);
  expect(pools[0]?.fields.UsernameAttributes).toBeUndefined();
});
