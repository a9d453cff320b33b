import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createClient as createAdmin } from '../../client/admin.ts';
import { openStore } from '../../server/store/store.ts';
import { temporaryFolder } from '../helpers/folder.ts';
import { silent } from '../helpers/log.ts';
import { measuredServer } from '../helpers/measuredServer.ts';
import { authConfig, readConfig, send, update, withAuth } from '../helpers/server.ts';

const MEBIBYTE = 1024 * 1024;

// The validator keeps what it compiles under the whole header: 2,000 spellings once took 300 MB.
it('2,000 requests with distinct Content-Type parameters leave memory flat', async () => {
  const { url, usage } = await measuredServer();
  const body = { backendEnvironmentName: 'staging', resourceName: 'auth', resourceConfig: authConfig };
  const load = (from: number, to: number) =>
    Promise.all(
      Array.from({ length: 8 }, async (_, lane) => {
        for (let count = from + lane; count < to; count += 8) {
          const headers = { 'content-type': `application/json; x${count}=${count}` };
          const answer = await send(`${url}/backend/d1/auth`, body, { headers });
          expect(answer.status).toBe(404); // valid, and the app does not exist
        }
      }),
    );
  await load(0, 500); // what is compiled once, and the heap as wide as this load makes it
  const before = await usage();
  await load(500, 2500);
  const after = await usage();
  expect((after.used - before.used) / MEBIBYTE).toBeLessThan(20);
  expect((after.rss - before.rss) / MEBIBYTE).toBeLessThan(20);
});

// One such request once took 3.1 s of CPU and 1.1 GB: a sentence was made of each fault.
it('a body of 1 MB of wrong values is refused in a few sentences, for little', async () => {
  const { url, usage } = await measuredServer();
  const wrong = (oAuthScopes: unknown[]) =>
    send(
      `${url}/backend/d1/auth/staging`,
      update({ oAuth: { oAuthGrantType: 'CODE', oAuthScopes, redirectSignInURIs: [], redirectSignOutURIs: [] } }),
    );
  await wrong([1]); // compiles its validator
  const before = await usage();
  for (const value of [1, 'A', {}, null]) {
    const text = JSON.stringify(value);
    const answer = await wrong(Array.from({ length: Math.floor(1_000_000 / (text.length + 1)) }, () => value));
    expect(answer.status).toBe(400);
    expect(answer.body.message.length).toBeLessThan(10_000);
  }
  const after = await usage();
  console.log(
    `4 bodies of 1 MB: ${((after.cpu - before.cpu) / 4).toFixed(0)} ms of CPU each, ` +
      `at most ${((after.peak - before.rss) / MEBIBYTE).toFixed(0)} MiB more.`,
  );
  expect((after.peak - before.rss) / MEBIBYTE).toBeLessThan(150);
});

// Six such bodies were once held in memory, +320 MB, before the key was looked up.
it('bodies of /admin from an unknown key are not taken in', async () => {
  const { url, usage } = await measuredServer({
    credentials: '[one]\naws_access_key_id = AKIDKNOWN\naws_secret_access_key = known',
  });
  const before = await usage();
  const answers = await Promise.all(Array.from({ length: 6 }, () => pour(url, 64 * MEBIBYTE)));
  for (const answer of answers) expect(answer).toMatch(/^HTTP\/1\.1 403 /);
  const after = await usage();
  console.log(`6 bodies of 64 MiB: at most ${((after.peak - before.rss) / MEBIBYTE).toFixed(0)} MiB more.`);
  expect((after.peak - before.rss) / MEBIBYTE).toBeLessThan(64);
});

// Listing them all for one answer, and deleting them in one go, once held everyone else up for 44 s.
it('an app of 50,000 environments is listed and removed while others are served', async () => {
  const database = join(temporaryFolder(), 'backend.db');
  const store = await openStore(database, silent);
  const names = Array.from({ length: 50_000 }, (_, index) => `env${String(index).padStart(5, '0')}`);
  await store.write((db) =>
    db.insertInto('app').values({ app_id: 'many', app_name: 'shop', create_time: 1 }).execute(),
  );
  for (let start = 0; start < names.length; start += 1_000) {
    const rows = names.slice(start, start + 1_000).map((name) => ({ app_id: 'many', name, create_time: start }));
    await store.write((db) => db.insertInto('backend_environment').values(rows).execute());
  }
  await store.close();

  const { url, usage } = await measuredServer({ database });
  const details = (body: object) => send(`${url}/backend/many/details`, body);
  const other = await withAuth(url);
  await details({ backendEnvironmentName: names[7] }); // compiles its validator
  await usage();
  const one = await details({ backendEnvironmentName: names[7] });
  expect(one.body.backendEnvironmentName).toBe(names[7]);
  const reading = await usage();
  expect((await details({})).body.backendEnvironmentList).toEqual(names);
  const listing = await usage();

  const started = await send(`${url}/backend/many/remove`, { cleanAmplifyApp: true });
  const at = `${url}/backend/many/job/${names[0]}/${started.body.jobId}`;
  let served = 0;
  while ((await send(at, undefined, { method: 'GET' })).body.status === 'RUNNING') {
    await readConfig(other);
    served += 1;
  }
  expect(served).toBeGreaterThan(10);
  const removing = await usage();
  expect((await details({})).status).toBe(404);
  const held = [reading, listing, removing].map(({ longestDelay }) => longestDelay.toFixed(0)).join(' · ');
  console.log(`The loop was held for at most ${held} ms by reading one, listing all, removing all; ${served} served.`);
});

