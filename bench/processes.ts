import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');
export const CONTENDERS = join(import.meta.dirname, 'peers');

/** The core of what is measured, and that of what puts load on it. */
export type Core = 0 | 1;

const pins = availableParallelism() > 1 && spawnSync('taskset', ['-c', '0,1', 'true']).status === 0;
export const pinning = pins ? 'server on core 0, load on core 1' : 'not pinned to cores';

/** Where all files of a run go; gone when it ends, as are the processes that it started. */
export const TEMP = mkdtempSync(join(tmpdir(), 'backend-auth-bench-'));
const running = new Set<ChildProcess>();

process.on('exit', () => {
  for (const child of running) kill(child);
  rmSync(TEMP, { recursive: true, force: true, maxRetries: 5 });
});
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.on(signal, () => process.exit(code));

/** Starts a command in a process group of its own, on one core where the machine can do that. */
export function start(command: readonly string[], core: Core | undefined, options: SpawnOptions = {}): ChildProcess {
  const [file = '', ...args] = pins && core !== undefined ? ['taskset', '-c', String(core), ...command] : command;
  const child = spawn(file, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], ...options, detached: true });
  running.add(child);
  child.once('close', () => running.delete(child));
  return child;
}

export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  /** From its start until its end, in ms. */
  readonly time: number;
}

/** Runs a command to its end, within `timeout` ms. Rejects with the end of its output where it fails, or with the time. */
export async function run(
  command: readonly string[],
  core?: Core,
  { timeout, ...options }: SpawnOptions = {},
): Promise<Ended> {
  const since = performance.now();
  const child = start(command, core, options);
  let isLate = false;
  // The timeout of `spawn` ends the child alone, and not what it started.
  const late = setTimeout(
    () => {
      isLate = true;
      kill(child);
    },
    timeout ?? 2 ** 31 - 1,
  );
  let [stdout, stderr] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const code = await new Promise<unknown>((resolve, reject) => {
    child.once('close', (status, signal) => resolve(status ?? signal));
    child.once('error', reject);
  }).finally(() => clearTimeout(late));
  const name = command.slice(0, 3).join(' ');
  if (isLate) throw new Error(`${name} … ended with no result after ${(timeout ?? 0) / 1000} s`);
  if (code !== 0) throw new Error(`${name} … ended with ${code}: ${`${stdout}\n${stderr}`.slice(-4000)}`);
  return { stdout, stderr, time: performance.now() - since };
}

/** Ends a process and what it started, and waits for that. A server of ours gets to close its database. */
export async function stop(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL' = 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  kill(child, signal);
  const late = setTimeout(() => kill(child), 15_000);
  await closed;
  clearTimeout(late);
}

function kill(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {
    // it has ended
  }
}

/** CPU time that a process has used so far, in µs: user and system, of all its threads. NaN where there is no /proc. */
export function cpuTime(pid: number | undefined): number {
  const stat = readProc(pid, 'stat');
  // Fields 14 and 15 of proc(5), in ticks of 10 ms; the name in field 2 may hold blanks.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

/** Memory that a process holds, in MB. NaN where there is no /proc. */
export const residentMemory = (pid: number | undefined): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readProc(pid, 'status'))?.[1] ?? Number.NaN) / 1024;

function readProc(pid: number | undefined, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
