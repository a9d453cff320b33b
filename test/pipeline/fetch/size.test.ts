import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');
// Within the repository, where the packages' links are.
const folder = mkdtempSync(join(root, 'node_modules/.size-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Minified and compressed, in bytes; and the code itself. */
async function sizeOf(code: string): Promise<{ size: number; code: string }> {
  const file = join(folder, `${Math.random()}.ts`);
  writeFileSync(file, code);
  // The bundler of the build.
  const { rolldown } = await import(createRequire(join(root, 'node_modules/tsdown/package.json')).resolve('rolldown'));
  const bundle = await rolldown({ input: file, platform: 'browser' });
  const { output } = await bundle.generate({ format: 'esm', minify: true });
  expect(output).toHaveLength(1);
  return { size: gzipSync(output[0].code, { level: 9 }).length, code: output[0].code };
}

const operation = (uses: string, fields: string, call = 'getThing({ id: 1 })') => `
import { createApiClient, ApiException${uses && `, ${uses}`} } from 'openapi-strict-fetch';
class NotFoundError extends ApiException { static readonly name = 'NotFoundError' }
const GetThing = { method: 'GET', path: '/things/{id}', errors: { 404: NotFoundError }, ${fields} };
const client = createApiClient({ GetThing }, { baseUrl: location.origin });
globalThis.run = async () => {
  try { return await client.${call} } catch (error) { return error instanceof NotFoundError }
};`;

describe('the client, minified and compressed,', () => {
  test('is 4.0 kB with one operation, retries and typed errors', async () => {
    const { size, code } = await sizeOf(operation('', ''));
    expect(size).toBeLessThanOrEqual(4000);
    // Only where they are used.
    for (const feature of ['Content-Disposition', 'Last-Event-ID', 'rel=', 'Bearer'])
      expect(code).not.toContain(feature);
  });

  test.each([
    ['pages', 'byToken', "pages: byToken('things', 'next', 'next')"],
    ['uploads', 'multipart', "body: 'members', write: multipart()"],
    ['streams', 'jsonEvents', 'read: jsonEvents'],
  ])('is 0.6 kB more with %s', async (_, uses, fields) => {
    const base = await sizeOf(operation('', ''));
    const { size } = await sizeOf(operation(uses, fields));
    expect(size - base.size).toBeGreaterThan(0);
    expect(size - base.size).toBeLessThanOrEqual(600);
  });

  test('is 1.2 kB more with exact integers and dates', async () => {
    const thing = `values.members({ id: values.int64, at: values.date, of: values.items(values.int64Text) })`;
    const fields = `body: 'members', write: values.sending(${thing}, values.exactJson), convert: values.answers({ 200: values.every(${thing}, values.where(['id'], {}, ${thing})) })`;
    const base = await sizeOf(operation('', ''));
    const { size } = await sizeOf(operation('values', fields));
    expect(size - base.size).toBeLessThanOrEqual(1200);
    expect(size - base.size).toBeGreaterThan(0);
  });

  test("is 6.5 kB with all of this API's operations, signing, retries and the waiter", async () => {
    const { size } = await sizeOf(`
import { createClient } from '${root}/client/sigv4.ts';
import { waitForJob } from '${root}/client/index.ts';
const client = createClient({ baseUrl: location.origin, region: 'eu-west-1', credentials: () => globalThis.key });
globalThis.update = async (input, options) => waitForJob(client, await client.updateBackendAuth(input), options);`);
    expect(size).toBeLessThanOrEqual(6500);
  });

  test("has one of this API's operations without the others", async () => {
    const { size, code } = await sizeOf(`
import { createApiClient } from 'openapi-strict-fetch';
import { GetBackendJob, NotFoundException } from '${root}/client/api.ts';
const client = createApiClient({ GetBackendJob }, { baseUrl: location.origin });
globalThis.run = () => client.getBackendJob({}).catch((error) => error instanceof NotFoundException);`);
    expect(code).not.toContain('/auth');
    expect(size).toBeLessThanOrEqual(4000);
  });
});
