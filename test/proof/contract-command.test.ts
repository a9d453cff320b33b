import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseFlags } from '../../pipeline/contract/command.ts';
import { CouldNotRun } from '../../pipeline/contract/couldNotRun.ts';
import { readOptions } from '../../pipeline/contract/options.ts';
import { curlLine } from '../../pipeline/contract/wire/curl.ts';
import { signatureOf } from '../contract-rules/sigv4.ts';
import { run } from '../helpers/process.ts';
import { testServer } from '../helpers/server.ts';
import { listening, SHELF, type ShelfFault, shelf, TOKEN } from '../helpers/shelf.ts';

const url = ['--url', 'http://127.0.0.1:3000'];
const options = async (args: readonly string[], env: Record<string, string> = {}) => readOptions(parseFlags(args), env);

describe('the contract command', () => {
  it.each([
    [[], '--url is required, such as --url http://127.0.0.1:3000.'],
    [['--url', 'localhost:3000'], '--url must be a URL such as http://127.0.0.1:3000/prod, not "localhost:3000".'],
    [[...url, '--runs', '-1'], /^Option '--runs' argument is ambiguous\. Run with --help/],
    [[...url, '--runs', 'many'], '--runs must be a whole number, not "many".'],
    [[...url, '--seed', '99999999999'], '--seed must be a whole number, not "99999999999".'],
    [[...url, '--header', 'secret'], `--header must be 'name: value', not "secret".`],
    [[...url, '--auth', 'key'], '--auth must be SCHEME=env:NAME, not "key".'],
    [[...url, '--auth', 'key=s3cret'], '--auth key must be env:NAME, which names the variable that holds it.'],
    [[...url, '--auth', 'key=env:NONE'], '--auth key needs the variable NONE, which is not set.'],
    [[...url, '--update-baseline'], '--update-baseline needs --baseline FILE.'],
    [[...url, '--config', '/none.yaml'], /^The config file \/none\.yaml can't be read: /],
    [[...url, '--unknown'], "Unknown option '--unknown'. Run with --help to see the flags."],
  ])('refuses %j in one sentence', async (args, sentence) => {
    await expect(options(args)).rejects.toThrow(sentence);
    await expect(options(args)).rejects.toBeInstanceOf(CouldNotRun);
  });

  it('reads headers, credentials and names', async () => {
    const args = [
      ...url,
      '--header',
      'X-Api-Key: a: b',
      '--only',
      'GetBackend',
      '--only',
      'retry',
      '--auth',
      'k=env:K',
    ];
    expect(await options([...args, '--seed', '5'], { K: 'v' })).toMatchObject({
      headers: { 'x-api-key': 'a: b' },
      only: ['GetBackend', 'retry'],
      auth: { k: 'v' },
      seed: 5,
      runs: 25,
    });
  });

  it('reads a config file, and refuses one with a member that is not known', async () => {
    const folder = await scratch();
    const file = join(folder, 'contract.yaml');
    await writeFile(file, 'parameters: { bookId: 7 }\nexclude: [deleteBook]\nheaders: { X-Key: "env:KEY" }\n');
    expect(await options([...url, '--config', file], { KEY: 'v' })).toMatchObject({
      parameters: { bookId: 7 },
      exclude: ['deleteBook'],
      headers: { 'x-key': 'v' },
    });
    await writeFile(file, 'paramters: {}\n');
    await expect(options([...url, '--config', file])).rejects.toThrow('there is no paramters; known are parameters,');
  });
});

/** Runs the command on a shelf. */
async function onShelf(fault: ShelfFault, ...args: string[]) {
  const server = await listening(await shelf(fault));
  onTestFinished(() => server.close());
  const { ended, output } = runOn(server.url, '--seed', '1', '--runs', '2', ...args);
  return { code: await ended, ...output() };
}

const runOn = (url: string, ...args: string[]) =>
  run(
    process.execPath,
    ['pipeline/command/bin.js', 'contract', '--url', url, '--spec', SHELF, '--auth', 'token=env:SHELF_TOKEN', ...args],
    { SHELF_TOKEN: TOKEN },
  );

describe('the contract command, on a server of another API', () => {
  it('ends with 0 where nothing is wrong, and writes its reports', async () => {
    const folder = await scratch();
    const [json, junit, html] = ['r.json', 'r.xml', 'r.html'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    const { code, stdout } = await onShelf(
      'none',
      '--json',
      json,
      '--junit',
      junit,
      '--html',
      html,
      '--min-coverage',
      '50',
    );
    expect({ code, last: stdout.trim().split('\n').at(-1) }).toEqual({
      code: 0,
      last: expect.stringMatching(/ 0 failed.*; 0 violations; \d+ requests; seed 1; /),
    });
    expect(JSON.parse(await readFile(json, 'utf8'))).toMatchObject({ seed: 1, violations: [], notRun: [] });
    expect(await readFile(junit, 'utf8')).toContain('classname="getBook"');
    expect(await readFile(html, 'utf8')).toContain('<h2>No violation</h2>');
  });

  it('names the operation and the rule in its first line, and shows no secret', async () => {
    const { code, stdout } = await onShelf('loses a member', '--bail');
    expect(code).toBe(1);
    expect(stdout.split('\n')[0]).toMatch(/^✗ createBook {2}read-back: \/pages/);
    expect(stdout).toContain('-H \'authorization: Bearer \'"$SHELF_TOKEN"');
    expect(stdout).not.toContain(TOKEN);
  });

  it('reports only what a baseline does not hold, and writes one only when asked', async () => {
    const file = join(await scratch(), 'baseline.json');
    const missing = await onShelf('counts wrong', '--baseline', file);
    expect(missing).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('--update-baseline') });
    const written = await onShelf('counts wrong', '--baseline', file, '--update-baseline');
    expect(written).toMatchObject({ code: 0, stdout: expect.stringContaining('holds 1 violations') });
    expect(await onShelf('counts wrong', '--baseline', file)).toMatchObject({ code: 0 });
    expect(await onShelf('sorts tags', '--baseline', file)).toMatchObject({ code: 1 });
    const gone = await onShelf('none', '--baseline', file, '--update-baseline');
    expect(gone.stdout).toMatch(/holds 0 violations; 1 are gone:\n {2}listBooks \| total /);
  });

  it('ends with 0 and a sentence where the document has hooks alone', async () => {
    const spec = join(await scratch(), 'hooks.yaml');
    await writeFile(spec, 'openapi: 3.1.0\ninfo: { title: Hooks, version: 1.0.0 }\nwebhooks: { ping: { post: {} } }\n');
    const sentence = 'The document has no operations, so there is nothing to test.\n';
    expect(await onShelf('none', '--spec', spec)).toEqual({ code: 0, stdout: sentence, stderr: '' });
  });

  it.each([
    [['--exclude', 'nobody'], '--exclude nobody names no operation, method or path of the document.\n'],
    [['--only', 'nobody'], '--only nobody is neither an operation of the document nor a rule.\n'],
    [['--auth', 'other=env:SHELF_TOKEN'], '--auth other names no security scheme of the document; it has: token.\n'],
    [
      ['--spec', '/none.yaml'],
      "The document /none.yaml can't be read: ENOENT: no such file or directory, open '/none.yaml'\n",
    ],
  ])('ends with 2 and one sentence for %j', async (args, sentence) => {
    expect(await onShelf('none', ...args)).toEqual({ code: 2, stdout: '', stderr: sentence });
  });

  it('sends nothing unsafe to another machine unless --yes is given', async () => {
    const command = ['pipeline/command/bin.js', 'contract', '--url', 'http://shelf.invalid', '--spec', SHELF];
    const { ended, output } = run(process.execPath, command);
    expect(await ended).toBe(2);
    expect(output().stderr).toBe(
      '4 operations would create, change and delete what shelf.invalid holds. Add --yes to send them all the same, or --read-only.\n',
    );
  });

  it('has a whole report of what was done when it is interrupted', async () => {
    const server = await listening(await shelf('none'));
    onTestFinished(() => server.close());
    const json = join(await scratch(), 'r.json');
    const { child, ended, output } = runOn(server.url, '--runs', '100000', '--json', json);
    await expect
      .poll(
        () =>
          fetch(`${server.url}/books`, { headers: { authorization: `Bearer ${TOKEN}` } }).then((answer) =>
            answer.json(),
          ),
        { timeout: 20_000 },
      )
      .toMatchObject({ total: 1 });
    child.kill('SIGINT');
    expect([0, 1]).toContain(await ended);
    expect(output().stdout).toContain('Stopped early: it was interrupted.');
    expect(JSON.parse(await readFile(json, 'utf8'))).toMatchObject({ stopped: 'it was interrupted' });
  });
});

