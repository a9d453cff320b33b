import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { operations } from '../../../generated/operations.ts';
import { parseCredentials } from '../../../server/signing/credentials.ts';
import { command } from '../../helpers/command.ts';
import { temporaryFolder } from '../../helpers/folder.ts';
import { run } from '../../helpers/process.ts';
import { applying } from '../../helpers/provisioner.ts';
import { readConfig, sharedServer, testServer, update, withAuth, withEnvironment } from '../../helpers/server.ts';

const shared = sharedServer();
const json = (value: object) => ['--json', JSON.stringify(value)];

describe('call', () => {
  it('answers JSON', async () => {
    const { url } = await shared();
    const { appId, environment } = await withEnvironment(url);
    const { code, stdout, stderr } = await command(['call', 'GetBackend', '--url', url, ...json({ appId })]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ appId, backendEnvironmentList: [environment] });
  });

  it('finds the operations under /prod too, and takes its server from a variable', async () => {
    const { url } = await shared();
    const { appId } = await withEnvironment(url);
    const { code } = await command(['call', 'GetBackend', ...json({ appId })], { BACKEND_AUTH_URL: `${url}/prod` });
    expect(code).toBe(0);
  });

  it('waits for the job it starts, says how that goes, and shows the job', async () => {
    const { url } = await testServer({ jobTime: 300 });
    const input = { appId: 'd1', appName: 'shop', backendEnvironmentName: 'staging' };
    const ran = await command(['call', 'CreateBackend', '--wait', '--url', url, ...json(input)]);
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.stdout)).toMatchObject({ operation: 'CreateBackend', status: 'COMPLETED' });
    expect(ran.stderr).toMatch(/^CreateBackend \S+ RUNNING\nCreateBackend \S+ COMPLETED\n$/);
  });

  it('shows how the job goes on one line that changes, in a terminal', async () => {
    const { url } = await testServer({ jobTime: 300 });
    const input = { appId: 'd1', appName: 'shop', backendEnvironmentName: 'staging' };
    const { isTTY } = process.stderr;
    process.stderr.isTTY = true;
    try {
      const { stderr } = await command(['call', 'CreateBackend', '--wait', '--url', url, ...json(input)]);
      const last = stderr.split('\r\x1b[K').at(-1);
      expect(last).toMatch(/^CreateBackend \S+ COMPLETED \d+\.\d s\n$/);
      expect(stderr.trim()).not.toContain('\n');
    } finally {
      process.stderr.isTTY = isTTY;
    }
  });

  it('ends with 1 and the job’s error where the job fails', async () => {
    const { url } = await testServer({ admin: true });
    await fetch(`${url}/admin/jobs/fail`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ error: 'The disk is made of cheese.' }),
    });
    const input = { appId: 'd1', appName: 'shop', backendEnvironmentName: 'staging' };
    const ran = await command(['call', 'CreateBackend', '--wait', '--url', url, ...json(input)]);
    expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('The disk is made of cheese.') });
  });

  it('gives up waiting after its timeout, with 3', async () => {
    const { url } = await testServer({ jobTime: 60_000 });
    const input = { appId: 'd1', appName: 'shop', backendEnvironmentName: 'staging' };
    const ran = await command(['call', 'CreateBackend', '--wait', '--timeout', '150', '--url', url, ...json(input)]);
    expect(ran).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('it runs on') });
  });

  it('says so where there is no job to wait for', async () => {
    const { url } = await shared();
    const { appId } = await withEnvironment(url);
    const ran = await command(['call', 'GetBackend', '--wait', '--url', url, ...json({ appId })]);
    expect(ran).toMatchObject({ code: 0, stderr: 'There is no job to wait for.\n' });
  });

  it('shows an answer as a table: lists in rows, anything else a line for each value', async () => {
    const { url } = await shared();
    const { appId, environment } = await withAuth(url);
    const place = { appId, backendEnvironmentName: environment };
    const table = (id: string, input: object) =>
      command(['call', id, '--output', 'table', '--url', url, ...json(input)]).then(({ stdout }) => stdout.split('\n'));
    const jobs = await table('ListBackendJobs', place);
    expect(jobs[0]).toMatch(/^appId +backendEnvironmentName +jobId +operation +status +createTime +updateTime$/);
    const times = String.raw` +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$`;
    expect(jobs[1]).toMatch(new RegExp(` CreateBackendAuth +COMPLETED${times}`));
    expect(jobs[2]).toMatch(new RegExp(` CreateBackend +COMPLETED${times}`));
    const auth = await table('GetBackendAuth', { ...place, resourceName: 'auth' });
    expect(auth).toContainEqual(expect.stringMatching(/^resourceConfig\.userPoolConfigs\.signInMethod +EMAIL$/));
  });

  it('previews what an update would change outside, and updates nothing', async () => {
    const preview = async () => [{ resource: 'user pool p', member: 'Policies', from: 8, to: 12 }];
    const outside = { ...applying(async () => ({})), preview };
    const { url } = await testServer({ admin: true, provisioner: outside });
    const place = await withAuth(url);
    const { appId, environment: backendEnvironmentName } = place;
    const userPoolConfigs = { passwordPolicy: { minimumLength: 12 } };
    const { resourceConfig } = update(userPoolConfigs);
    const input = { appId, backendEnvironmentName, resourceName: 'auth', resourceConfig };
    const call = (more: object = {}, to = url) =>
      command(['call', 'UpdateBackendAuth', '--preview', '--url', to, ...json({ ...input, ...more })]);
    const shown = await call({}, `${url}/prod`);
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(shown.stdout)).toEqual({ changes: await preview() });
    expect(await readConfig(place)).toMatchObject({ userPoolConfigs: { passwordPolicy: { minimumLength: 8 } } });

    const missing = await call({ resourceName: 'other' });
    expect(missing).toMatchObject({ code: 1, stderr: expect.stringMatching(/^NotFoundException: .*other/) });
    const { url: without } = await shared();
    expect(await call({}, without)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('has no /admin, which previews. Start it with --admin.'),
    });
  });

  it('says so where an update would change nothing outside', async () => {
    const { url } = await testServer({ admin: true });
    const { appId, environment: backendEnvironmentName } = await withAuth(url);
    const input = { appId, backendEnvironmentName, ...update({ passwordPolicy: { minimumLength: 12 } }) };
    const ran = await command(['call', 'UpdateBackendAuth', '--preview', '--url', url, ...json(input)]);
    expect(ran).toMatchObject({ code: 0, stderr: 'Nothing would change outside of the server.\n' });
  });

  it('names an unknown member on standard error with the closest name, and sends the rest', async () => {
    const { url } = await shared();
    const { appId, environment } = await withAuth(url);
    const place = { appId, backendEnvironmentName: environment, resourceName: 'auth' };
    const userPoolConfigs = { passwordPolicy: { minimumLength: 9, minLength: 12 } };
    const resourceConfig = { authResources: 'USER_POOL_ONLY', service: 'COGNITO', userPoolConfigs };
    const update = ['call', 'UpdateBackendAuth', '--url', url, ...json({ ...place, colour: 'red', resourceConfig })];
    const sent = await command(update);
    expect(sent.code).toBe(0);
    expect(sent.stderr).toContain('The document has no member "colour". Did you mean ');
    expect(sent.stderr).toContain(
      'no member "resourceConfig.userPoolConfigs.passwordPolicy.minLength". Did you mean minimumLength?',
    );
    const refused = await command([...update, '--strict']);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/minimumLength\? Nothing was sent\.\n$/);
  });

  it('takes members with names of their own for what they are', async () => {
    const { url } = await shared();
    const { appId } = await withEnvironment(url);
    expect(await command(['call', 'GetBackend', '--strict', '--url', url, ...json({ appId })])).toMatchObject({
      code: 0,
      stderr: '',
    });
  });

  it('reads its input from a file, and from standard input', async () => {
    const { url } = await shared();
    const { appId } = await withEnvironment(url);
    const file = join(temporaryFolder(), 'input.json');
    writeFileSync(file, JSON.stringify({ appId }));
    expect((await command(['call', 'GetBackend', '--url', url, '--json', `@${file}`])).code).toBe(0);

    const args = ['server/bin.js', 'call', 'GetBackend', '--url', url, '--json', '-'];
    const child = run(process.execPath, args);
    child.child.stdin?.end(JSON.stringify({ appId }));
    expect(await child.ended).toBe(0);
    expect(JSON.parse(child.output().stdout)).toMatchObject({ appId });
  });

  it('signs with the key of the environment or of a file, and is told where the server wants one', async () => {
    const secret = 'secretsecretsecretsecretsecretsecretsecr';
    const keys = `[other]\naws_access_key_id = AKIDOTHER\naws_secret_access_key = ${secret}\n\n[one]\naws_access_key_id = AKIDONE\naws_secret_access_key = ${secret}${secret}\n`;
    const { url } = await testServer({ credentials: parseCredentials(keys, 'keys').credentials });
    const file = join(temporaryFolder(), 'keys');
    writeFileSync(file, keys, { mode: 0o600 });
    const call = ['call', 'CreateBackend', '--url', url];
    const created = (appId: string) => json({ appId, appName: 'shop', backendEnvironmentName: 'staging' });
    const env = { AWS_ACCESS_KEY_ID: 'AKIDOTHER', AWS_SECRET_ACCESS_KEY: secret };
    expect((await command([...call, ...created('d1')], env)).code).toBe(0);
    expect((await command([...call, ...created('d2'), '--credentials', file])).code).toBe(0);
    const one = ['--credentials', file, '--access-key-id', 'AKIDONE'];
    expect((await command([...call, ...created('d3'), ...one])).code).toBe(0);

    const unsigned = await command([...call, ...created('d4')]);
    expect(unsigned).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^MissingAuthenticationTokenException: /),
    });
    const wrong = await command([...call, ...created('d4')], { ...env, AWS_SECRET_ACCESS_KEY: 'wrong' });
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringMatching(/^InvalidSignatureException: /) });
    expect(`${wrong.stderr}${wrong.stdout}`).not.toContain(secret);
  });

  it('tells a refusal by its name, its message, its status and its request, with 1', async () => {
    const { url } = await shared();
    const ran = await command(['call', 'GetBackend', '--url', url, ...json({ appId: 'nowhere' })]);
    expect(ran.code).toBe(1);
    expect(ran.stdout).toBe('');
    expect(ran.stderr).toMatch(/^NotFoundException: App nowhere does not exist\. \(status 404, request [\w-]+\)\n$/);
  });

  it('tells that no server answers, and what would help, with 3', async () => {
    const ran = await command(['call', 'GetBackend', '--url', 'http://127.0.0.1:9', ...json({ appId: 'd1' })]);
    expect(ran).toMatchObject({ code: 3, stdout: '' });
    expect(ran.stderr).toMatch(/^No answer from http:\/\/127\.0\.0\.1:9: .*amplify-backend-auth serve.*\n$/);
  });

  it.each([
    [['call', 'UpdateBackendAut'], 'There is no operation "UpdateBackendAut". Did you mean UpdateBackendAuth?'],
    [['call', 'Foo'], 'There is no operation "Foo". `call --help` lists all of them.'],
    [['call', 'getbackend'], 'Did you mean GetBackend?'],
    [['call', 'GetBackend', '--json', '{'], '--json is not valid JSON'],
    [['call', 'GetBackend', '--json', '[]'], '--json must be a JSON object'],
    [['call', 'GetBackend', '--json', '@nowhere.json'], 'The file nowhere.json does not exist.'],
    [['call', 'GetBackend'], '--json must have appId'],
    [['call', 'GetBackend', '--json', '{"appId":".."}'], '--json must have appId'],
    [
      ['call', 'GetBackend', '--output', 'xml', '--json', '{"appId":"d1"}'],
      '--output must be one of json, table, not "xml".',
    ],
    [['call', 'GetBackend', '--url', 'localhost', '--json', '{"appId":"d1"}'], '--url must be a URL'],
    [['call', 'GetBackend', '--timeout', '0', '--json', '{"appId":"d1"}'], '--timeout must be a whole number from 1'],
    [['call', 'GetBackend', '--colour'], "Unknown option '--colour'"],
    [['call', 'GetBackend', 'extra'], 'Too many arguments'],
    [['cal', 'GetBackend'], "Unknown command 'cal'. Did you mean call?"],
    [['state', 'exprt'], "Unknown command 'exprt'. Did you mean export?"],
  ])('refuses %j in one sentence, with 2', async (args, sentence) => {
    const ran = await command(args);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr.trim().split('\n')).toEqual([expect.stringContaining(sentence)]);
  });

  it('asks for the other half of a key where the environment has but one', async () => {
    const ran = await command(['call', 'GetBackend', ...json({ appId: 'd1' })], { AWS_ACCESS_KEY_ID: 'AKID' });
    expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining('AWS_SECRET_ACCESS_KEY must be set too') });
  });
});

