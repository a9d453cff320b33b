import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { launchBrowser } from '../helpers/browser.ts';
import { environment, node, repository, run, Scratch } from './scratch.ts';

// The examples as their READMEs say: copied out of the repository, with the packages installed from their tarballs.
const scratch = new Scratch();
const folder = join(scratch.root, 'examples');
const tarballs = inject('tarballs');

beforeAll(async () => {
  cpSync(join(repository, 'examples'), folder, { recursive: true, filter: (path) => !path.includes('node_modules') });
  const quietly = ['--prefer-offline', '--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts'];
  await run('npm', ['install', ...quietly, tarballs.client, tarballs.server], folder);
});
afterAll(() => scratch.remove());

/** Starts a process of the example, and answers what of its output fits. */
async function started(args: readonly string[], pattern: RegExp): Promise<string> {
  const child: ChildProcess = spawn(process.execPath, args, {
    cwd: folder,
    env: environment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(async () => {
    if (child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
  let output = '';
  for await (const data of child.stdout ?? []) {
    output += data;
    const found = pattern.exec(output)?.[1];
    if (found !== undefined) return found;
  }
  throw new Error(`It ended after: ${output}`);
}

describe('the examples', () => {
  test('use the versions that this repository is tested with', () => {
    const read = (path: string) => JSON.parse(readFileSync(join(repository, path), 'utf8'));
    const { devDependencies } = read('package.json');
    for (const [name, version] of Object.entries(read('examples/package.json').dependencies)) {
      expect([name, version]).toEqual([name, devDependencies[name]]);
    }
  });

  test('vitest: the tests of someone’s own pass, all of them', async () => {
    const report = join(folder, 'report.json');
    const vitest = join(folder, 'node_modules/vitest/vitest.mjs');
    await node([vitest, 'run', '--root', 'vitest', '--reporter=json', `--outputFile=${report}`], folder);
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'));
    expect({ numPassedTests, numFailedTests, numPendingTests }).toEqual({
      numPassedTests: 4,
      numFailedTests: 0,
      numPendingTests: 0,
    });
  });

  test('aws-sdk: the script updates what the command serves', async () => {
    const command = join(folder, 'node_modules/amplify-backend-auth-server/lib/server/bin.js');
    const args = [command, 'serve', '--demo', '--port', '0', '--database', ':memory:', '--log-level', 'error'];
    const url = await started(args, /API\s+(http:\/\/\S+?)\/prod/);
    const output = await run(process.execPath, ['aws-sdk/update.js'], folder, { AWS_ENDPOINT_URL: url });
    expect(output).toMatch(/^Job \S+ has started\.\nIt is COMPLETED\.\nPasswords have at least 12 characters\.\n$/);
  });

  test('browser: the page updates, shows the job and shows what was refused', async ({ skip }) => {
    const browser = await launchBrowser();
    if (browser === undefined) return skip('no Chromium runs here');
    onTestFinished(() => browser.close());
    const url = await started(['browser/serve.js'], /Open (http:\/\/\S+)/);
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(url);
    await page.getByText('at least 8 characters').waitFor();
    const update = async (length: string) => {
      await page.getByLabel('New length').fill(length);
      await page.getByRole('button', { name: 'Update' }).click();
    };
    await update('14');
    await page.getByText('at least 14 characters').waitFor();
    expect(await page.getByRole('status').textContent()).toBe('COMPLETED');
    expect(complaints).toEqual([]);
    await update('3');
    await page.getByText('Refused: ').waitFor();
    expect(await page.getByRole('status').textContent()).toContain('minimumLength');
  });
});
