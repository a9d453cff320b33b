import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { root } from './process.ts';

interface Emulator {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Record<string, string>;
  readonly isThere: () => boolean;
  /** Instructions for a machine without it. */
  readonly advice: string;
}

const LOCAL = join(root, 'test/emulators/node_modules/cognito-local/lib/bin/start.js');

// Port 0 takes a free one; both print where they listen.
export const cognitoLocal: Emulator = {
  name: 'cognito-local',
  command: process.execPath,
  args: [LOCAL],
  env: { PORT: '0', HOST: '127.0.0.1' },
  isThere: () => existsSync(LOCAL),
  advice: 'npm ci --prefix test/emulators installs it',
};

export const moto: Emulator = {
  name: 'moto_server',
  command: 'moto_server',
  args: ['-H', '127.0.0.1', '-p', '0'],
  env: { PYTHONUNBUFFERED: '1' },
  isThere: () => spawnSync('moto_server', ['--help'], { stdio: 'ignore' }).status === 0,
  advice: 'pip install "moto[server]" installs it',
};

/**
 * Tests against an emulator that runs for them alone. Where it is not installed they are skipped with one line that
 * says so; but fail where they are to be run always.
 */
export function describeWith(emulator: Emulator, tests: (endpoint: () => string) => void): void {
  const { name, advice } = emulator;
  if (!emulator.isThere()) {
    const sentence = `${name} is not on this machine: ${advice}.`;
    if (process.env.CI === 'true') {
      it(`needs ${name}`, () => {
        throw new Error(sentence);
      });
    } else {
      console.warn(`Skipped: ${sentence}`);
      it.skip(`needs ${name}`);
    }
    return;
  }
  describe(`with ${name}`, () => {
    let running: Awaited<ReturnType<typeof start>> | undefined;
    beforeAll(async () => {
      running = await start(emulator);
    });
    afterAll(() => running?.stop());
    tests(() => running?.url ?? '');
  });
}

async function start({ name, command, args, env }: Emulator): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'backend-auth-emulator-'));
  const child = spawn(command, args, { cwd: folder, env: { ...process.env, ...env }, detached: true, stdio: 'pipe' });
  const end = () => kill(child);
  process.once('exit', end);
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async () => {
    process.removeListener('exit', end);
    end();
    await closed;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const read = (data: Buffer) => {
      output += String(data);
      const found = /http:\/\/127\.0\.0\.1:[1-9]\d*/.exec(output)?.[0];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', reject);
    child.once('close', () => reject(new Error(`${name} ended before it was ready: ${output}`)));
  });
  return { url, stop };
}

/** The emulator with whatever it started itself. */
function kill(child: ChildProcess): void {
  try {
    process.kill(-(child.pid ?? 0), 'SIGKILL');
  } catch {
    // it has ended
  }
}
