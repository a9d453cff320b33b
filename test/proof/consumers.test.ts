import { execFile } from 'node:child_process';
import { readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accounts } from '../helpers/accounts.ts';
import { consumers } from '../helpers/consumers.ts';
import { Workshop } from '../helpers/workshop.ts';

const execute = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const fixtures = join(root, 'test/fixtures/documents');
const shop = new Workshop();

/** The compiler's output. A compiler that prints anything exits with an error. */
const run = async (args: readonly string[], cwd: string): Promise<string> => {
  const { stdout } = await execute(process.execPath, args, { cwd }).catch((error: { stdout: string }) => error);
  return stdout;
};

/** Code that must compile, and code that must not. */
const useOf = (int64: string, example: string) => `
import { type Client, isError } from './index.js';
export async function use(client: Client): Promise<[${int64}, Date | undefined, Date | null | undefined, (string | undefined)?]> {
  const since = new Date();
  // @ts-expect-error a number is not exact
  await client.putAccount({ id: 7, body: { id: ${example} } });
  // @ts-expect-error a text is no Date
  await client.putAccount({ id: ${example}, since: '2024-02-29T12:30:00Z', body: { id: ${example} } });
  try {
    const { id, opened, closed, day } = await client.putAccount({ id: ${example}, since, body: { id: ${example}, limit: null } });
    const { headers } = await client.putAccount.withResponse({ id: ${example}, body: { id: ${example} } });
    const left: ${int64} | undefined = headers['X-Left'];
    for await (const { data } of await client.watch()) if (data.children?.[0]?.id === left) break;
    return [id, opened, closed, day];
  } catch (error) {
    if (!isError(error, 'putAccount', 404)) throw error;
    return [error.body.code ?? ${example}, error.body.at, null];
  }
}
`;

beforeAll(async () => {
  // The package as it is installed: declarations, and no source.
  const core = join(shop.root, 'consumer/node_modules/openapi-strict-fetch');
  const emit = '--noEmit false --emitDeclarationOnly --declaration --rewriteRelativeImportExtensions --skipLibCheck';
  const options = `${emit} --allowImportingTsExtensions false --target es2024 --module nodenext --strict --types node`;
  const entry = join(root, 'pipeline/fetch/index.ts');
  const tsc = join(consumers, 'node_modules/typescript/lib/tsc.js');
  expect(await run([tsc, ...options.split(' '), '--outDir', core, entry], root)).toBe('');
  shop.write(
    'consumer/node_modules/openapi-strict-fetch/package.json',
    '{ "name": "openapi-strict-fetch", "type": "module", "exports": { ".": { "types": "./fetch/index.d.ts" } } }',
  );
  for (const name of ['openapi-fetch', 'openapi-typescript-helpers']) {
    symlinkSync(join(root, 'node_modules', name), join(shop.root, 'consumer/node_modules', name));
  }
  shop.write('consumer/package.json', '{ "type": "module" }');
  for (const file of readdirSync(fixtures).filter((name) => /\.(ya?ml|json)$/.test(name))) {
    const { code } = await shop.gen(join(fixtures, file), `consumer/${file.replace(/\.\w+$/, '')}`, { lenient: true });
    expect([file, code]).toEqual([file, 0]);
  }
  const spec = shop.write('accounts.json', JSON.stringify(accounts));
  for (const [int64, example] of [
    ['bigint', '7n'],
    ['string', "'7'"],
  ]) {
    const { code } = await shop.gen(spec, `consumer/${int64}`, { clientOptions: { int64, dates: 'Date' } });
    expect([int64, code]).toEqual([int64, 0]);
    shop.write(`consumer/${int64}/client/use.ts`, useOf(`${int64}`, `${example}`));
  }
});
afterAll(() => shop[Symbol.dispose]());

describe.each(['typescript', 'typescript-6', 'typescript-7'])('%s', (compiler) => {
  test.each([
    ['nodenext', { module: 'nodenext' }],
    ['bundler', { module: 'esnext', moduleResolution: 'bundler' }],
  ])('takes generated clients in a default project of module %s', async (_, modules) => {
    const strict = { strict: true, exactOptionalPropertyTypes: true, verbatimModuleSyntax: true, noEmit: true };
    const compilerOptions = {
      target: 'es2024',
      lib: ['es2024', 'dom', 'dom.iterable'],
      types: [],
      ...strict,
      ...modules,
    };
    shop.write('consumer/tsconfig.json', JSON.stringify({ compilerOptions, include: ['*/client/*.ts'] }));
    const file = compiler === 'typescript-7' ? 'bin/tsc' : 'lib/tsc.js';
    const tsc = join(consumers, 'node_modules', compiler, file);
    expect(await run([tsc, '-p', '.'], join(shop.root, 'consumer'))).toBe('');
  });
});
