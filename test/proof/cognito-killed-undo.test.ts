import { expect, it } from 'vitest';
import { type Reason, UndoKiller } from '../helpers/cognitoKilled.ts';
import { operationsOfKinds } from '../helpers/cognitoKinds.ts';
import { isWrite, operations } from '../helpers/cognitoOperations.ts';
import { ended } from '../helpers/server.ts';

const everything = operations['UpdateBackendAuth of everything'];
const create = operations.CreateBackendAuth;

type Killed = NonNullable<Awaited<ReturnType<UndoKiller['kill']>>>;

/** Kills at each write that puts something back. */
async function killAtEach(killer: UndoKiller, reason: Reason, check: (killed: Killed) => Promise<void>): Promise<void> {
  for (let index = 0; ; index++) {
    const killed = await killer.kill(index, reason);
    if (killed === undefined) break;
    await check(killed);
  }
}

it.each([
  ['UpdateBackendAuth of everything', everything],
  ['CreateBackendAuth', create],
])(
  '%s, whose process is killed while it puts back what it wrote, fails when it runs again and leaves everything as it was',
  async (_, operation) => {
    const killer = await UndoKiller.setUp(operation);
    await killAtEach(killer, 'refused', async ({ call, job, url }) => {
      expect(await ended(url, job), call).toMatchObject({ status: 'FAILED' });
      expect(killer.fake.snapshot(), call).toEqual(killer.before);
    });
  },
);

it('an update whose process is killed while it puts back what it wrote is completed where nothing is in its way any more', async () => {
  const killer = await UndoKiller.setUp(everything);
  for (const index of [0, 5]) {
    const killed = await killer.kill(index, 'refused', false);
    if (killed === undefined) throw new Error(`It puts back fewer than ${index} things.`);
    expect(await ended(killed.url, killed.job), killed.call).toMatchObject({ status: 'COMPLETED' });
    expect(killer.fake.snapshot(), killed.call).toEqual(killer.end);
  }
});

/** The next process puts everything back, and the environment is free then. */
async function isPutBack(killer: UndoKiller, { call, job, url }: Killed): Promise<void> {
  await expect.poll(() => killer.fake.snapshot(), { message: call }).toEqual(killer.before);
  const { status, error } = await ended(url, job);
  expect([status, error], call).toEqual(['FAILED', 'Ended by UpdateBackendJob.']);
  expect(await killer.run(url), call).toMatchObject({ status: 'COMPLETED' });
  expect(killer.fake.snapshot(), call).toEqual(killer.end);
}

it.each([
  ['UpdateBackendAuth of everything', everything],
  ['CreateBackendAuth', create],
])('%s, which was ended and whose process is killed meanwhile, is put back by the next one', async (_, operation) => {
  const killer = await UndoKiller.setUp(operation);
  await killAtEach(killer, 'ended', (killed) => isPutBack(killer, killed));
});

it.each(Object.entries(operationsOfKinds))(
  '%s, which was ended and whose process is killed as soon as it begins to put things back, is put back by the next one',
  async (_, operation) => {
    const killer = await UndoKiller.setUp(operation);
    const killed = await killer.kill(0, 'ended');
    if (killed !== undefined) await isPutBack(killer, killed);
  },
);

it('DeleteBackendAuth, which was ended and whose process is killed meanwhile, tells by the next one what is gone', async () => {
  const killer = await UndoKiller.setUp(operations.DeleteBackendAuth);
  for (const [index, call] of killer.calls.entries()) {
    if (!isWrite(call)) continue;
    const { job, url } = await killer.endAndKill(index);
    await expect
      .poll(async () => (await ended(url, job)).error, { message: call })
      .toMatch(/^Ended by UpdateBackendJob\. Deleted before: .* Delete again to take the rest\.$/);
    expect((await ended(url, job)).error.includes('domain shop'), call).toBe(true);
    expect((await ended(url, job)).error.includes('user pool '), call).toBe(call !== 'DeleteUserPoolDomain');
    expect(await killer.run(url), call).toMatchObject({ status: 'COMPLETED' });
    expect(killer.fake.snapshot(), call).toEqual(killer.end);
  }
});
