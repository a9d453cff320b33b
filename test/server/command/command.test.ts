import { execFileSync } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../helpers/folder.ts';
import { ready, root, run, server } from '../../helpers/process.ts';
import { send } from '../../helpers/server.ts';

const memory = ['--database', ':memory:'];

describe('the command', () => {
  it('shows its help', async () => {
    const help = server(['serve', '--help']);
    expect(await help.ended).toBe(0);
    for (const flag of ['port', 'host', 'database', 'job-time', 'demo', 'log-level']) {
      expect(help.output().stdout).toContain(`--${flag}`);
    }
  });

  it.each([
    [['--prot', '1'], '--prot'],
    [['--port', 'many'], '--port must be a whole number from 0 to 65535, not "many".'],
    [['--port', '70000'], '--port'],
    [['--port'], '--port'],
    [['--job-time', '-1'], '--job-time'],
    [['--job-time', '1.5'], '--job-time'],
    [['--log-level', 'loud'], '--log-level must be one of fatal, error'],
    [['--host', '0.0.0.0'], '--host must be a loopback address'],
    [['--database', 'mysql://x'], '--database must be a SQLite file, :memory: or postgres://'],
    [['--database', 'postgres://x/y'], 'SECRETS_KEY must be set'],
    [['--role', 'boss'], '--role must be one of all, api, worker'],
    [['--job-timeout', '0'], '--job-timeout must be a whole number from 1'],
    [['--demo=yes'], '--demo'],
    [['extra'], 'extra'],
  ])('refuses %j in one sentence, with exit code 2', async (args, sentence) => {
    const refused = server(args);
    expect(await refused.ended).toBe(2);
    expect(refused.output().stderr.trim().split('\n')).toHaveLength(1);
    expect(refused.output().stderr).toContain(sentence);
    expect(refused.output().stdout).toBe('');
  });

  it('names the variable where the mistake came from the environment', async () => {
    const refused = server(['serve'], { PORT: 'many' });
    expect(await refused.ended).toBe(2);
    expect(refused.output().stderr).toContain('PORT must be a whole number');
  });

  it('says in one sentence, with exit code 1, that the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const refused = server(['--port', String(port), ...memory]);
    expect(await refused.ended).toBe(1);
    expect(refused.output().stderr.trim()).toMatch(new RegExp(`^Port ${port} on 127.0.0.1 is in use\\. [^\\n]*$`));
  });

  it('says in one sentence, with exit code 1, what is wrong with the database', async () => {
    const refused = server(['--port', '0', '--database', temporaryFolder()]);
    expect(await refused.ended).toBe(1);
    expect(refused.output().stderr.trim().split('\n')).toHaveLength(1);
    expect(refused.output().stderr).toContain("can't be opened");
  });

  it('takes flags and variables, and prints a curl line that works as printed', async () => {
    const started = server(['--demo', '--admin'], { PORT: '0', DATABASE_URL: ':memory:', LOG_LEVEL: 'warn' });
    const url = await ready(started);
    const { stdout, stderr } = started.output();
    expect(stdout).toContain(`${url}/docs`);
    expect(stdout).toContain(`${url}/admin/docs`);
    expect(stderr).toBe('');
    const curl = stdout.split('\n').find((line) => line.startsWith('curl ')) ?? '';
    const [, target = '', body = ''] = /^curl -X POST (\S+) .* -d '(.*)'$/.exec(curl) ?? [];
    expect(await send(target, body)).toMatchObject({ status: 200, body: { status: 'RUNNING' } });
  });

  it('makes the demo once, and keeps what was done to it', async () => {
    const args = ['--port', '0', '--demo', '--log-level', 'silent', '--database', join(temporaryFolder(), 'demo.db')];
    for (const expected of [8, 12]) {
      const started = server(args);
      const url = await ready(started);
      const auth = `${url}/backend/d1a2b3c4d5e6f7/auth/staging`;
      const { body } = await send(`${auth}/details`, { resourceName: 'shopauth' });
      expect(body.resourceConfig.userPoolConfigs.passwordPolicy.minimumLength).toBe(expected);
      const userPoolConfigs = { passwordPolicy: { minimumLength: 12 } };
      const resourceConfig = { authResources: 'USER_POOL_ONLY', service: 'COGNITO', userPoolConfigs };
      expect((await send(auth, { resourceName: 'shopauth', resourceConfig })).status).toBe(200);
      started.child.kill('SIGTERM');
      expect(await started.ended).toBe(0);
    }
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends cleanly on %s, with its jobs done', async (signal) => {
    const started = server(['--port', '0', ...memory]);
    const url = await ready(started);
    await send(`${url}/backend`, { appId: 'd1', appName: 'shop', backendEnvironmentName: 'staging' });
    started.child.kill(signal);
    expect(await started.ended).toBe(0);
    expect(started.output().stderr).toContain('job completed');
  });

  it('logs one JSON line a request', async () => {
    const started = server(['--port', '0', ...memory]);
    const url = await ready(started);
    await send(`${url}/backend/d1/auth/staging`, {});
    started.child.kill('SIGTERM');
    await started.ended;
    const lines = started
      .output()
      .stderr.trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.filter(({ msg }) => msg === 'request')).toEqual([
      expect.objectContaining({
        method: 'POST',
        path: '/backend/d1/auth/staging',
        operation: 'UpdateBackendAuth',
        status: 400,
      }),
    ]);
  });
});

// npm hands SIGTERM to its shell, and not every shell hands it on: `exec` in the script makes the server that process.
describe.skipIf(process.platform === 'win32')('npm start', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('drains on %s and leaves no process behind', async (signal) => {
    const started = run('npm', ['start', '--', '--port', '0', ...memory]);
    const url = await ready(started);
    started.child.kill(signal);
    await started.ended;
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
    expect(() => process.kill(-(started.child.pid ?? 0), 0)).toThrow(/ESRCH/);
  });

  it('tells an old Node what is missing, in one sentence', () => {
    const script = 'Object.defineProperty(process, "version", { value: "v20.1.0" });';
    const old = 'Object.defineProperty(process.versions, "node", { value: "20.1.0" });';
    const code = `${script}${old}require("./scripts/require-node.cjs")`;
    expect(() => execFileSync(process.execPath, ['-e', code], { cwd: root, stdio: 'pipe' })).toThrow(
      /This needs Node 24 or newer, and found v20\.1\.0/,
    );
  });
});
