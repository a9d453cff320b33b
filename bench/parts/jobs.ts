import { randomBytes } from 'node:crypto';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { drained, fillBacklog, isEmpty } from '../backlog.ts';
import * as contenders from '../contenders.ts';
import { makeEnvironments, PER_APP, template, update } from '../environments.ts';
import type { Options } from '../options.ts';
import { withPostgres } from '../postgres.ts';
import { CONTENDERS, run, start, stop, TEMP } from '../processes.ts';
import { median, percentile, spread } from '../stats.ts';
import { figure, type Goal, judged, least, most, percent, type Table } from '../table.ts';
import { footprints } from './footprints.ts';

const RATE = 500; // updates a second
const BACKLOG = 50_000;
/** PostgreSQL's is shorter, so that the part stays short. */
const SHARED_BACKLOG = 10_000;

export async function jobs(options: Options, say: (line: string) => void): Promise<Table[]> {
  const table = await queue(options, say);
  return [table, await footprints(options, say)];
}

async function queue({ rounds, seconds }: Options, say: (line: string) => void): Promise<Table> {
  const p50: number[] = [];
  const p99: number[] = [];
  const latency = Math.ceil((RATE * (seconds + 1)) / PER_APP);
  const followed = await template(latency);
  for (let round = 1; round <= rounds; round += 1) {
    const latencies = await follow(followed.copy(), latency, seconds);
    p50.push(percentile(latencies, 0.5));
    p99.push(percentile(latencies, 0.99));
    say(`${round}/${rounds} ${RATE} updates/s: p99 ${figure(p99.at(-1) ?? Number.NaN)} ms`);
  }
  const backlog = join(TEMP, 'backlog.sqlite');
  copyFileSync((await template(BACKLOG / PER_APP)).copy(), backlog);
  await fillBacklog(backlog, BACKLOG / PER_APP);
  const sqlite: number[] = [];
  const postgres: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    sqlite.push(await drainSqlite(backlog));
    say(`${round}/${rounds} backlog on SQLite: ${figure(sqlite.at(-1) ?? Number.NaN)}/s`);
  }
  for (let round = 1; round <= Math.min(rounds, 2); round += 1) {
    const rate = await withPostgres(drainPostgres);
    if (rate === undefined) {
      say('No PostgreSQL at 127.0.0.1:5432: its backlog is left out; set POSTGRES_URL to measure with another one.');
      break;
    }
    postgres.push(rate);
    say(`${round} backlog on PostgreSQL: ${figure(rate)}/s`);
  }
  const row = (name: string, found: number[], unit: string, goal?: Goal) => [
    name,
    `${figure(median(found))} ${unit}`,
    percent(spread(found)),
    ...judged(median(found), goal),
  ];
  return {
    title: 'Jobs, with the local provisioner',
    columns: ['', 'figure', 'spread', 'goal', ''],
    rows: [
      row(`from update to COMPLETED as its client sees it, p50 at ${RATE} updates/s on SQLite`, p50, 'ms'),
      row(`the same, p99`, p99, 'ms', most(100, 'ms')),
      row(`backlog of ${BACKLOG.toLocaleString('en-US')} drained on SQLite`, sqlite, 'jobs/s', least(5_000)),
      row(
        `backlog of ${SHARED_BACKLOG.toLocaleString('en-US')} drained on PostgreSQL, two workers`,
        postgres,
        'jobs/s',
        least(1_000),
      ),
    ],
    data: { p50, p99, sqlite, postgres },
  };
}

/** The latencies of jobs, in ms, after a second that warms both sides. */
async function follow(database: string, apps: number, seconds: number): Promise<number[]> {
  const server = await contenders.ours(database);
  try {
    const args = [server.url, RATE, seconds + 1, apps, JSON.stringify(update)].map(String);
    const { stdout } = await run([process.execPath, join(CONTENDERS, 'follow.mjs'), ...args], 1);
    return (JSON.parse(stdout) as { latencies: number[] }).latencies;
  } finally {
    await server.stop();
  }
}

async function drainSqlite(backlog: string): Promise<number> {
  const database = join(TEMP, 'drained.sqlite');
  copyFileSync(backlog, database);
  const server = await contenders.ours(database);
  try {
    // The server has the file for itself; what it tells of its queue costs it little.
    while (await hasJobs(server.url)) await sleep(500);
  } finally {
    await server.stop();
  }
  return drained(database, BACKLOG);
}

async function hasJobs(url: string): Promise<boolean> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const counts = [...text.matchAll(/^jobs\{state="(?:waiting|running)"\} (\d+)/gm)].map(([, count]) => Number(count));
  return counts.some((count) => count > 0);
}

async function drainPostgres(database: string): Promise<number> {
  const apps = SHARED_BACKLOG / PER_APP;
  await makeEnvironments(database, apps);
  await fillBacklog(database, apps);
  const flags = ['serve', '--role', 'worker', '--port', '0', '--database', database, '--log-level', 'error'];
  const env = { ...process.env, SECRETS_KEY: randomBytes(32).toString('base64') };
  const workers = [1, 2].map(() =>
    start([process.execPath, 'server/bin.js', ...flags], undefined, { env, stdio: 'ignore' }),
  );
  try {
    while (!(await isEmpty(database))) await sleep(200);
  } finally {
    await Promise.all(workers.map((worker) => stop(worker, 'SIGTERM')));
  }
  return drained(database, SHARED_BACKLOG);
}
