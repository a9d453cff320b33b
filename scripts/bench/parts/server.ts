import * as contenders from '../contenders.ts';
import { PER_APP, template, update } from '../environments.ts';
import { type Loaded, load, type Requests } from '../load.ts';
import type { Options } from '../options.ts';
import { cpuTime } from '../processes.ts';
import type { Serving } from '../serve.ts';
import { median, percentile, ratio, spread } from '../stats.ts';
import { figure, type Goal, judged, least, most, percent, type Table } from '../table.ts';

const CONNECTIONS = 32;
const WARM_UP = 2; // s
/** More requests a second than any contender on one core answers that is held to one update for each environment. */
const FASTEST = 12_000;
const JSON_BODY = { 'Content-Type': 'application/json' };

interface Contender {
  readonly name: string;
  readonly start: () => Promise<Serving>;
  /** What is asked of it; it may be asked something itself before. */
  readonly requests: (serving: Serving) => Promise<Requests> | Requests;
  /** The least that our figure is to be, as a multiple of its. */
  readonly goal?: number;
}

/** One contender in one round. */
interface Measured {
  readonly rate: number;
  /** µs of CPU time that the server's process used for each request. */
  readonly cpu: number;
}

type Rounds = Map<string, (Measured | undefined)[]>;

const updates: Requests = {
  method: 'POST',
  path: '/backend/app{app}/auth/env{environment}',
  headers: JSON_BODY,
  body: JSON.stringify(update),
};

export async function server(options: Options, say: (line: string) => void): Promise<Table[]> {
  const apps = Math.ceil((FASTEST * (WARM_UP + options.seconds)) / PER_APP);
  say(`Making ${apps * PER_APP} environments …`);
  const database = await template(apps);
  const start = () => contenders.ours(database.copy());
  const own = { name: 'ours', start };
  const wanted = ({ name }: Contender) => options.only.length === 0 || options.only.some((part) => name.includes(part));

  const forUpdates: Contender[] = [
    { name: 'Express', start: contenders.express, requests: () => updates, goal: 0.4 },
    { name: 'Express + EOV', start: contenders.expressEov, requests: () => updates, goal: 2.5 },
  ];
  const forJobs: Contender[] = [
    {
      name: 'Express',
      start: contenders.express,
      requests: () => ({ method: 'GET', path: jobPath(JOB_ID) }),
      goal: 0.36,
    },
  ];
  const ownUpdates: Contender = { ...own, requests: () => updates };
  const ownJobs: Contender = { ...own, requests: aJob };
  const measure = (all: readonly Contender[]) => inRounds(all, apps, options, say);
  const found = await measure([ownUpdates, ...forUpdates.filter(wanted)]);
  const jobs = await measure([ownJobs, ...forJobs.filter(wanted)]);
  return [
    table(
      'UpdateBackendAuth, validated both ways, on disk before it is answered (SQLite, synchronous=FULL), 32 connections',
      found,
      forUpdates,
    ),
    table('GetBackendJob, validated both ways, 32 connections', jobs, forJobs),
  ];
}

const JOB_ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const jobPath = (id: string): string => `/backend/app0/job/env0/${id}`;

/** Ours answers for a job that there is. */
async function aJob({ url }: Serving): Promise<Requests> {
  const path = updates.path.replaceAll(/\{\w+\}/g, '0');
  const answer = await fetch(url + path, { method: 'POST', headers: JSON_BODY, body: JSON.stringify(update) });
  const { jobId } = (await answer.json()) as { jobId: string };
  return { method: 'GET', path: jobPath(jobId) };
}

async function inRounds(
  all: readonly Contender[],
  apps: number,
  options: Options,
  say: (line: string) => void,
): Promise<Rounds> {
  const rounds: Rounds = new Map(all.map(({ name }) => [name, []]));
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const contender of all) {
      const measured = await oneRound(contender, apps, options.seconds).catch((error: Error) => say(error.message));
      rounds.get(contender.name)?.push(measured ?? undefined);
      if (measured)
        say(`${round}/${options.rounds} ${contender.name}: ${figure(measured.rate)}/s, ${figure(measured.cpu)} µs`);
    }
  }
  return rounds;
}

async function oneRound({ start, requests }: Contender, apps: number, seconds: number): Promise<Measured> {
  const serving = await start();
  try {
    const given = { url: serving.url, requests: await requests(serving), apps, connections: CONNECTIONS };
    const { count } = await load({ ...given, offset: 1, seconds: WARM_UP });
    const before = cpuTime(serving.child.pid);
    const loaded = await load({ ...given, offset: 1 + count + CONNECTIONS, seconds });
    return { rate: loaded.rate, cpu: (cpuTime(serving.child.pid) - before) / loaded.count };
  } finally {
    await serving.stop();
  }
}

function table(title: string, rounds: Rounds, all: readonly Contender[]): Table {
  const own = rounds.get('ours') ?? [];
  const rows = [...rounds].map(([name, found]) => {
    const rates = found.flatMap((one) => one?.rate ?? []);
    const goal = all.find((contender) => contender.name === name)?.goal;
    const byRate = ratio(
      own.map((one) => one?.rate),
      found.map((one) => one?.rate),
    );
    // Less CPU time is better: theirs ÷ ours.
    const byCpu = ratio(
      found.map((one) => one?.cpu),
      own.map((one) => one?.cpu),
    );
    const cells = [
      name,
      figure(median(rates)),
      percent(spread(rates)),
      figure(median(found.flatMap((one) => one?.cpu ?? []))),
    ];
    if (name === 'ours') return [...cells, '', '', '', ''];
    return [...cells, figure(byRate), figure(byCpu), ...judged(byRate, goal === undefined ? undefined : least(goal))];
  });
  const columns = ['', 'requests/s', 'spread', 'CPU µs/request', 'ours ÷ it', 'by CPU', 'goal', ''];
  return { title, columns, rows, data: Object.fromEntries(rounds) };
}
