import { fork } from 'node:child_process';
import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import { authConfig, send } from '../helpers/server.ts';

const MEBIBYTE = 1024 * 1024;

// The validator keeps what it compiles under the whole header: 2,000 spellings once took 300 MB.
it('2,000 requests with distinct Content-Type parameters leave memory flat', async () => {
  const child = fork(new URL('../helpers/measured-server.ts', import.meta.url), { execArgv: ['--expose-gc'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [{ url }] = await once(child, 'message');
  const memory = async (): Promise<{ rss: number; used: number }> => {
    child.send('memory');
    const [usage] = await once(child, 'message');
    return usage;
  };
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
  const before = await memory();
  await load(500, 2500);
  const after = await memory();
  expect((after.used - before.used) / MEBIBYTE).toBeLessThan(20);
  expect((after.rss - before.rss) / MEBIBYTE).toBeLessThan(20);
});
