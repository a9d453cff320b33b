import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import examples from '../../examples/package.json' with { type: 'json' };
import manifest from '../../package.json' with { type: 'json' };
import { makeDemo } from '../../server/compose/demo.ts';
import { temporaryFolder } from '../helpers/folder.ts';
import { anchorsOf, blocksOf, codeOf, linksOf, type Page, pages, root } from '../helpers/guides.ts';
import { testServer } from '../helpers/server.ts';

const execute = promisify(execFile);
const page = (path: string) => pages.find((one) => one.path === path) as Page;

describe.each(pages)('$path', (page) => {
  it('leads to files and headings that there are', () => {
    const broken = linksOf(page).filter((link) => {
      const [path = '', anchor] = link.split('#');
      const file = path === '' ? join(root, page.path) : join(root, dirname(page.path), path);
      if (!existsSync(file)) return true;
      return anchor !== undefined && !anchorsOf(readFileSync(file, 'utf8')).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('names scripts of npm, and files of this repository, that there are', () => {
    const code = codeOf(page);
    const scripts = code.flatMap((text) => [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name));
    const known = { ...manifest.scripts, ...(page.path.startsWith('examples/') ? examples.scripts : {}) };
    expect(scripts.filter((name) => !(name !== undefined && name in known))).toEqual([]);
    const files = code.filter((text) => /^(docs|server|client|scripts|spec|test|generated)\/[\w./-]+$/.test(text));
    // `npm run build` makes some, and gen makes others for another document or another configuration.
    const made =
      /\/dist$|^docs\/try\.html$|\/docs\/\w+\.html$|\/ListNotes\.ts$|^server\/(security|main)\.ts$|^client\/validate\.ts$|^generated\/client-schema\.ts$/;
    expect(files.filter((path) => !made.test(path) && !existsSync(join(root, path)))).toEqual([]);
  });

  it('has YAML that is YAML', () => {
    for (const { language, code } of blocksOf(page)) {
      if (language === 'yaml') expect(parse(code)).toBeTypeOf('object');
    }
  });
});

it('the index leads to every guide, and the README to the index', () => {
  const guides = pages.map(({ path }) => path).filter((path) => /^docs\/(?!README)/.test(path));
  expect(linksOf(page('docs/README.md'))).toEqual(
    expect.arrayContaining(guides.map((path) => path.replace('docs/', ''))),
  );
  expect(linksOf(page('README.md'))).toContain('docs/README.md');
});

it.each(readdirSync(join(root, '.github/workflows')))(
  'the workflow %s is YAML, and names scripts that there are',
  (name) => {
    const text = readFileSync(join(root, '.github/workflows', name), 'utf8');
    const { jobs } = parse(text);
    const lines = Object.values<{ steps: { run?: string }[] }>(jobs).flatMap(({ steps }) =>
      steps.map(({ run = '' }) => run),
    );
    const scripts = lines.flatMap((line) => [...line.matchAll(/npm run ([\w:-]+)/g)].map(([, script]) => script));
    expect(lines.join('\n')).toMatch(name === 'ci.yml' ? /^\.ci\/run$/m : /npm publish .* --provenance/);
    expect(scripts.filter((script) => !(script !== undefined && script in manifest.scripts))).toEqual([]);
  },
);

it('the flags that guides name are flags of a command', async () => {
  // `npm run reference -- --check` compares docs/commands.md with the commands. The contract suite's own is this API's.
  const ours = await execute(process.execPath, ['test/contract-rules/main.ts', '--help'], { cwd: root });
  const known = new Set(`${page('docs/commands.md').text}${ours.stdout}`.match(/--[a-z][\w-]*/g));
  // Those of other programs.
  const others =
    /\b(npm ci|npm install|npx cognito-local|pip|moto_server|aws|curl|openssl) .*|--health-\S*|options: --.*/g;
  const named = pages.flatMap((page) =>
    codeOf(page).flatMap((text) =>
      [...text.replaceAll(others, '').matchAll(/(?<![\w-])--[a-z][\w-]*/g)].map(([flag]) => `${page.path} ${flag}`),
    ),
  );
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter((one) => !known.has(one.replace(/.* /, '')))).toEqual([]);
});

it('docs/cognito.md names the actions that the provisioner calls, and no other', () => {
  const folder = join(root, 'server/provisioners/cognito');
  const called = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) => [...readFileSync(join(folder, path), 'utf8').matchAll(/new (\w+)Command\(/g)])
    .map(([, name]) => name);
  const rows = [...page('docs/cognito.md').text.matchAll(/^\| `cognito-\w+:` \| (.*) \|$/gm)];
  const named = rows.flatMap(([, row = '']) => [...row.matchAll(/`(\w+)`/g)].map(([, name]) => name));
  expect(named.sort()).toEqual([...new Set(called)].sort());
});

/** Someone else's project, in which the packages are installed. */
function project(folder: string): string {
  mkdirSync(join(folder, 'node_modules'));
  for (const name of ['amplify-backend-auth-client', 'amplify-backend-auth-server', 'vitest']) {
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  return folder;
}

describe('what a guide shows', () => {
  async function demo(): Promise<(code: string) => string> {
    const { url, services } = await testServer();
    await makeDemo(services);
    return (code) => code.replaceAll('http://127.0.0.1:3000', url);
  }

  it('in docs/update.md runs, and prints what is said beside it', async () => {
    const here = await demo();
    const code = blocksOf(page('docs/update.md')).flatMap(({ runs, code }) => (runs === 'together' ? [code] : []));
    const folder = project(temporaryFolder());
    writeFileSync(join(folder, 'update.ts'), here(code.join('')));
    const { stdout } = await execute(process.execPath, ['update.ts'], { cwd: folder });
    const said = [...code.join('').matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(([, text]) => text);
    expect(said.length).toBeGreaterThanOrEqual(3);
    expect(stdout.trim().split('\n')).toEqual(said);
  });

  it.skipIf(process.platform === 'win32')('in docs/start.md runs', async () => {
    const here = await demo();
    const [block] = blocksOf(page('docs/start.md')).filter(({ runs }) => runs);
    const { stdout } = await execute('bash', ['-c', here(block?.code ?? '')]);
    expect(JSON.parse(stdout)).toMatchObject({ resourceName: 'shopauth', resourceConfig: { service: 'COGNITO' } });
  });
});

describe('the test in docs/ci.md', async () => {
  const folder = project(mkdtempSync(join(tmpdir(), 'guide-')));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const [block] = blocksOf(page('docs/ci.md')).filter(({ language }) => language === 'ts');
  const file = join(folder, 'backend.test.ts');
  writeFileSync(file, block?.code ?? '');
  // The tests that it declares become tests of this file.
  await import(pathToFileURL(file).href);
});
