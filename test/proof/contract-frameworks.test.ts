import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runContract } from '../../pipeline/contract/run.ts';
import { freePort } from '../helpers/freePort.ts';
import { run } from '../helpers/process.ts';

const folder = new URL('./frameworks/', import.meta.url);
const isInstalled = existsSync(new URL('node_modules', folder));
if (!isInstalled) console.log('Fastify and Hono are not installed: npm ci --prefix test/proof/frameworks');

describe.skipIf(!isInstalled && process.env.CI !== 'true')('the contract suite', () => {
  it.each(['fastify', 'hono'])(
    'finds nothing in a correct server of %s, with the document of its plugin',
    async (name) => {
      const port = await freePort();
      const url = `http://127.0.0.1:${port}`;
      run(process.execPath, [`test/proof/frameworks/${name}.mjs`, String(port)]);
      await expect
        .poll(
          () =>
            fetch(`${url}/openapi.json`).then(
              ({ status }) => status,
              () => 0,
            ),
          { timeout: 20_000 },
        )
        .toBe(200);
      const spec = await (await fetch(`${url}/openapi.json`)).json();
      for (const seed of [1, 2, 3]) {
        const report = await runContract({ url, spec, seed });
        expect(report.violations.map(({ operation, title, message }) => `${operation} ${title}: ${message}`)).toEqual(
          [],
        );
        expect(report.coverage.accepted.missing).toEqual([]);
      }
    },
  );
});
