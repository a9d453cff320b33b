import { expect, it } from 'vitest';
import { cognitoServer } from '../helpers/cognito.ts';
import { configs, SECRETS } from '../helpers/cognitoConfigs.ts';
import { changedPaths } from '../helpers/cognitoDifference.ts';
import { operationsOfImported, operationsOfKinds } from '../helpers/cognitoKinds.ts';
import { isWrite, type Operation, operations, patience, start } from '../helpers/cognitoOperations.ts';
import { Scene } from '../helpers/cognitoScene.ts';
import { withEnvironment } from '../helpers/server.ts';

const COMPLETED = { status: 'COMPLETED' };

/** One operation in a scene, what it does where nothing is in its way, and how to have it all before one again. */
interface Subject extends Awaited<ReturnType<Scene['undisturbed']>> {
  readonly scene: Scene;
  readonly operation: Operation;
}

// One scene for all, since a server takes longer to start than an operation takes.
it.each(Object.entries(operations))('%s ends as documented, whichever call fails and however', async (_, operation) => {
  const scene = await Scene.setUp();
  const subject = { scene, operation, ...(await scene.undisturbed(operation)) };
  await failsWhereRefused(subject);
  await completesWhereUnanswered(subject);
  await completesWhereThrottled(subject);
  expect(scene.server.logged.join('')).not.toMatch(SECRETS);
});

/** It names the call, leaves everything outside and all that is stored as it was, and converges when it is repeated. */
async function failsWhereRefused(
  { scene, operation, calls, end, again }: Subject,
  which: (call: string) => boolean = () => true,
): Promise<void> {
  const { fake } = scene;
  for (const [index, call] of calls.entries()) {
    if (!which(call)) continue;
    await again();
    const [before, stored] = [fake.snapshot(), await scene.shown()];
    fake.failOnce(index, 'refuse');
    const job = await scene.run(operation.start);
    expect(job.status, call).toBe('FAILED');
    expect(job.error).toMatch(new RegExp(`^${call} of [\\w:. -]+ failed: InvalidParameterException: No\\. I was sent`));
    expect(job.error).not.toMatch(SECRETS);
    expect(await scene.shown()).toEqual(stored);
    // A deletion that was refused midway can't be taken back: it says what is gone, and the next one takes the rest.
    if (/Deleted before|Not put back/.test(job.error)) expect(operation).toBe(operations.DeleteBackendAuth);
    else expect(fake.snapshot(), call).toEqual(before);
    expect(await scene.run(operation.start), call).toMatchObject(COMPLETED);
    expect(fake.snapshot(), call).toEqual(end);
  }
}

/** And makes nothing twice. */
async function completesWhereUnanswered({ scene, operation, calls, end, again }: Subject): Promise<void> {
  for (const [index, call] of calls.entries()) {
    if (!isWrite(call)) continue; // reads are asked again, as when they are throttled
    await again();
    scene.fake.failOnce(index, 'hang up');
    expect(await scene.run(operation.start), call).toMatchObject(COMPLETED);
    expect(scene.fake.snapshot(), call).toEqual(end);
  }
}

/** Each of its calls, once. */
async function completesWhereThrottled({ scene, operation, calls, end, again }: Subject): Promise<void> {
  await again();
  let answered = true;
  scene.fake.fault = () => {
    answered = !answered;
    return answered ? undefined : 'throttle';
  };
  expect(await scene.run(operation.start)).toMatchObject(COMPLETED);
  expect(scene.fake.names()).toEqual(calls.flatMap((call) => [call, call]));
  expect(scene.fake.snapshot()).toEqual(end);
}

it.each(Object.entries({ ...operationsOfKinds, ...operationsOfImported }))(
  '%s on a pool that was changed by hand is as before where a write fails, or tells what it left, and is done by the next',
  async (_, operation) => {
    const scene = await Scene.setUp();
    const subject = { scene, operation, ...(await scene.undisturbed(operation)) };
    await failsWhereRefused(subject, isWrite);
    await completesWhereUnanswered(subject);
    await tellsWhatIsNotPutBack(subject);
    expect(scene.server.logged.join('')).not.toMatch(SECRETS);
  },
);

/** If undoing is refused as well, the error names every resource that differs, and the next update restores them. */
async function tellsWhatIsNotPutBack({ scene, operation, calls, end, again }: Subject): Promise<void> {
  const { fake } = scene;
  for (const [index, call] of calls.entries()) {
    if (!isWrite(call)) continue;
    await again();
    const before = fake.byName();
    let next = 0;
    fake.fault = ({ name }) => (next++ >= index && isWrite(name) ? 'refuse' : undefined);
    const { status, error } = await scene.run(operation.start);
    expect([status, error], call).toEqual(['FAILED', expect.stringContaining(call)]);
    const left = changedPaths(before, fake.byName());
    if (left.length > 0) expect(error, call).toContain('Not put back: ');
    for (const path of left) expect(error, `${call}, ${path}`).toContain(resourceOf(path));
    fake.fault = () => undefined;
    expect(await scene.run(operation.start), call).toMatchObject(COMPLETED);
    expect(sorted(fake.snapshot()), call).toEqual(sorted(end));
  }
}