describe('help', () => {
  it('of the whole names every command, its exit codes and an example', async () => {
    const { code, stdout } = await command(['--help']);
    expect(code).toBe(0);
    for (const name of ['serve', 'call', 'state']) expect(stdout).toMatch(new RegExp(`^ +${name}\\b`, 'm'));
    expect(stdout).toMatch(/Exit codes: 0 .* 3 /);
    expect(stdout).toContain('Example: amplify-backend-auth serve');
  });

  it('of call lists every operation of the contract, and no other', async () => {
    const { stdout } = await command(['call', '--help']);
    const listed = [...stdout.matchAll(/^ {2}([A-Z]\w+) /gm)].map(([, id]) => id);
    expect(listed).toEqual(Object.keys(operations));
  });

  it.each(Object.keys(operations))('of call %s says what the operation takes, by an example that fits', async (id) => {
    const { code, stdout } = await command(['call', id, '--help']);
    expect(code).toBe(0);
    const example = /^Example: amplify-backend-auth call \w+ --json '(.*)'$/m.exec(stdout)?.[1] ?? '';
    const input = JSON.parse(example);
    for (const member of Object.keys(input)) expect(stdout).toMatch(new RegExp(`^  ${member} {2}`, 'm'));
    for (const name of operations[id as keyof typeof operations].pathParams) expect(input).toHaveProperty(name);
  });

  it('of an operation has its enums’ values and marks what is required or deprecated', async () => {
    const { stdout } = await command(['call', 'UpdateBackendAuth', '--help']);
    expect(stdout).toContain('MFAMode  ON | OFF | OPTIONAL');
    expect(stdout).toMatch(/resourceConfig {2}object, required/);
    expect(stdout).toMatch(/forgotPassword {2}object, deprecated/);
  });

  it.each([['serve'], ['state', 'export'], ['state', 'import'], ['state', 'reset'], ['state']])(
    'of %s %s has an example and the exit codes',
    async (...names) => {
      const { code, stdout } = await command([...names.filter(Boolean), '--help']);
      expect(code).toBe(0);
      expect(stdout).toMatch(/^Exit codes: 0 /m);
      expect(stdout).toMatch(/^Example: .*amplify-backend-auth /m);
    },
  );

  it('is shown, with 2, where a command lacks its sub-command', async () => {
    expect(await command(['call'])).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('Usage:') });
  });

  it('is what the command shows on its own, and what help COMMAND shows', async () => {
    expect(await command([])).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('Usage:') });
    expect(await command(['help', 'serve'])).toEqual(await command(['serve', '--help']));
    expect((await command(['help', 'call'])).stdout).toContain('UpdateBackendAuth');
  });

  it.each(['bash', 'zsh', 'fish'])('has a completion for %s beside it', async (shell) => {
    const { code, stdout } = await command(['completion', shell]);
    expect(code).toBe(0);
    expect(stdout).toContain('amplify-backend-auth completion words');
  });

  it('completes commands, operations and options', async () => {
    const words = async (...given: string[]) => (await command(['completion', 'words', ...given])).stdout.split('\n');
    expect(await words()).toEqual(expect.arrayContaining(['serve', 'call', 'state', '--version']));
    expect(await words('call')).toEqual(expect.arrayContaining(['GetBackend', 'UpdateBackendAuth']));
    expect(await words('call', 'GetBackend')).toEqual(expect.arrayContaining(['--json', '--wait', '--strict']));
  });

  it.each([[[]], [['serve']], [['call', 'GetBackend']]])('has a version beside it: %j', async (names) => {
    const ran = await command([...names, '--version']);
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });

  it('has a version beside it', async () => {
    expect(await command(['--version'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });
});
