import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hasPostgres, postgresDatabase } from '../helpers/postgres.ts';
import { postgresPooler } from '../helpers/postgresPooler.ts';
import { type Fate, type PostgresProxy, postgresProxy } from '../helpers/postgresProxy.ts';
import { type Place, testServer, update, withAuth } from '../helpers/server.ts';
import { PatientClient, updateAndCheck } from '../helpers/updates.ts';

const secretsKey = 'the same key for every instance of a proof';
const LEASE = 3_000; // ms
/** The longest time from the end of a fault to the end of an answered job, in ms. */
const PROMISED = 20_000;
const APP = 'd1';
/** Faults are mostly waiting, so that many are made at the same time, each on a database of its own. */
const LANES = 8;

async function client(url: string): Promise<Client> {
  const one = new Client({ connectionString: url });
  // Its database is dropped before it ends.
  one.on('error', () => {});
  await one.connect();
  onTestFinished(() => one.end());
  return one;
}

/** Servers whose way to the database is the test's, and a look at the database beside them. */
interface Lane {
  readonly url: string;
  readonly proxy: PostgresProxy;
  readonly place: Place;
  readonly database: Client;
}

const kinds = {
  'one process that does both': async (database: string): Promise<Omit<Lane, 'place' | 'database'>> => {
    const proxy = await postgresProxy(database);
    const { url } = await testServer({ database: proxy.url, secretsKey, lease: LEASE });
    return { url, proxy };
  },
  'a worker apart from the API': async (database: string): Promise<Omit<Lane, 'place' | 'database'>> => {
    const proxy = await postgresProxy(database);
    const { url } = await testServer({ database, secretsKey, role: 'api' });
    await testServer({ database: proxy.url, secretsKey, role: 'worker', lease: LEASE });
    return { url, proxy };
  },
};

async function laneOf(kind: keyof typeof kinds): Promise<Lane> {
  const url = await postgresDatabase();
  const database = await client(url);
  const lane = await kinds[kind](url);
  const patient = new PatientClient([lane.url]);
  await updateAndCheck(patient, APP, 1);
  const auth = `${lane.url}/backend/${APP}/auth/staging`;
  return { ...lane, database, place: { appId: APP, environment: 'staging', auth } };
}

/** One update, tried again as an SDK does until it is answered, and followed in the database until its end. */
async function updateOnce({ place, database }: Lane, length: number): Promise<void> {
  const headers = { 'content-type': 'application/json', 'amz-sdk-invocation-id': randomUUID() };
  const body = JSON.stringify(update({ passwordPolicy: { minimumLength: length } }));
  for (;;) {
    const signal = AbortSignal.timeout(15_000);
    const answer = await fetch(place.auth, { method: 'POST', headers, body, signal }).catch(() => undefined);
    if (answer?.status === 200) break;
    // A job that an earlier try started is this request's own, so it never conflicts.
    if (answer !== undefined && answer.status !== 504) throw new Error(`${answer.status} ${await answer.text()}`);
    await sleep(50);
  }
  const running = async () =>
    (await database.query("select 1 from job where status = 'RUNNING' union all select 1 from hold")).rowCount;
  while (((await running()) ?? 0) > 0) await sleep(20);
}

describe.skipIf(!hasPostgres).each(Object.keys(kinds) as (keyof typeof kinds)[])('with %s', (kind) => {
  it.each<[string, Fate]>([
    ['reset', 'reset'],
    ['silent from then on', 'silence'],
    ['half a second late', 500],
  ])('an update completes exactly once whichever message of its life is %s', async (_, fate) => {
    const lanes: Lane[] = [];
    while (lanes.length < LANES) lanes.push(await laneOf(kind));
    const [first] = lanes as [Lane];
    let count = 0;
    first.proxy.onMessage = () => {
      count += 1;
      return 'pass';
    };
    await updateOnce(first, 20);
    first.proxy.onMessage = undefined;
    expect(count).toBeGreaterThan(50);

    const waiting = Array.from({ length: count }, (_, index) => index);
    const latest: number[] = [];
    await Promise.all(
      lanes.map(async (lane) => {
        const { database, proxy, place } = lane;
        for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
          const before = await jobsOf(database);
          let seen = 0;
          let faultAt = performance.now();
          proxy.onMessage = () => {
            if (seen++ !== index) return 'pass';
            faultAt = performance.now();
            return fate;
          };
          const length = 21 + (index % 70);
          await updateOnce(lane, length);
          latest.push(performance.now() - faultAt);
          proxy.onMessage = undefined;
          const ended = await jobsOf(database);
          expect(ended.length, `message ${index}`).toBe(before.length + 1);
          expect(ended.every(({ status }) => status === 'COMPLETED')).toBe(true);
          const { rows } = await database.query('select config from auth_resource');
          expect(rows.map(({ config }) => JSON.parse(config).userPoolConfigs.passwordPolicy.minimumLength)).toEqual([
            length,
          ]);
          expect(place.appId).toBe(ended[0]?.app_id);
        }
      }),
    );
    console.log(
      `${kind}, ${String(fate)}: ${count} messages, each lost once; the last job ended ${seconds(latest)} s after.`,
    );
    expect(Math.max(...latest)).toBeLessThan(PROMISED);
  });
});

