import fc from 'fast-check';
import { expect } from 'vitest';
import { errors } from '../../generated/errors.ts';
import { exchange, type Malformed, malformed } from './malformed.ts';
import { measuredServer } from './measuredServer.ts';
import { authConfig, ended, send } from './server.ts';

const MEBIBYTE = 1024 * 1024;
// Some wait until the server gives up on the rest of a body.
const LANES = 64;
const DOCUMENTED = new Set([200, 405, 501, ...Object.values(errors).map(({ status }) => status)]);

/**
 * Sends `count` malformed requests, and shows that each is answered as documented or by closing the connection, that
 * nothing unexpected happened in the server, that it lives, and that its memory is as it was.
 */
export async function fuzz(count: number, seed: number): Promise<Record<string, number>> {
  const { url, usage, health } = await measuredServer();
  await make(url);
  const statuses: Record<string, number> = {};
  const sample = fc.sample(malformed, { numRuns: Math.min(count, 20_000), seed });
  const run = async (from: number, to: number): Promise<void> => {
    let next = from;
    const lane = async (): Promise<void> => {
      while (next < to) {
        const request = sample[next++ % sample.length] as Malformed;
        const status = check(await exchange(url, request), request, seed);
        statuses[status] = (statuses[status] ?? 0) + 1;
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
  };
  const warm = Math.floor(count * 0.4);
  await run(0, warm);
  const before = await usage();
  await run(warm, count);
  const after = await usage();
  expect(health()).toEqual({ complaints: '', exitCode: null });
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect((after.used - before.used) / MEBIBYTE).toBeLessThan(50);
  expect((after.rss - before.rss) / MEBIBYTE).toBeLessThan(50);
  statuses['heap MiB'] = Math.round((after.used - before.used) / MEBIBYTE);
  statuses['RSS MiB'] = Math.round((after.rss - before.rss) / MEBIBYTE);
  return statuses;
}

/** Something for the requests to be about: what the contract's examples name, under the paths that most of them have. */
async function make(url: string): Promise<void> {
  for (const [appId, environment] of [
    ['d1', 'staging'],
    ['d1', 'd1'],
    ['staging', 'd1'],
    ['staging', 'staging'],
  ] as const) {
    const created = await send(`${url}/backend`, { appId, appName: 'shop', backendEnvironmentName: environment });
    await ended(url, created);
    const auth = { backendEnvironmentName: environment, resourceName: 'shopauth', resourceConfig: authConfig };
    await ended(url, await send(`${url}/backend/${appId}/auth`, auth));
  }
}

function check(answer: string, request: Malformed, seed: number): string {
  const about = () =>
    `seed ${seed}: ${JSON.stringify(request.bytes.toString('latin1').slice(0, 600))} got ${answer.slice(0, 600)}`;
  if (answer === 'HUNG') throw new Error(`No answer, ${about()}`);
  if (answer === '') return 'closed';
  // An interim answer comes before the real one.
  const final = answer.replace(/^(HTTP\/1\.1 100 Continue\r\n\r\n)+/, '');
  if (final === '') return 'closed';
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(final)?.[1]);
  const [head = '', body = ''] = final.split(/\r\n\r\n(.*)/s);
  // Node itself refuses bytes that are not HTTP, before there is a request.
  if (!/x-amzn-requestid/i.test(head)) {
    if ([400, 417, 431].includes(status)) return `${status} not HTTP`;
    throw new Error(`An answer without a request id, ${about()}`);
  }
  // No page sends Origin twice. Such a request is refused as one of another site.
  const repeatsOrigin = (request.bytes.toString('latin1').match(/^Origin: /gm) ?? []).length > 1;
  if (!DOCUMENTED.has(status) && !(status === 403 && repeatsOrigin))
    throw new Error(`An undocumented status, ${about()}`);
  if (status === 504) throw new Error(`Something unexpected happened, ${about()}`);
  if (status !== 200 && body !== '' && !/HEAD /.test(request.bytes.subarray(0, 5).toString())) {
    const type = /x-amzn-errortype: (\S+)/i.exec(head)?.[1];
    const isJson = /content-type: application\/json/i.test(head);
    const parsed = isJson ? JSON.parse(Buffer.from(body, 'latin1').toString()) : {};
    if (parsed.__type !== type || typeof parsed.message !== 'string')
      throw new Error(`An undocumented body, ${about()}`);
  }
  return String(status);
}
