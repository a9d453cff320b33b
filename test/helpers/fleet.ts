import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { freePort } from './freePort.ts';
import { root } from './process.ts';

export interface Member {
  readonly url: string;
  /** Ends it as `kill -9` does, and starts it again. */
  kill(): Promise<void>;
}

/** Starts a server that is started again, on the same port, each time it is killed. */
export async function member(args: readonly string[], env: Record<string, string> = {}): Promise<Member> {
  const port = await freePort();
  let child: ChildProcess;
  let over = false;
  const start = async (): Promise<void> => {
    const all = ['server/bin.js', '--port', String(port), '--log-level', 'error', ...args];
    child = spawn(process.execPath, all, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (over) child.kill('SIGKILL');
    await Promise.race([once(child.stdout ?? child, 'data'), once(child, 'exit')]);
  };
  await start();
  onTestFinished(async () => {
    over = true;
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  return {
    url: `http://127.0.0.1:${port}`,
    async kill() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
      if (!over) await start();
    },
  };
}
