import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { ended, send, testServer, update, withAuth } from '../helpers/server.ts';

const metrics = async (url: string, headers: Record<string, string> = {}) =>
  send(`${url}/metrics`, undefined, { method: 'GET', headers });

describe('/metrics', () => {
  it('tells requests by operation and status, their duration, and jobs by state', async () => {
    const { url } = await testServer();
    const place = await withAuth(url);
    await ended(url, await send(place.auth, update({})));
    await send(place.auth, {});
    await send(`${url}/nothing`, {});
    const { status, body, headers } = await metrics(url);
    expect([status, headers.get('content-type')]).toEqual([200, expect.stringContaining('text/plain')]);
    for (const line of [
      'http_requests_total{operation="UpdateBackendAuth",status="200"} 1',
      'http_requests_total{operation="UpdateBackendAuth",status="400"} 1',
      'http_requests_total{operation="none",status="404"} 1',
      'http_request_duration_seconds_count{operation="UpdateBackendAuth"} 2',
      'jobs_ended_total{status="completed"} 3',
      'jobs{state="running"} 0',
      'job_queue_age_seconds 0',
    ]) {
      expect(body).toContain(line);
    }
    expect(body).toMatch(/nodejs_eventloop_lag_seconds [\d.e-]+/);
  });

  it('counts the jobs that wait, and how long the oldest has', async () => {
    let now = Date.now();
    const { url } = await testServer({ role: 'api', clock: () => now });
    await send(`${url}/backend`, { appId: 'd1', appName: 'shop', backendEnvironmentName: 'staging' });
    now += 5_000;
    const { body } = await metrics(url);
    expect(body).toContain('jobs{state="waiting"} 1');
    expect(body).toContain('job_queue_age_seconds 5');
  });

  const outside = Object.values(networkInterfaces())
    .flat()
    .find((address) => address?.family === 'IPv4' && !address.internal)?.address;

  it.skipIf(outside === undefined)('is refused to another machine, unless it sends the token', async () => {
    const { url } = await testServer({ host: outside ?? '', metricsToken: 'the token' });
    expect((await metrics(url)).status).toBe(403);
    expect((await metrics(url, { authorization: 'Bearer another' })).status).toBe(403);
    expect((await metrics(url, { authorization: 'Bearer the token' })).status).toBe(200);
  });

  it.each<Record<string, string>>([
    { 'x-forwarded-for': '192.0.2.1' },
    { 'x-forwarded-host': 'example.org' },
    { 'x-forwarded': 'for=192.0.2.1' },
    { 'x-real-ip': '192.0.2.1' },
    { forwarded: 'for=192.0.2.1' },
    { via: '1.1 proxy' },
    { host: 'example.org' },
    { host: 'localhost.example.org' },
    { host: '127.0.0.1.example.org' },
  ])('is refused to who comes through a proxy on this machine, unless the token is sent: %o', async (headers) => {
    const { url } = await testServer({ metricsToken: 'the token' });
    expect(await statusOf(url, headers)).toBe(403);
    expect(await statusOf(url, { ...headers, authorization: 'Bearer the token' })).toBe(200);
    const without = await testServer();
    expect(await statusOf(without.url, headers)).toBe(403);
  });

  it.each(['localhost', '127.0.0.1:80', '[::1]:80', 'LOCALHOST:1'])('is for this machine as %s', async (host) => {
    const { url } = await testServer();
    expect(await statusOf(url, { host })).toBe(200);
  });
});

/** By `node:http`, which lets the header Host be set. */
async function statusOf(url: string, headers: Record<string, string>): Promise<number | undefined> {
  const [response] = (await once(get(`${url}/metrics`, { headers }), 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode;
}
