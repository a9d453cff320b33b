import { expect, it } from 'vitest';
import { cognitoServer } from '../helpers/cognito.ts';
import { configs } from '../helpers/cognitoConfigs.ts';
import { update } from '../helpers/cognitoKinds.ts';
import { isWrite, operations, patience, roles, start } from '../helpers/cognitoOperations.ts';
import { Scene } from '../helpers/cognitoScene.ts';
import { temporaryFolder } from '../helpers/folder.ts';
import { type Answer, ended, send } from '../helpers/server.ts';

const everything = operations['UpdateBackendAuth of everything'];

/** Waits until the environment takes another job. */
async function free({ server, place }: Scene): Promise<void> {
  const hold = () =>
    server.services.store.db.selectFrom('hold').selectAll().where('app_id', '=', place.appId).execute();
  while ((await hold()).length > 0) await new Promise((resolve) => setTimeout(resolve, 2));
}

const jobPath = ({ server, place }: Scene, { jobId }: Answer['body']) =>
  `${server.url}/backend/${place.appId}/job/${place.environment}/${jobId}`;

it.each(['FAILED', 'COMPLETED'])(
  'an update that is called %s at any of its writes leaves everything as it was',
  async (status) => {
    const scene = await Scene.setUp();
    const { calls, again } = await scene.undisturbed(everything);
    for (const [index, call] of calls.entries()) {
      if (!isWrite(call)) continue;
      await again();
      const [before, stored] = [scene.fake.snapshot(), await scene.shown()];
      const reached = scene.fake.hangAt(index);
      const { body: job } = await everything.start(scene.server.url, scene.place);
      await reached;
      expect(await send(jobPath(scene, job), { status }), call).toMatchObject({ body: { status } });
      await free(scene);
      expect(scene.fake.snapshot(), call).toEqual(before);
      expect(await scene.shown(), call).toEqual(stored);
      const error = status === 'FAILED' ? 'Ended by UpdateBackendJob.' : undefined;
      expect((await (await fetch(jobPath(scene, job))).json()).error, call).toBe(error);
    }
  },
);

it('an update that is ended, and can not be put back, tells so, and the next one restores it', async () => {
  const scene = await Scene.setUp();
  const { calls, again } = await scene.undisturbed(everything);
  await again();
  const [before, stored] = [scene.fake.snapshot(), await scene.shown()];
  const index = calls.lastIndexOf('SetUserPoolMfaConfig');
  const reached = scene.fake.hangAt(index);
  const { body: job } = await everything.start(scene.server.url, scene.place);
  await reached;
  scene.fake.fault = ({ name }) => (name === 'SetUserPoolMfaConfig' ? 'refuse' : undefined);
  await send(jobPath(scene, job), { status: 'FAILED' });
  await free(scene);
  expect((await (await fetch(jobPath(scene, job))).json()).error).toMatch(
    /^Ended by UpdateBackendJob\. Not put back: user pool \S+ \(SetUserPoolMfaConfig of user pool .*\)\. GetBackendAuth tells/s,
  );
  expect(await scene.shown()).toMatchObject({ resourceConfig: { userPoolConfigs: { mfa: { MFAMode: 'OPTIONAL' } } } });

  scene.fake.fault = () => undefined;
  const { userPoolConfigs: _, ...whole } = configs.whole;
  const nothing = start.update({ ...whole, identityPoolConfigs: {}, userPoolConfigs: {} });
  expect(await scene.run(nothing)).toMatchObject({ status: 'COMPLETED' });
  expect(scene.fake.snapshot()).toEqual(before);
  expect(await scene.shown()).toEqual(stored);
});

it('an update that was cut off near its end, and is refused when it runs again, leaves everything as it was', async () => {
  const database = `${temporaryFolder()}/backend.db`;
  const scene = await Scene.setUp({ database });
  const { calls, again } = await scene.undisturbed(everything);
  const last = calls.findLastIndex(isWrite);
  let writes = Number.POSITIVE_INFINITY;
  for (let nth = 0; nth < writes; nth++) {
    await again();
    const [before, stored] = [scene.fake.snapshot(), await scene.shown()];
    const reached = scene.fake.hangAt(last);
    const job = await everything.start(scene.server.url, scene.place);
    await reached;
    await scene.server.stop(0);

    writes = 0;
    scene.fake.fault = ({ name }) => (isWrite(name) && writes++ === nth ? 'refuse' : undefined);
    scene.server = await cognitoServer({ endpoint: scene.fake.url, roles, patience, database });
    const { status } = await ended(scene.server.url, job);
    // It makes fewer writes then: what it finds as it is to be is left so.
    if (nth >= writes) expect(status).toBe('COMPLETED');
    else {
      expect(status, `write ${nth}`).toBe('FAILED');
      expect(scene.fake.snapshot(), `write ${nth}`).toEqual(before);
      expect(await scene.shown(), `write ${nth}`).toEqual(stored);
      writes = Number.POSITIVE_INFINITY;
    }
  }
});

it('an update that was cut off puts nothing back again that an earlier one had left, over what it has reached itself', async () => {
  const database = `${temporaryFolder()}/backend.db`;
  const scene = await Scene.setUp({ database });
  expect(await scene.run(start.create(configs.whole))).toMatchObject({ status: 'COMPLETED' });
  const { mfa, oAuth } = configs.whole.userPoolConfigs;
  const passwordPolicy = { minimumLength: 20 };
  let changed = false;
  scene.fake.fault = ({ name }) => {
    if (name === 'SetUserPoolMfaConfig') return 'refuse';
    if (name !== 'UpdateUserPool') return undefined;
    const before = changed;
    changed = true;
    return before ? 'refuse' : undefined;
  };
  const first = start.update(update({ passwordPolicy, mfa: { ...mfa, MFAMode: 'OPTIONAL' } }));
  expect(await scene.run(first)).toMatchObject({ error: expect.stringContaining('Not put back: user pool') });

  // The next one can't put it back, and wants what is there.
  const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
  scene.fake.fault = ({ name }) => {
    if (name === 'UpdateUserPool') return 'refuse';
    if (name !== 'UpdateUserPoolClient') return undefined;
    reach();
    return 'say nothing';
  };
  const wanted = update({ passwordPolicy, oAuth: { ...oAuth, oAuthScopes: ['OPENID', 'EMAIL'] } });
  const job = await start.update(wanted)(scene.server.url, scene.place);
  await reached;
  await scene.server.stop(0);

  scene.fake.fault = () => undefined;
  scene.server = await cognitoServer({ endpoint: scene.fake.url, roles, patience, database });
  expect(await ended(scene.server.url, job)).toMatchObject({ status: 'COMPLETED' });
  const [pool] = scene.fake.userPools.pools.values();
  expect(pool?.fields.Policies.PasswordPolicy.MinimumLength).toBe(20);
  for (const client of pool?.clients.values() ?? []) expect(client.AllowedOAuthScopes).toEqual(['openid', 'email']);
});
