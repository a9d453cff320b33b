import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { makeMissing } from '../../../pipeline/gen/missing.ts';
import { Project, repository } from '../../fixtures/gen/project.ts';

// Each run lints, bundles and types two documents; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 120_000 });

const command = (...args: string[]) =>
  spawnSync(process.execPath, [join(repository, 'pipeline/command/bin.js'), 'gen', ...args], { encoding: 'utf8' });

describe('npm run gen', () => {
  let project: Project;
  beforeAll(() => {
    project = new Project();
  });
  afterAll(() => project[Symbol.dispose]());

  test('changes nothing in the tree as it is committed, but makes the pages that git does not hold', async () => {
    const before = project.snapshot();
    const { code, lines } = await project.gen();
    expect(code).toBe(0);
    const pages = ['generated/docs/index.html', 'generated/admin/docs/index.html', 'generated/admin/docs/try.html'];
    expect(lines.at(-1)?.split('. (')[0]).toBe(`Wrote ${pages.join(', ')}`);
    const after = project.snapshot();
    for (const page of pages) expect(after.delete(page)).toBe(true);
    expect(after).toEqual(before);
  });

  test('runs no step when nothing changed since it last went well, but --check does', async () => {
    const { code, lines } = await project.gen();
    expect(code).toBe(0);
    expect(lines).toEqual([expect.stringMatching(/^Nothing changed\. \(/)]);
    expect((await project.gen({ check: true })).lines[0]).toMatch(/^lint /);
  });

  test('says each step with its time, and writes the file that was changed by hand and no other', async () => {
    const other = join(project.root, 'generated/schema.ts');
    const { mtimeMs } = statSync(other);
    const before = project.read('generated/enums.ts');
    project.write('generated/enums.ts', `${before}// mine\n`);
    const { lines } = await project.gen();
    const steps = lines.slice(0, -1);
    const names = ['lint', 'bundle', 'types', 'enums', 'operations', 'errors', 'handlers', 'client', 'docs'];
    expect(steps.map((line) => line.split(' ')[0])).toEqual(names);
    for (const line of steps) expect(line).toMatch(/^\w+ +\d+\.\d\d s {2}\S+$/);
    expect(lines.at(-1)).toMatch(/^Wrote generated\/enums\.ts\. \(/);
    expect(project.read('generated/enums.ts')).toBe(before);
    expect(statSync(other).mtimeMs).toBe(mtimeMs);
  });

  test('runs the steps of the document that was changed, and not of the other one', async () => {
    project.edit('spec/admin.yaml', 'Empty, save and restore', 'Empty, keep and restore');
    const { lines } = await project.gen();
    expect(lines.filter((line) => line.startsWith('lint '))).toEqual([expect.stringMatching(/ spec\/admin\.yaml$/)]);
    expect(lines.at(-1)).toMatch(/^Wrote generated\/admin\/openapi\.json, generated\/admin\/docs\/index\.html\. \(/);
  });
});

describe('npm run gen -- --check', () => {
  test('passes on the tree as it is committed', () => {
    const { status, stdout } = command('--check');
    expect(stdout).toContain('What is committed is what the documents give.');
    expect(status).toBe(0);
  });

  test('fails naming each file that differs, is missing or is not from gen, and writes nothing', async () => {
    using project = new Project();
    project.edit('generated/enums.ts', "'EMAIL'", "'MAIL'");
    project.edit('client/api.ts', 'static override', 'static');
    project.remove('generated/operations.ts');
    project.remove('server/operations/GetBackendJob.ts');
    project.write('generated/old.ts', 'export {};\n');
    const before = project.snapshot();
    const { code, lines } = await project.gen({ check: true });
    expect(code).toBe(1);
    expect(lines.filter((line) => line.startsWith('  '))).toEqual([
      '  generated/enums.ts differs from what spec/openapi.yaml gives',
      '  generated/operations.ts is missing',
      '  client/api.ts differs from what spec/openapi.yaml gives',
      '  server/operations/GetBackendJob.ts is missing',
      '  generated/old.ts is not made by gen',
    ]);
    expect(project.snapshot()).toEqual(before);
  });
});

describe('npm run gen -- --missing', () => {
  test('makes the page where there is none, is silent where there is one, and renews it with the document', async () => {
    using project = new Project();
    const lines: string[] = [];
    const missing = () => makeMissing(project.root, (line) => lines.push(line));

    expect(await missing()).toBe(true);
    expect(lines).toEqual([
      expect.stringMatching(/^Made generated\/docs\/index\.html\. \(/),
      expect.stringMatching(/^Made generated\/admin\/docs\/index\.html\. \(/),
      'Made generated/admin/docs/try.html.',
    ]);
    expect(await missing()).toBe(true);
    expect(lines).toHaveLength(3);

    project.edit('generated/openapi.json', 'The id of the Amplify app.', 'The id of the app at Amplify.');
    expect(await missing()).toBe(true);
    expect(lines).toHaveLength(4);
    expect(project.read('generated/docs/index.html')).toContain('The id of the app at Amplify.');
  });

  test('says what to do where there is no document', async () => {
    using project = new Project();
    project.remove('generated/openapi.json');
    const lines: string[] = [];
    expect(await makeMissing(project.root, (line) => lines.push(line))).toBe(false);
    expect(lines).toEqual(['generated/openapi.json is missing: `npm run gen` makes it.']);
  });
});

describe('the command line', () => {
  test('answers an unknown flag with one sentence and exit code 2', () => {
    const { status, stdout, stderr } = command('--chek');
    expect(stdout).toBe('');
    expect(stderr).toBe("Unknown option '--chek'. Did you mean --check?\n");
    expect(status).toBe(2);
  });

  test('explains itself with --help', () => {
    const { status, stdout } = command('--help');
    expect(stdout).toMatch(/--check +write nothing/);
    expect(status).toBe(0);
  });
});