const terminateOthers = (database: Client) =>
  database.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
const jobsOf = async (database: Client) => (await database.query('select app_id, status, error from job')).rows;
const seconds = (times: readonly number[]): string => (Math.max(...times) / 1000).toFixed(1);

describe.skipIf(!hasPostgres)('under load', () => {
  const load = async (urls: readonly string[], updates: number) => {
    const patient = new PatientClient(urls);
    await Promise.all(Array.from({ length: 24 }, (_, index) => updateAndCheck(patient, `d${index}`, updates)));
    return patient.retries;
  };

  it('with connections terminated all the time, each update completes exactly once', async () => {
    const url = await postgresDatabase();
    const database = await client(url);
    const servers = await Promise.all([1, 2].map(() => testServer({ database: url, secretsKey, lease: LEASE })));
    let over = false;
    let terminated = 0;
    const terminating = (async () => {
      while (!over) {
        const { rowCount } = await database.query(`
          select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid() order by random() limit 3`);
        terminated += rowCount ?? 0;
        await sleep(100);
      }
    })();
    const retries = await load(
      servers.map((server) => server.url),
      20,
    );
    over = true;
    await terminating;
    console.log(`${24 * 22} jobs with ${terminated} connections terminated; ${retries} tries again.`);
    expect(terminated).toBeGreaterThan(20);
  });

  it('with silence on all connections for a while, each update completes exactly once', async () => {
    const proxy = await postgresProxy(await postgresDatabase());
    const { url } = await testServer({ database: proxy.url, secretsKey, lease: LEASE });
    let over = false;
    const silencing = (async () => {
      while (!over) {
        await sleep(1_000);
        proxy.silence('open');
      }
    })();
    setTimeout(() => {
      over = true;
    }, 10_000);
    const retries = await load([url], 10);
    await silencing;
    console.log(`${24 * 12} jobs with all connections silenced ten times; ${retries} tries again.`);
  });

  it('with 4 connections for 60 requests, each job that was answered completes', async () => {
    const url = new URL(await postgresDatabase());
    const database = await client(url.href);
    const role = `four_${randomUUID().replaceAll('-', '')}`;
    await database.query(`create role ${role} login connection limit 4; grant all on schema public to ${role}`);
    onTestFinished(async () => {
      const owner = await client(url.href);
      await owner.query(`drop owned by ${role} cascade; drop role ${role}`).catch(() => {});
    });
    url.username = role;
    const server = await testServer({ database: url.href, secretsKey, lease: LEASE });
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        fetch(`${server.url}/backend`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ appId: `e${index}`, appName: 'shop', backendEnvironmentName: 'staging' }),
        }),
      ),
    );
    const answered = answers.filter(({ status }) => status === 200).length;
    const begin = performance.now();
    const running = async () => (await jobsOf(database)).filter(({ status }) => status === 'RUNNING').length;
    while ((await running()) > 0) await sleep(50);
    const jobs = await jobsOf(database);
    expect(jobs.map(({ status }) => status)).toEqual(jobs.map(() => 'COMPLETED'));
    expect(jobs.length).toBeGreaterThanOrEqual(answered);
    expect(answered).toBeGreaterThan(0);
    console.log(
      `${answered} of 60 answered with 4 connections; all ended ${seconds([performance.now() - begin])} s later.`,
    );
    expect(performance.now() - begin).toBeLessThan(PROMISED);
  });

  it('behind a pooler that gives each transaction another connection, each update completes exactly once', async () => {
    const url = await postgresPooler(await postgresDatabase(), 6);
    const servers = await Promise.all([1, 2].map(() => testServer({ database: url, secretsKey, lease: LEASE })));
    await load(
      servers.map((server) => server.url),
      3,
    );
  });

  it.each(['statement_timeout', 'idle_in_transaction_session_timeout', 'idle_session_timeout'])(
    'where the database has a %s of a few ms, no job fails, and all of them end once it has not',
    async (setting) => {
      const url = await postgresDatabase();
      const database = await client(url);
      const patient = new PatientClient([(await testServer({ database: url, secretsKey, lease: LEASE })).url]);
      await updateAndCheck(patient, APP, 1);
      const name = new URL(url).pathname.slice(1);
      const set = async (value: string) => {
        await database.query(`alter database ${name} set ${setting} = '${value}'`);
        await terminateOthers(database);
      };
      await set('3ms');
      const updates = Array.from({ length: 24 }, (_, index) => updateAndCheck(patient, `t${index}`, 3));
      await sleep(6_000);
      await set('0');
      await Promise.all(updates);
      expect((await jobsOf(database)).filter(({ status }) => status !== 'COMPLETED')).toEqual([]);
    },
  );

  it.each([
    [
      'can only be read',
      "alter database NAME set default_transaction_read_only = 'on'",
      'alter database NAME reset all',
    ],
    ['lets nobody in', 'alter database NAME allow_connections false', 'alter database NAME allow_connections true'],
    [
      'has lost a table, as while a backup is put back',
      'alter table auth_resource rename to gone',
      'alter table gone rename to auth_resource',
    ],
  ])('while the database %s no job fails, and all of them end afterwards', async (_, begin, end) => {
    const url = await postgresDatabase();
    const database = await client(url);
    const patient = new PatientClient([(await testServer({ database: url, secretsKey, lease: LEASE })).url]);
    await updateAndCheck(patient, APP, 1);
    const name = new URL(url).pathname.slice(1);
    // Another database's connection: nobody is let into this one.
    const owner = await client(new URL('/postgres', url).href);
    const updates = Array.from({ length: 24 }, (_, index) => updateAndCheck(patient, `t${index}`, 5));
    for (let round = 0; round < 3; round++) {
      await sleep(300);
      await (begin.includes('database') ? owner : database).query(begin.replace('NAME', name));
      await terminateOthers(database);
      await sleep(700);
      // The session that is set back is one that could write from its start.
      await (end.includes('database') ? owner : database).query(end.replace('NAME', name));
    }
    await Promise.all(updates);
    expect((await jobsOf(database)).filter(({ status }) => status !== 'COMPLETED')).toEqual([]);
  });

  it.each(['read committed', 'repeatable read', 'serializable'])(
    'where %s is the default of the database, each update completes exactly once',
    async (level) => {
      const url = await postgresDatabase();
      const database = await client(url);
      const name = new URL(url).pathname.slice(1);
      await database.query(`alter database ${name} set default_transaction_isolation = '${level}'`);
      const servers = await Promise.all([1, 2].map(() => testServer({ database: url, secretsKey, lease: LEASE })));
      const retries = await load(
        servers.map((server) => server.url),
        10,
      );
      console.log(`${24 * 12} jobs with ${level}; ${retries} tries again.`);
    },
  );
});

