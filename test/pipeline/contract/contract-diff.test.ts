import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { saysMajor } from '../../../pipeline/command/diff/compare.ts';
import { document } from '../../helpers/bundledDocument.ts';
import { run } from '../../helpers/process.ts';

const folder = await mkdtemp(join(tmpdir(), 'diff-test-'));
afterAll(() => rm(folder, { recursive: true }));

// biome-ignore lint/suspicious/noExplicitAny: the document is changed at will
type Changeable = any;

/** Runs the command on a document that was changed since it was released. */
async function diff(change: (document: Changeable) => void, ...args: string[]) {
  const [released, changed] = [
    join(folder, `${crypto.randomUUID()}.json`),
    join(folder, `${crypto.randomUUID()}.json`),
  ];
  const copy = structuredClone(document) as Changeable;
  await writeFile(released, JSON.stringify(copy));
  change(copy);
  await writeFile(changed, JSON.stringify(copy));
  const command = ['pipeline/command/bin.js', 'diff', released, changed, ...args];
  const { ended, output } = run(process.execPath, command);
  return { code: await ended, ...output() };
}

const update = (copy: Changeable) => copy.paths['/backend/{appId}/auth/{backendEnvironmentName}'].post;

describe('npm run diff', () => {
  it('fails for a change that breaks, says which, and writes it down for a pull request', async () => {
    const report = join(folder, 'diff.md');
    const { code, stdout } = await diff((copy) => delete update(copy).responses['400'], '--markdown', report);
    expect(code).toBe(1);
    expect(stdout).toContain('Response `400` was removed.');
    expect(stdout).toContain('1 major, 0 minor, 0 patch. A breaking change needs an info.version that says so.');
    expect(await readFile(report, 'utf8')).toContain('requires a **major** bump');
  });

  it('passes a harmless change, with its rating', async () => {
    const { code, stdout } = await diff((copy) => {
      copy.components.schemas.CloneBackendReqObj.properties.note = { type: 'string', description: 'A note.' };
    });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^minor {2}added .*\/note\n/);
    expect(stdout).toContain('0 major, 1 minor, 0 patch. Passed.');
  });

  it('passes a change that breaks where the version says so', async () => {
    const { code } = await diff((copy) => {
      delete update(copy).responses['400'];
      copy.info.version = '1.0.0';
    });
    expect(code).toBe(0);
  });

  it('takes the documents by flags, too, and says so where it gets one twice', async () => {
    const other = join(folder, 'other.json');
    await writeFile(other, JSON.stringify(document));
    expect((await diff(() => {}, '--released', other)).stderr).toMatch(
      /^Both \S+ and --released \S+ name the released document\. Give one of them\.\n$/,
    );
    const byFlags = run(process.execPath, [
      ...['pipeline/command/bin.js', 'diff'],
      ...['--released', other, '--document', other],
    ]);
    expect(await byFlags.ended).toBe(0);
    expect(byFlags.output().stdout).toContain('Nothing changed');
  });

  it.each([
    ['0.1.0', '0.1.1', false],
    ['0.1.0', '0.2.0', true],
    ['0.9.0', '1.0.0', true],
    ['1.2.0', '1.3.0', false],
    ['1.2.0', '2.0.0', true],
    ['2.0.0', '1.9.0', false],
    ['0.0.1', '0.0.2', true],
  ])('takes %s → %s for a version that may break: %s', (released, version, may) => {
    expect(saysMajor(released, version)).toBe(may);
  });

  it('ends with 2 and one sentence where there is nothing to compare', async () => {
    const { ended, output } = run(process.execPath, [
      'pipeline/command/bin.js',
      'diff',
      '--released',
      join(folder, 'none.json'),
    ]);
    expect(await ended).toBe(2);
    expect(output().stderr).toMatch(/^\S+none\.json does not exist\.\n$/);
  });
});
