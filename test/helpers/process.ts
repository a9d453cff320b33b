import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

export const root = new URL('../../', import.meta.url).pathname;

export interface Run {
  readonly child: ChildProcess;
  /** Its output so far. */
  readonly output: () => { readonly stdout: string; readonly stderr: string };
  /** Resolves with the exit code, or the name of the signal that ended it, once its output is complete. */
  readonly ended: Promise<number | string | null>;
}

/** Starts a command, in the project's folder by default, as a process group that is gone when the test ends. */
export function run(command: string, args: readonly string[], env: Record<string, string> = {}, cwd = root): Run {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, detached: true, stdio: 'pipe' });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (data) => {
    stdout += String(data);
  });
  child.stderr.on('data', (data) => {
    stderr += String(data);
  });
  onTestFinished(() => {
    try {
      process.kill(-(child.pid ?? 0), 'SIGKILL');
    } catch {
      // it has ended, with all that it started
    }
  });
  const ended = once(child, 'close').then(([code, signal]) => code ?? signal);
  return { child, output: () => ({ stdout, stderr }), ended };
}

export const server = (args: readonly string[], env: Record<string, string> = {}): Run =>
  run(process.execPath, ['server/bin.js', ...args], env);

/** The base URL that a server prints once it is ready. */
export async function ready({ child, output, ended }: Run): Promise<string> {
  for (;;) {
    const url = /API\s+(http:\/\/\S+?)\/prod/.exec(output().stdout)?.[1];
    if (url !== undefined) return url;
    const next = await Promise.race([ended.then(() => 'ended'), once(child.stdout ?? child, 'data')]);
    if (next === 'ended') throw new Error(`It ended before it was ready: ${output().stderr}`);
  }
}
