import { describe, expect, it } from 'vitest';
import { hasPostgres, postgresDatabase } from '../helpers/postgres.ts';
import { postgresProxy } from '../helpers/postgresProxy.ts';
import { ready, server } from '../helpers/process.ts';
import { ended, readiness, send, testServer, update, withAuth, withEnvironment } from '../helpers/server.ts';

const secretsKey = 'the same key for every instance of a test';

describe.skipIf(!hasPostgres)('on PostgreSQL', () => {
  it('requests get the documented 504 at once while the database is away, and work again when it is back', async () => {
    const link = await postgresProxy(await postgresDatabase());
    const { url, logged } = await testServer({ database: link.url, secretsKey });
    const place = await withAuth(url);
    const { body: metrics } = await send(`${url}/metrics`, undefined, { method: 'GET' });
    expect(metrics).toMatch(/^database_connections\{state="total"\} [1-9]/m);
    expect(await readiness(url)).toBe(200);

    link.cut();
    const away = await send(place.auth, update({}));
    expect([away.status, away.headers.get('x-amzn-errortype')]).toEqual([504, 'GatewayTimeoutException']);
    expect(JSON.stringify(away.body)).not.toMatch(/ECONN|postgres|connect/i);
    expect(await readiness(url)).toBe(503);
    // The worker asks again after pauses that grow: 250 ms, 500 ms, …
    const failed = () =>
      logged.filter((line) => line.includes('looking for jobs failed')).map((line) => JSON.parse(line));
    await expect.poll(() => failed().length, { timeout: 10_000 }).toBeGreaterThanOrEqual(3);
    const [first, second, third] = failed().map(({ time }) => time);
    expect([second - first >= 240, third - second >= 490]).toEqual([true, true]);

    link.mend();
    await expect.poll(() => readiness(url), { timeout: 5_000 }).toBe(200);
    const answer = await send(place.auth, update({ passwordPolicy: { minimumLength: 12 } }));
    expect((await ended(url, answer)).status).toBe('COMPLETED');
  });

  it.each(['cut', 'silence'] as const)(
    'SIGTERM ends the process with 0 while the database is away (%s)',
    async (how) => {
      const proxy = await postgresProxy(await postgresDatabase());
      const args = ['--port', '0', '--database', proxy.url, '--drain-timeout', '3000', '--log-level', 'silent'];
      const process = server(args, { SECRETS_KEY: secretsKey });
      const url = await ready(process);
      await withEnvironment(url);
      if (how === 'cut') proxy.cut();
      else proxy.silence('all');
      const answer = send(`${url}/backend`, { appId: 'd1', appName: 'shop', backendEnvironmentName: 'staging' }).catch(
        () => undefined,
      );
      process.child.kill('SIGTERM');
      expect(await process.ended).toBe(0);
      await answer;
      expect(process.output().stderr).toBe('');
    },
  );
});
