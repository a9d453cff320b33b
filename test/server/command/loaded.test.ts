import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../helpers/folder.ts';
import { type Run, ready, root, run } from '../../helpers/process.ts';
import { update } from '../../helpers/server.ts';

const hook = pathToFileURL(join(root, 'test/helpers/loaded.mjs')).href;

/** The modules that a command has loaded when it ends. `use` gets it while it runs. */
async function loadedBy(args: readonly string[], use?: (started: Run) => Promise<void>): Promise<string[]> {
  const file = join(temporaryFolder(), 'loaded');
  const started = run(process.execPath, ['--import', hook, ...args], { LOADED: file });
  await use?.(started);
  expect(await started.ended).toBe(0);
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((module) => module.replace(pathToFileURL(root).href, ''));
}

const isPart = (module: string): boolean => /^(server|client|pipeline|generated)\//.test(module);
const among = (loaded: readonly string[], wanted: RegExp): string[] => loaded.filter((module) => wanted.test(module));

describe('a command loads what it does, and nothing of the others', () => {
  it.each([
    ['the help of the server', ['server/bin.js', '--help'], 25],
    ['the help of its start', ['server/bin.js', 'serve', '--help'], 15],
    ['the help of a call', ['server/bin.js', 'call', 'UpdateBackendAuth', '--help'], 20],
    ['the help of the pipeline', ['pipeline/command/bin.js', '--help'], 25],
  ] as const)('so %s loads no server, no client and no generator', async (_, args, most) => {
    const loaded = await loadedBy(args);
    expect(
      among(loaded, /node_modules\/(?!commander|fastest-levenshtein)|pipeline\/(express|fetch)|^client\//),
    ).toEqual([]);
    expect(loaded.filter(isPart).length).toBeLessThanOrEqual(most);
  });

  it('so a server loads what renders metrics, what limits, and what reads uploads only for who asks for it', async () => {
    const args = ['server/bin.js', 'serve', '--demo', '--database', ':memory:', '--port', '0', '--log-level', 'error'];
    const loaded = await loadedBy(args, async (started) => {
      const url = await ready(started);
      const answer = await fetch(`${url}/backend/d1a2b3c4d5e6f7/auth/staging`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...update({}), resourceName: 'shopauth' }),
      });
      expect(answer.status).toBe(200);
      started.child.kill('SIGTERM');
    });
    expect(among(loaded, /node_modules\/express\/|kysely/).length).toBeGreaterThan(0);
    const later =
      /prom-client|opentelemetry|express-rate-limit|busboy|node_modules\/pg\/|aws-sdk|deps\/undici\/undici|server\/admin\/adminApp/;
    expect(among(loaded, later)).toEqual([]);
  });
});
