import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { Project, repository } from '../fixtures/gen/project.ts';
import { launchBrowser } from '../helpers/browser.ts';
import { type Run, run } from '../helpers/process.ts';

const docs = (root: string, args: readonly string[] = []): Run =>
  run(process.execPath, [join(root, 'pipeline/command/bin.js'), 'docs', ...args], {}, root);

/** The output from a given position on, once it matches. */
async function said({ output, ended }: Run, line: RegExp, from = 0): Promise<string> {
  let over = false;
  ended.then(() => {
    over = true;
  });
  for (;;) {
    const text = output().stdout.slice(from);
    if (line.test(text)) return text;
    if (over) throw new Error(`It ended: ${output().stdout}${output().stderr}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

it('npm run docs serves the reference page, and browsers load it again after a save', async () => {
  const project = new Project();
  onTestFinished(() => project[Symbol.dispose]());
  cpSync(join(repository, 'scripts'), join(project.root, 'scripts'), { recursive: true });
  const browser = await launchBrowser();
  onTestFinished(async () => browser?.close());

  const command = docs(project.root, ['--port', '0']);
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(await said(command, /http:\S+\n/))?.[0] ?? '';
  await said(command, /^Wrote .*generated\/docs\/index\.html/m);
  const shown = async () => (await fetch(url)).text();
  expect(await shown()).toContain('The id of the job.');
  for (const name of ['openapi.json', 'openapi.yaml'])
    expect(parse(await (await fetch(`${url}/${name}`)).text()).components.schemas).toHaveProperty('JobStatus');
  const page = await browser?.newPage();
  // Without Redoc itself, which has tests of its own and takes seconds.
  await page?.route(url, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(/<script type="module">.*?<\/script>/s, '');
    await route.fulfill({ response, body });
  });
  const listening = page?.waitForResponse(`${url}/changes`);
  await page?.goto(url);
  await listening;
  const changes = (await fetch(`${url}/changes`)).body?.getReader();

  const save = async (from: string, to: string, line: RegExp) => {
    const { length } = command.output().stdout;
    project.edit('spec/components/schemas/job.yaml', from, to);
    return said(command, line, length);
  };
  const again = page?.waitForEvent('framenavigated');
  await save('The id of the job.', 'What the job is called.', /^Wrote /m);
  expect(new TextDecoder().decode((await changes?.read())?.value)).toBe('data: changed\n\n');
  expect(await shown()).toContain('What the job is called.');
  await again;

  const second = docs(project.root, ['--port', new URL(url).port]);
  expect(await second.ended).toBe(1);
  expect(second.output().stderr).toMatch(/^Port \d+ is taken; --port names another one\.\n$/);
});

it('npm run docs serves on where the document has a fault and nothing was generated yet', async () => {
  const project = new Project();
  onTestFinished(() => project[Symbol.dispose]());
  rmSync(join(project.root, 'generated'), { recursive: true });
  project.write('spec/openapi.yaml', 'openapi: [');
  const command = docs(project.root, ['--port', '0']);
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(await said(command, /http:\S+\n/))?.[0] ?? '';
  expect((await fetch(`${url}/openapi.json`)).status).toBe(404);
  expect(await (await fetch(url)).text()).toContain('The document has a fault.');
});

it.each([
  [['--port', 'abc'], '--port must be a whole number from 0 to 65535, not "abc".'],
  [['--prot', '1'], "Unknown option '--prot'. Did you mean --port?"],
])('npm run docs -- %j is refused in one sentence', async (args, sentence) => {
  const command = docs(repository, args);
  expect(await command.ended).toBe(2);
  expect(command.output()).toEqual({ stdout: '', stderr: `${sentence}\n` });
});
