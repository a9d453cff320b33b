import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { freePort } from './freePort.ts';

const BIN = globSync('/usr/lib/postgresql/*/bin').find((folder) => existsSync(join(folder, 'initdb')));

/** Whether PostgreSQL's own programs are installed, in Debian's place. */
export const canRunPostgres = BIN !== undefined || process.env.CI === 'true';
if (!canRunPostgres) console.warn("Skipped: PostgreSQL's programs are not in /usr/lib/postgresql.");

export interface OwnPostgres {
  readonly url: string;
  stop(): void;
  start(): void;
}

/** A PostgreSQL server of the test's own, that can be stopped and started again. */
export async function ownPostgres(): Promise<OwnPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'backend-auth-postgres-'));
  const data = join(folder, 'data');
  const port = await freePort();
  const asRoot = process.getuid?.() === 0;
  // PostgreSQL refuses to run as root.
  if (asRoot) {
    const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres']));
    chownSync(folder, id('-u'), id('-g'));
  }
  const run = (program: string, ...args: string[]): void => {
    const command = [join(BIN ?? '', program), ...args];
    const [file = '', ...rest] = asRoot ? ['runuser', '-u', 'postgres', '--', ...command] : command;
    const { status, stderr, error } = spawnSync(file, rest, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    if (status !== 0) throw new Error(`${program} failed: ${error?.message ?? String(stderr)}`);
  };
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''`;
  const start = () => run('pg_ctl', '-D', data, '-l', join(folder, 'log'), '-w', '-o', options, 'start');
  const stop = () => run('pg_ctl', '-D', data, '-w', '-m', 'fast', 'stop');
  run('initdb', '-D', data, '-U', 'postgres', '-A', 'trust');
  start();
  onTestFinished(() => {
    spawnSync(asRoot ? 'runuser' : join(BIN ?? '', 'pg_ctl'), [
      ...(asRoot ? ['-u', 'postgres', '--', join(BIN ?? '', 'pg_ctl')] : []),
      ...['-D', data, '-m', 'immediate', 'stop'],
    ]);
    rmSync(folder, { recursive: true, force: true });
  });
  return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, start, stop };
}