/** The name by which an error refers to the resource at this path. */
function resourceOf(path: string): string {
  const [thing, part, name] = path.split('.');
  if (thing === 'identities') return 'identity pool ';
  if (part === 'clients') return 'app client ';
  if (part === 'domain') return 'domain ';
  return part === 'providers' ? `identity provider ${name}` : 'user pool ';
}

/** A provider that comes back is the last in the lists of the clients. */
const sorted = (snapshot: unknown): unknown =>
  JSON.parse(JSON.stringify(snapshot), (name, value) =>
    name === 'SupportedIdentityProviders' ? value.toSorted() : value,
  );

it.each([
  ['CreateUserPool', operations.CreateBackendAuth],
  ['CreateIdentityPool', operations['UpdateBackendAuth that adds all there is']],
  ['UpdateUserPoolClient', operations['UpdateBackendAuth that adds all there is']],
  ['DeleteUserPool', operations.DeleteBackendAuth],
] as const)('a job goes on where Cognito does %s but never says so', async (name, operation) => {
  const scene = await Scene.setUp({ patience: { ...patience, timeout: 300 } });
  const { calls, end } = await scene.undisturbed(operation);
  scene.fake.failOnce(calls.indexOf(name), 'say nothing');
  expect(await scene.run(operation.start)).toMatchObject(COMPLETED);
  expect(scene.fake.snapshot()).toEqual(end);
});

it('a job fails where Cognito never stops to throttle it, or is not there', async () => {
  const scene = await Scene.setUp({ patience: { ...patience, attempts: 2 } });
  scene.fake.fault = () => 'throttle';
  expect(await scene.run(start.create(configs.whole))).toMatchObject({
    status: 'FAILED',
    error: 'ListUserPools of user pools failed: TooManyRequestsException: Too many requests',
  });
  expect(scene.fake.names()).toEqual(['ListUserPools', 'ListUserPools']);

  const nowhere = await cognitoServer({ endpoint: 'http://127.0.0.1:1', patience: { ...patience, attempts: 2 } });
  const unanswered = new Scene(scene.fake, nowhere, await withEnvironment(nowhere.url));
  expect(await unanswered.run(start.create(configs.whole))).toMatchObject({
    status: 'FAILED',
    error: 'ListUserPools of user pools failed: Error: connect ECONNREFUSED 127.0.0.1:1',
  });
});

it('what a failed creation could not take away is found and used by the next one', async () => {
  const scene = await Scene.setUp();
  const { end } = await scene.undisturbed({ before: undefined, start: start.create(configs.whole) });
  scene.fake.fault = ({ name }) => (['SetUserPoolMfaConfig', 'DeleteUserPool'].includes(name) ? 'refuse' : undefined);
  const job = await scene.run(start.create(configs.whole));
  expect(job).toMatchObject({ status: 'FAILED', error: expect.stringMatching(/^SetUserPoolMfaConfig of user pool/) });
  expect(scene.fake.userPools.pools.size).toBe(1);

  scene.fake.fault = () => undefined;
  expect(await scene.run(start.create(configs.whole))).toMatchObject(COMPLETED);
  expect(scene.fake.names().filter((name) => name === 'CreateUserPool')).toHaveLength(1);
  expect(scene.fake.snapshot()).toEqual(end);
});

it('what a failed creation left behind is replaced by the next one where it can not be changed into it', async () => {
  const scene = await Scene.setUp();
  scene.fake.fault = ({ name }) => (['SetUserPoolMfaConfig', 'DeleteUserPool'].includes(name) ? 'refuse' : undefined);
  expect(await scene.run(start.create(configs.whole))).toMatchObject({ status: 'FAILED' });
  scene.fake.fault = () => undefined;
  const { userPoolConfigs, ...rest } = configs.little;
  const byName = { ...rest, userPoolConfigs: { ...userPoolConfigs, signInMethod: 'USERNAME' } };
  expect(await scene.run(start.create(byName))).toMatchObject(COMPLETED);
  const pools = [...scene.fake.userPools.pools.values()];
  expect(pools).toMatchObject([{ fields: { Name: 'users' }, domain: undefined }]);
  expect(pools[0]?.fields.UsernameAttributes).toBeUndefined();
});

it('a user pool that has users is not taken for what a failed creation left behind', async () => {
  const scene = await Scene.setUp();
  expect(await scene.run(start.create(configs.whole))).toMatchObject(COMPLETED);
  const { db } = scene.server.services.store;
  await db.deleteFrom('auth_resource').execute(); // as when the database is lost
  const [id, pool] = [...scene.fake.userPools.pools][0] ?? [];
  if (pool !== undefined) pool.fields.EstimatedNumberOfUsers = 1;
  const before = scene.fake.snapshot();
  expect(await scene.run(start.create(configs.whole))).toMatchObject({
    status: 'FAILED',
    error: `The user pool ${id} is tagged as this environment's and has users: import it, or delete it.`,
  });
  expect(scene.fake.snapshot()).toEqual(before);
});
