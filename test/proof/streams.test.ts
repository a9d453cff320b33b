import { fork } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';

const MEBIBYTE = 1024 * 1024;

/** A server in a process of its own, whose memory can be asked for. */
async function serving() {
  const child = fork(new URL('../helpers/streaming-server.ts', import.meta.url), { execArgv: ['--expose-gc'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  const memory = async (): Promise<number> => {
    child.send('memory');
    const [{ rss }] = (await once(child, 'message')) as [{ rss: number }];
    return rss / MEBIBYTE;
  };
  return { port, memory };
}

it('a file of 200 MB goes through a multipart body in constant memory', async () => {
  const { port, memory } = await serving();
  const chunk = Buffer.alloc(MEBIBYTE, 7);
  const upload = async (mebibytes: number): Promise<unknown> => {
    const headers = { 'content-type': 'multipart/form-data; boundary=b' };
    const sending = request({ port, method: 'POST', path: '/files', headers });
    const answered = once(sending, 'response');
    sending.write('--b\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n');
    for (let sent = 0; sent < mebibytes; sent++) if (!sending.write(chunk)) await once(sending, 'drain');
    sending.end('\r\n--b\r\nContent-Disposition: form-data; name="title"\r\n\r\nlast\r\n--b--\r\n');
    const [response] = await answered;
    let text = '';
    for await (const part of response) text += part;
    return JSON.parse(text);
  };
  await upload(20);
  const before = await memory();
  expect(await upload(200)).toEqual({ title: 'last', size: 200 * MEBIBYTE, read: 200 * MEBIBYTE });
  const after = await memory();
  console.log(`200 MB upload: ${before.toFixed(0)} MiB before, ${after.toFixed(0)} MiB after`);
  expect(after - before).toBeLessThan(80);
});

it('10,000 events go to a slow reader in constant memory, and no faster than it reads', async () => {
  const { port, memory } = await serving();
  const sending = request({ port, path: '/events' }).end();
  const [response] = await once(sending, 'response');
  response.pause();
  await sleep(1000);
  const before = await memory();
  let text = '';
  let events = 0;
  let most = before;
  for await (const part of response.setEncoding('utf8')) {
    text += part;
    const ends = text.split('\n\n');
    text = ends.pop() ?? '';
    events += ends.length;
    if (events % 500 < ends.length) {
      await sleep(10);
      most = Math.max(most, await memory());
    }
  }
  console.log(`10,000 events of 4 kB: ${before.toFixed(0)} MiB at first, ${most.toFixed(0)} MiB at most`);
  expect(events).toBe(10_000);
  expect(most - before).toBeLessThan(30);
});
