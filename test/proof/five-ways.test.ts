import { execFile, spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createClient } from '../../client/index.ts';
import { startServer } from '../../server/index.ts';
import { blocksOf, pages, root } from '../helpers/guides.ts';

const execute = promisify(execFile);
const text = pages.find(({ path }) => path === 'docs/update.md')?.text ?? '';

/** The block under each bold title, as it is printed. */
const ways = [...text.matchAll(/^\*\*(.+?)\*\*.*?\n\n(<!-- run -->\n```.*?^```$)/gms)].map(
  ([, title = '', block = '']) => {
    const [found] = blocksOf({ path: '', text: block });
    return { title, language: found?.language ?? '', code: found?.code ?? '' };
  },
);

const programs = ['curl', 'aws'].filter((program) => spawnSync(program, ['--version']).error !== undefined);
if (programs.length > 0) console.warn(`Skipped: not on the PATH: ${programs.join(', ')}.`);

describe('an update, five ways,', () => {
  it('is five blocks under their titles', () => {
    expect(ways.map(({ title }) => title)).toEqual([
      'curl',
      'AWS CLI',
      '`@aws-sdk/client-amplifybackend`',
      'Our client',
      'The command',
    ]);
  });

  it.each(ways)('works as printed: $title', async ({ language, code }) => {
    const missing = programs.find((program) => new RegExp(`(^|\\s)${program}\\s`).test(code));
    if (missing !== undefined && process.env.CI !== 'true') return;
    await using server = await startServer({ demo: true });
    const here = code.replaceAll('http://127.0.0.1:3000', server.url);
    const env = {
      ...process.env,
      PATH: `${join(process.execPath, '..')}:${process.env.PATH}`,
      BACKEND_AUTH_URL: server.url,
    };
    if (language === 'sh') {
      const line = here.replace('call UpdateBackendAuth', `call UpdateBackendAuth --url ${server.url}`);
      await execute('bash', ['-c', line], { cwd: root, env });
    } else {
      const file = join(root, `five-ways-${process.pid}.mjs`);
      onTestFinished(() => rmSync(file, { force: true }));
      writeFileSync(file, here);
      await execute(process.execPath, [file], { cwd: root, env });
    }
    const client = createClient({ baseUrl: server.url });
    const read = { appId: 'd1a2b3c4d5e6f7', backendEnvironmentName: 'staging', resourceName: 'shopauth' };
    await expect
      .poll(
        async () => (await client.getBackendAuth(read)).resourceConfig?.userPoolConfigs.passwordPolicy?.minimumLength,
      )
      .toBe(12);
  });
});