it.skipIf(!hasPostgres)('60 pairs of equal tries on two instances, one of them slow, make 60 jobs', async () => {
  const url = await postgresDatabase();
  const database = await client(url);
  const proxy = await postgresProxy(url);
  const near = await testServer({ database: url, secretsKey });
  const far = await testServer({ database: proxy.url, secretsKey });
  const places = await Promise.all(Array.from({ length: 60 }, () => withAuth(near.url)));
  // Once for each statement on its way there, and once on its way back.
  proxy.onMessage = ({ type }) => (type === 'S' || type === 'Z' ? 10 : 'pass');
  let pairs = 0;
  for (const { appId, auth } of places) {
    const headers = { 'content-type': 'application/json', 'amz-sdk-invocation-id': randomUUID() };
    const body = JSON.stringify(update({ passwordPolicy: { minimumLength: 12 } }));
    const tries = [auth, auth.replace(near.url, far.url)].map((to) => fetch(to, { method: 'POST', headers, body }));
    const answers = await Promise.all(tries);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const [one, other] = (await Promise.all(answers.map((answer) => answer.json()))) as { jobId: string }[];
    expect(one?.jobId).toBe(other?.jobId);
    const { rows } = await database.query("select 1 from job where app_id = $1 and operation = 'UpdateBackendAuth'", [
      appId,
    ]);
    expect(rows).toHaveLength(1);
    pairs += 1;
  }
  console.log(`${pairs} of 60 pairs made one job.`);
});
