import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { CONTENDERS, run } from './processes.ts';

const FOLDER = import.meta.dirname;
export const hasWrk = spawnSync('wrk', ['--version']).error === undefined;
export const generator = hasWrk ? 'wrk' : 'autocannon';

/** One request after the other, `{app}` and `{environment}` in the path of each standing for the next environment. */
export interface Requests {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Load {
  readonly url: string;
  readonly requests: Requests;
  /** How many apps there are environments in. */
  readonly apps: number;
  /** How many requests went before, so that no environment is met twice. */
  readonly offset: number;
  readonly seconds: number;
  readonly connections: number;
  /** Requests a second, all connections together; as many as get through where it is undefined. */
  readonly rate?: number;
}

export interface Loaded {
  readonly count: number;
  /** Requests answered a second. */
  readonly rate: number;
  /** Latencies in ms, in ascending order, of a run with a rate; nothing otherwise. */
  readonly latencies: readonly number[];
}

/** Puts load on a server from core 1. Throws where an answer is not a 200: that voids the figures. */
export async function load(given: Load): Promise<Loaded> {
  const answer = hasWrk && given.rate === undefined ? await wrk(given) : await autocannon(given);
  if (answer.bad > 0) throw new Error(`${answer.bad} of ${answer.count} answers of ${given.url} were not a 200: void.`);
  if (answer.count === 0) throw new Error(`${given.url} answered nothing: void.`);
  return answer;
}

type Counted = Loaded & { readonly bad: number };

async function wrk({ url, requests, apps, offset, seconds, connections }: Load): Promise<Counted> {
  const headers = Object.entries(requests.headers ?? {}).flat();
  const script = ['-s', join(FOLDER, 'requests.lua'), url, '--'];
  const args = [requests.method, requests.path, requests.body ?? '', String(apps), String(offset), ...headers];
  const { stdout } = await run(
    ['wrk', '-t1', '--timeout', '10s', `-c${connections}`, `-d${seconds}`, ...script, ...args],
    1,
  );
  const found = /^count (\d+) bad (\d+) microseconds (\d+)$/m.exec(stdout);
  if (found === null) throw new Error(`wrk said something else: ${stdout.slice(-300)}`);
  const [count = 0, bad = 0, time = 0] = found.slice(1).map(Number);
  return { count, bad, rate: count / (time / 1e6), latencies: [] };
}

async function autocannon(given: Load): Promise<Counted> {
  const { stdout } = await run([process.execPath, join(CONTENDERS, 'autocannon.mjs'), JSON.stringify(given)], 1);
  return JSON.parse(stdout) as Counted;
}
