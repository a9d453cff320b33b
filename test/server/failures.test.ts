import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../helpers/folder.ts';
import { ready, run, server } from '../helpers/process.ts';
import { applying, untilStopped } from '../helpers/provisioner.ts';
import { ended, readConfig, send, testServer, update, withAuth } from '../helpers/server.ts';

// The titles are the sentences of docs/failures.md.

const createBackend = { appId: 'd1', appName: 'shop', backendEnvironmentName: 'staging' };

describe('a client that is slow', () => {
  it.each([
    ['headers', 'POST /backend HTTP/1.1\r\nHost: localhost\r\n'],
    [
      'body',
      'POST /backend HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{',
    ],
  ])('is cut off when its %s take longer than they may', async (_part, bytes) => {
    const { url } = await testServer({ receiveTimeout: 200 });
    const { hostname, port } = new URL(url);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => socket.write(bytes));
      let text = '';
      socket.on('data', (data) => {
        text += String(data);
      });
      socket.on('error', reject);
      socket.on('close', () => resolve(text));
    });
    expect(answer).toContain('408 Request Timeout');
  });
});

describe('on SIGTERM', () => {
  it('SIGTERM lets the requests and jobs that are at work end, and then ends the process with exit code 0', async () => {
    const database = join(temporaryFolder(), 'backend.db');
    const args = ['--port', '0', '--database', database, '--log-level', 'info'];
    const started = server(args);
    const url = await ready(started);
    const answers = Array.from({ length: 20 }, (_, index) =>
      send(`${url}/backend`, { ...createBackend, appId: `d${index}` }).catch(() => undefined),
    );
    await answers[0];
    started.child.kill('SIGTERM');
    const answered = (await Promise.all(answers)).filter((answer) => answer !== undefined);
    expect(await started.ended).toBe(0);

    const again = await testServer({ database });
    for (const answer of answered) expect((await ended(again.url, answer)).status).toBe('COMPLETED');
  });

  it('a job that does not end within the drain timeout is told to stop, and runs again at the next start', async () => {
    const database = join(temporaryFolder(), 'backend.db');
    let hangs = false;
    let told = 0;
    const provisioner = applying(async (_target, signal) => {
      if (hangs) await untilStopped(signal, () => told++);
      return { userPoolId: 'us-east-1_abc' };
    });
    const first = await testServer({ database, provisioner });
    const place = await withAuth(first.url);
    hangs = true;
    const started = await send(place.auth, update({ passwordPolicy: { minimumLength: 33 } }));
    await first.stop(50);
    expect(told).toBe(1);
    hangs = false;
    const second = await testServer({ database, provisioner });
    expect((await ended(second.url, started)).status).toBe('COMPLETED');
  });

  it('a job that takes longer than the job timeout fails, and says how long it took', async () => {
    const provisioner = applying((_target, signal) => untilStopped(signal));
    const { url } = await testServer({ provisioner, jobTimeout: 50 });
    const place = await withAuth(url).catch(() => undefined);
    expect(place).toBeDefined();
    const { body } = await send(`${url}/backend/${place?.appId}/job/staging`, { operation: 'CreateBackendAuth' });
    expect(body.jobs).toEqual([
      expect.objectContaining({ status: 'FAILED', error: expect.stringMatching(/^It timed out after \d+ ms\.$/) }),
    ]);
  });
});

describe('on SIGKILL', () => {
  it('an update that was answered is on disk, and is done after the next start, once', async () => {
    const args = ['--port', '0', '--database', join(temporaryFolder(), 'backend.db'), '--log-level', 'silent'];
    const first = server([...args, '--job-time', '500']);
    const url = await ready(first);
    const answer = await send(`${url}/backend`, createBackend);
    first.child.kill('SIGKILL');
    await first.ended;

    const next = await ready(server(args));
    expect((await ended(next, answer)).status).toBe('COMPLETED');
    const { body } = await send(`${next}/backend/d1/job/staging`, {});
    expect(body.jobs).toHaveLength(1);
  });
});

