import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createApp } from '../../pipeline/express/index.ts';
import { temporaryFolder } from '../helpers/folder.ts';

const missing = 'The pages are not built: `npm run pages` builds them.';

/** The address of pages in a folder, which holds a secret beside it. */
async function served(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = join(temporaryFolder(), 'dist');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, '../secret.txt'), 'secret');
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const app = createApp({
    document: { openapi: '3.1.0', info: { title: 'None', version: '1' }, paths: {} },
    handlers: {},
    staticPages: { at: '/console', folder: pathToFileURL(`${folder}/`), missing },
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  onTestFinished(async () => void server.close());
  await new Promise((resolve) => server.on('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/console`;
}

const built = {
  'index.html': '<!doctype html><title>Console</title>',
  'assets/index-a1b2.js': '1;',
  'assets/index-a1b2.css': 'a{}',
  'assets/icon-a1b2.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  '.made-of': 'mark',
};

describe('the console, over HTTP,', () => {
  it('is a page that may load its own files, and nothing inline', async () => {
    const answer = await fetch(`${await served(built)}/`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(built['index.html']);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;connect-src 'self';" +
        "font-src 'self';base-uri 'none';form-action 'none';frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': 'no-cache',
    });
  });

  it.each([
    ['index-a1b2.js', 'text/javascript; charset=utf-8'],
    ['index-a1b2.css', 'text/css; charset=utf-8'],
    ['icon-a1b2.svg', 'image/svg+xml'],
  ])('has files with a hash in their names, which need not be asked for twice: %s', async (name, type) => {
    const answer = await fetch(`${await served(built)}/assets/${name}`, { method: 'HEAD' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(type);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('is found without the slash too', async () => {
    const url = await served(built);
    const answer = await fetch(url, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([308, '/console/']);
    expect((await fetch(url)).status).toBe(200);
  });

  it('takes no other method', async () => {
    const answer = await fetch(`${await served(built)}/`, { method: 'POST', body: 'x' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%2f..%2f..%2fsecret.txt',
    '/..%5csecret.txt',
    '//etc/passwd',
    '/%00',
    '/%ff',
    '/.made-of',
    '/assets',
    '/assets/',
    '/nothing.js',
  ])('gives nothing but its own files: %s', async (path) => {
    const { status, body } = await get((await served(built)) + path);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(JSON.parse(body)).toHaveProperty('detail');
    expect(body).not.toMatch(/"secret"|root:|mark"/);
  });

  it('says what to do where it is not built', async () => {
    const answer = await fetch(`${await served({})}/`);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ detail: missing });
  });
});

/** Sends the path as it is; `fetch` would resolve the dots first. */
function get(url: string): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path: url.slice(url.indexOf('/console')) }, async (answer) => {
      let body = '';
      for await (const chunk of answer.setEncoding('utf8')) body += chunk;
      resolve({ status: answer.statusCode ?? 0, body });
    })
      .on('error', reject)
      .end();
  });
}
