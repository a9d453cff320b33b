import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { type Member, member } from '../helpers/fleet.ts';
import { temporaryFolder } from '../helpers/folder.ts';
import { hasPostgres, postgresDatabase } from '../helpers/postgres.ts';
import { PatientClient, updateAndCheck } from '../helpers/updates.ts';

const SECRETS_KEY = 'the same key for every instance of a proof';
const CONCURRENCY = 32;

async function updateAll(client: PatientClient, environments: number, updates: number): Promise<void> {
  const waiting = Array.from({ length: environments }, (_, index) => `d${index}`);
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      for (let appId = waiting.pop(); appId !== undefined; appId = waiting.pop()) {
        await updateAndCheck(client, appId, updates);
      }
    }),
  );
}

/** Kills one of them after another, at random, until told to stop or as often as it may. */
function killing(members: readonly Member[], every: number, most = Number.POSITIVE_INFINITY) {
  const self = { kills: 0, done: Promise.resolve(), stop: () => {} };
  let stopped = false;
  self.stop = () => {
    stopped = true;
  };
  self.done = (async () => {
    while (self.kills < most) {
      await sleep(every);
      if (stopped) return;
      await members[Math.floor(Math.random() * members.length)]?.kill();
      self.kills++;
    }
  })();
  return self;
}

it.skipIf(!hasPostgres)(
  'on PostgreSQL, with two APIs and two workers killed at random each second, each of 5,000 updates takes effect exactly once',
  async () => {
    const shared = ['--database', await postgresDatabase(), '--lease', '2000'];
    const start = (role: string) => member([...shared, '--role', role], { SECRETS_KEY });
    const members = await Promise.all(['api', 'api', 'worker', 'worker'].map(start));
    const client = new PatientClient(members.slice(0, 2).map(({ url }) => url));
    const killer = killing(members, 1000);
    const begin = performance.now();
    await updateAll(client, 500, 10);
    const seconds = (performance.now() - begin) / 1000;
    killer.stop();
    await killer.done;
    console.log(
      `PostgreSQL: 5,000 updates in ${seconds.toFixed(0)} s, ${killer.kills} kills, ${client.retries} tries again.`,
    );
    expect(killer.kills).toBeGreaterThan(10);
  },
);

it('on SQLite, with its process killed 30 times, each of 5,000 updates takes effect exactly once', async () => {
  const only = await member(['--database', join(temporaryFolder(), 'backend.db')]);
  const client = new PatientClient([only.url]);
  const killer = killing([only], 700, 30);
  const begin = performance.now();
  await updateAll(client, 500, 10);
  let updates = 5000;
  // A fast machine is done before.
  for (let round = 0; killer.kills < 30; round++, updates += 200) {
    const places = Array.from({ length: 20 }, (_, index) => `d${round}x${index}`);
    await Promise.all(places.map((appId) => updateAndCheck(client, appId, 10)));
  }
  await killer.done;
  const seconds = (performance.now() - begin) / 1000;
  console.log(`SQLite: ${updates} updates in ${seconds.toFixed(0)} s, 30 kills, ${client.retries} tries again.`);
});
