import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CouldNotRun } from '../../../pipeline/contract/couldNotRun.ts';
import { readOptions } from '../../../pipeline/contract/options.ts';
import { Sender } from '../../../pipeline/contract/wire/sender.ts';
import { signatureOf } from '../../../pipeline/contract/wire/sigv4.ts';
import { run } from '../../helpers/process.ts';
import { testServer } from '../../helpers/server.ts';

const url = ['--url', 'http://127.0.0.1:3000'];

describe('the contract command', () => {
  it.each([
    [[], '--url is required, such as --url http://127.0.0.1:3000.'],
    [['--url', 'localhost:3000'], '--url must be a URL such as http://127.0.0.1:3000/prod, not "localhost:3000".'],
    [[...url, '--runs', '-1'], /^Option '--runs' argument is ambiguous\. Run with --help/],
    [[...url, '--runs', 'many'], '--runs must be a whole number, not "many".'],
    [[...url, '--seed', '99999999999'], '--seed must be a whole number, not "99999999999".'],
    [[...url, '--header', 'secret'], `--header must be 'name: value', not "secret".`],
    [[...url, '--sign'], '--sign needs --region, or the variable AWS_REGION.'],
    [[...url, '--region', 'us-east-1'], '--region means nothing without --sign.'],
    [[...url, '--sign', '--region', 'us-east-1'], /needs the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY/],
    [[...url, '--unknown'], "Unknown option '--unknown'. Run with --help to see what there is."],
  ])('refuses %j in one sentence', (args, sentence) => {
    expect(() => readOptions(args, {})).toThrow(sentence);
    expect(() => readOptions(args, {})).toThrow(CouldNotRun);
  });

  it('reads headers and what to run', () => {
    const args = [...url, '--header', 'X-Api-Key: a: b', '--only', 'GetBackend', '--only', 'retry', '--seed', '5'];
    expect(readOptions(args, {})).toMatchObject({
      headers: { 'x-api-key': 'a: b' },
      only: ['GetBackend', 'retry'],
      seed: 5,
      runs: 25,
    });
  });

  it('ends with 0 where nothing is wrong, and writes its reports', async () => {
    const server = await testServer();
    const folder = await mkdtemp(join(tmpdir(), 'contract-test-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const [json, junit] = [join(folder, 'report.json'), join(folder, 'report.xml')];
    const { ended, output } = contract(
      '--url',
      server.url,
      '--only',
      'GetBackendJob',
      '--json',
      json,
      '--junit',
      junit,
    );
    expect(await ended).toBe(0);
    expect(output().stdout).toMatch(/ 0 failed; 0 violations; seed \d+; /);
    expect(JSON.parse(await readFile(json, 'utf8')).results.length).toBeGreaterThan(3);
    expect(await readFile(junit, 'utf8')).toContain('classname="GetBackendJob"');
  });

  it('ends with 1 where something is', async () => {
    const server = await testServer();
    const { ended, output } = contract(
      '--url',
      `${server.url}/docs`,
      '--only',
      'paths',
      '--only',
      'GetBackend',
      '--bail',
    );
    expect(await ended).toBe(1);
    expect(output().stdout).toContain('✗ ');
  });

  it('ends with 2 and one sentence where there is nobody', async () => {
    const { ended, output } = contract('--url', 'http://127.0.0.1:9', '--only', 'paths');
    expect(await ended).toBe(2);
    expect(output()).toEqual({
      stdout: '',
      stderr: 'http://127.0.0.1:9 does not answer: connect ECONNREFUSED 127.0.0.1:9.\n',
    });
  });

  it('ends with 2 and one sentence where it is asked for what there is not', async () => {
    const { ended, output } = contract(...url, '--only', 'UpdateBackend');
    expect(await ended).toBe(2);
    expect(output().stderr).toBe('--only UpdateBackend is neither an operation of the document nor a rule.\n');
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

  it('is told by a curl line without its secrets', async () => {
    const server = await testServer();
    const sender = new Sender({ url: server.url, headers: { 'x-api-key': 'of mine' } });
    const { curl } = await sender.send({ method: 'POST', path: '/backend', headers: {}, body: "{'" });
    sender.close();
    expect(curl).toBe(
      `curl -sS -i -X POST '${server.url}/backend' -H 'content-type:' -H 'x-api-key: ***' --data-raw '{'\\'''`,
    );
  });
});

const contract = (...args: string[]) => run(process.execPath, ['pipeline/contract/main.ts', ...args]);