// As one value each, they held everyone else up for 16 s and took 335 MiB.
it('a state of 50,000 environments is exported and imported while others are served', async () => {
  const database = join(temporaryFolder(), 'backend.db');
  await withEnvironments(database, 50_000);
  const { url, usage } = await measuredServer({ database });
  const admin = createAdmin({ baseUrl: url, retry: { attempts: 1 } });
  const other = await withAuth(url);
  const passphrase = 'correct horse battery staple';
  await (await admin.exportState({ secrets: 'OMIT' }, { as: 'stream' })).cancel(); // compiles its validator
  const figures: string[] = [];
  const measure = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const before = await usage();
    const start = performance.now();
    let [isOver, served] = [false, 0];
    const reading = (async () => {
      while (!isOver) served += Number((await readConfig(other)) !== undefined);
    })();
    const value = await work();
    isOver = true;
    await reading;
    const after = await usage();
    figures.push(
      `${what}: ${((performance.now() - start) / 1000).toFixed(1)} s, ${((after.cpu - before.cpu) / 1000).toFixed(1)} s of CPU, ` +
        `loop held for at most ${after.longestDelay.toFixed(0)} ms, ` +
        `at most ${((after.peak - before.rss) / MEBIBYTE).toFixed(0)} MiB more, ${served} served`,
    );
    return value;
  };
  const text = await measure('export', () => admin.exportState({ secrets: 'ENCRYPT', passphrase }, { as: 'text' }));
  const body = `{"passphrase":${JSON.stringify(passphrase)},"state":${text}}`;
  const headers = { 'content-type': 'application/json' };
  const summary = await measure('import', async () => {
    const answer = await fetch(`${url}/admin/state/import`, { method: 'POST', headers, body });
    return answer.json();
  });
  expect(summary).toEqual({ apps: 2, environments: 50_001, authResources: 50_001, jobs: 50_002 });
  console.log(`A state of ${(text.length / MEBIBYTE).toFixed(0)} MiB. ${figures.join('; ')}.`);
});

/** Fills the file of a database with environments of one app, each with a user pool and a job. */
async function withEnvironments(database: string, count: number): Promise<void> {
  const store = await openStore(database, silent);
  const names = Array.from({ length: count }, (_, index) => `env${String(index).padStart(5, '0')}`);
  const config = JSON.stringify(authConfig);
  await store.write((db) =>
    db.insertInto('app').values({ app_id: 'many', app_name: 'shop', create_time: 1 }).execute(),
  );
  for (let start = 0; start < names.length; start += 1_000) {
    const some = names.slice(start, start + 1_000);
    const environments = some.map((name) => ({ app_id: 'many', name, create_time: start }));
    const auths = some.map((environment) => ({
      app_id: 'many',
      environment,
      resource_name: 'auth',
      config,
      resources: `{"userPoolId":"us-east-1_${environment}"}`,
      update_time: start,
    }));
    const jobs = some.map((environment) => ({
      id: `job-${environment}`,
      app_id: 'many',
      environment,
      operation: 'CreateBackendAuth',
      status: 'COMPLETED' as const,
      create_time: start,
      update_time: start,
      work: '[]',
      outside: 1,
      run_time: start,
      leases_lost: 0,
    }));
    await store.write(async (db) => {
      await db.insertInto('backend_environment').values(environments).execute();
      await db.insertInto('auth_resource').values(auths).execute();
      await db
        .insertInto('job')
        .values(jobs as never)
        .execute();
    });
  }
  await store.close();
}

/** Sends a body to /admin for as long as the server takes it, signed with a key that the server does not know. */
function pour(url: string, bytes: number): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const { hostname, port, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  const chunk = Buffer.alloc(MEBIBYTE, 0x20);
  let answer = '';
  socket.on('data', (data) => {
    answer += data;
    socket.destroy();
  });
  socket.on('error', () => {}); // The server closes while more is on its way.
  socket.on('close', () => resolve(answer));
  const scope = 'AKIDUNKNOWN/20261129/us-east-1/amplifybackend/aws4_request';
  socket.write(
    [
      'POST /admin/state/import HTTP/1.1',
      `Host: ${host}`,
      'Content-Type: application/json',
      `Content-Length: ${bytes}`,
      `X-Amz-Date: 20261129T000000Z`,
      `Authorization: AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`,
      '',
      '',
    ].join('\r\n'),
  );
  let sent = 0;
  const more = () => {
    while (!socket.destroyed && sent < bytes) {
      sent += chunk.length;
      if (!socket.write(chunk)) return void socket.once('drain', more);
    }
  };
  more();
  return promise;
}