describe("the contract command with this API's rules", () => {
  const contract = (...args: string[]) => run(process.execPath, ['test/contract-rules/main.ts', ...args]);

  it('ends with 0 where nothing is wrong', async () => {
    const server = await testServer();
    const { ended, output } = contract('--url', server.url, '--only', 'GetBackendJob');
    expect(await ended).toBe(0);
    expect(output().stdout).toMatch(/ 0 failed; 0 violations; /);
  });

  it('ends with 2 and one sentence where there is nobody', async () => {
    const { ended, output } = contract('--url', 'http://127.0.0.1:9', '--only', 'paths');
    expect(await ended).toBe(2);
    expect(output()).toEqual({
      stdout: '',
      stderr: 'http://127.0.0.1:9 does not answer: connect ECONNREFUSED 127.0.0.1:9.\n',
    });
  });

  it.each([
    [['--sign'], '--sign needs --region, or the variable AWS_REGION.\n'],
    [['--region', 'us-east-1'], '--region means nothing without --sign.\n'],
  ])('ends with 2 and one sentence for %j', async (args, sentence) => {
    const { ended, output } = run(process.execPath, ['test/contract-rules/main.ts', ...url, ...args], {
      AWS_REGION: '',
    });
    expect(await ended).toBe(2);
    expect(output().stderr).toBe(sentence);
  });
});

describe('a curl line', () => {
  it('pastes: quotes are kept, and secrets are variables', () => {
    const line = curlLine(
      new URL('http://127.0.0.1:3000/a?key=s3cret&b=1'),
      { method: 'POST', path: '/a', headers: { 'x-api-key': 'other', 'x-a': "it's" }, body: "{'" },
      [{ value: 's3cret', variable: 'MY_KEY' }],
    );
    expect(line).toBe(
      `curl -sS -i -X POST 'http://127.0.0.1:3000/a?key='"$MY_KEY"'&b=1' -H 'content-type:' -H "x-api-key: $API_KEY" -H 'x-a: it'\\''s' --data-raw '{'\\'''`,
    );
  });
});

describe('a signed request', () => {
  it('has the signature of the example in the documentation of Signature Version 4', () => {
    const { authorization } = signatureOf(
      {
        method: 'GET',
        url: new URL('https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08'),
        headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
        body: undefined,
      },
      {
        region: 'us-east-1',
        service: 'iam',
        accessKeyId: 'AKIDEXAMPLE',
        secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
        sessionToken: undefined,
      },
      new Date('2015-08-30T12:36:00Z'),
    );
    expect(authorization).toBe(
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, ' +
        'SignedHeaders=content-type;host;x-amz-date, ' +
        'Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
    );
  });
});

async function scratch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'contract-test-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}