describe('with SQLite', () => {
  it('a SQLite file that another process uses is refused at the start, in one sentence', async () => {
    const args = ['--port', '0', '--database', join(temporaryFolder(), 'backend.db'), '--log-level', 'silent'];
    await ready(server(args));
    const second = server(args);
    expect(await second.ended).toBe(1);
    expect(second.output().stderr.trim()).toMatch(/^The database \S+ is in use by another process\. [^\n]*$/);
  });

  it('while the disk is full a change gets the documented 504 and leaves nothing half written; reads go on', async () => {
    const { url, services, logged } = await testServer({ database: join(temporaryFolder(), 'backend.db') });
    const place = await withAuth(url);
    const before = await readConfig(place);
    const { db } = services.store;
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(db);
    await sql.raw(`pragma max_page_count = ${rows[0]?.page_count}`).execute(db);
    const long = {
      verificationMessage: { deliveryMethod: 'EMAIL', emailSettings: { emailMessage: `{####}${'x'.repeat(19_000)}` } },
    };
    const answer = await send(place.auth, update(long));
    expect([answer.status, answer.body.__type]).toEqual([504, 'GatewayTimeoutException']);
    expect(logged.filter((line) => line.includes("can't grow: the disk is full."))).toHaveLength(1);
    expect(await readConfig(place)).toEqual(before);
    const { body } = await send(`${url}/backend/${place.appId}/job/staging`, {});
    expect(body.jobs).toHaveLength(2);

    await sql`pragma max_page_count = 1000000`.execute(db);
    expect((await ended(url, await send(place.auth, update(long)))).status).toBe('COMPLETED');
  });

  it('a job that is at work while the disk is full goes on once there is room', async () => {
    const { promise: filled, resolve: go } = Promise.withResolvers<void>();
    const large = `arn:${'x'.repeat(100_000)}`;
    const provisioner = applying(async ({ config }) => {
      if (config.userPoolConfigs.passwordPolicy?.minimumLength !== 12) return {};
      await filled;
      return { userPoolArn: large };
    });
    const database = join(temporaryFolder(), 'backend.db');
    const { url, services, logged } = await testServer({ database, provisioner });
    const place = await withAuth(url);
    const started = await send(place.auth, update({ passwordPolicy: { minimumLength: 12 } }));
    const { db } = services.store;
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(db);
    await sql.raw(`pragma max_page_count = ${rows[0]?.page_count}`).execute(db);
    go();
    await expect.poll(() => logged.some((line) => line.includes('the database failed a job'))).toBe(true);
    await sql`pragma max_page_count = 1000000`.execute(db);
    expect(await ended(url, started)).toMatchObject({ status: 'COMPLETED' });
  });

  it.skipIf(process.platform === 'win32')(
    'a database that has no room to start in is refused at the start, in one sentence',
    async () => {
      const database = join(temporaryFolder(), 'backend.db');
      const start = `ulimit -f 20; exec "$0" server/bin.js --port 0 --database "${database}"`;
      const refused = run('bash', ['-c', start, process.execPath], { NODE_DISABLE_COMPILE_CACHE: '1' });
      expect(await refused.ended).toBe(1);
      expect(refused.output().stderr.trim()).toMatch(/^The database \S+ can't (be written\.|grow:) [^\n]*$/);
    },
  );

  it.skipIf(process.platform === 'win32')(
    'a database that cannot be written is refused at the start, in one sentence',
    async () => {
      const database = join(temporaryFolder(), 'backend.db');
      await (await testServer({ database })).stop();
      chmodSync(database, 0o444);
      // Root may write what no one may; without this capability it may not.
      const asRoot = process.getuid?.() === 0 && spawnSync('setpriv', ['--version']).status === 0;
      const drop = ['--inh-caps=-dac_override', '--bounding-set=-dac_override', process.execPath];
      const [command = '', ...before] = asRoot ? ['setpriv', ...drop] : [process.execPath];
      const refused = run(command, [...before, 'server/bin.js', '--port', '0', '--database', database]);
      expect(await refused.ended).toBe(1);
      expect(refused.output().stderr.trim()).toMatch(/^The database \S+ can't be (written|opened)\. [^\n]*$/);
    },
  );
});
