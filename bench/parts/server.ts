import { setTimeout } from 'node:timers/promises';
import * as contenders from '../contenders.ts';
import { PER_APP, template, update } from '../environments.ts';
import type { Requests } from '../load.ts';
import type { Options } from '../options.ts';
import { CONNECTIONS, type Contender, inRounds, type Rounds, WARM_UP } from '../rounds.ts';
import type { Serving } from '../serve.ts';
import { median, percentile, ratio, spread } from '../stats.ts';
import { figure, judged, least, most, percent, type Table } from '../table.ts';

/** More updates a second than a server on one core takes, so that each finds an environment of its own. */
const FASTEST = 12_000;
const JSON_BODY = { 'Content-Type': 'application/json' };

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
  const ours: Contender = { name: 'ours', start, requests: () => updates };
  const wanted = ({ name }: Contender) => options.only.length === 0 || options.only.some((part) => name.includes(part));
  const measure = (all: readonly Contender[]) => inRounds(all, { apps }, options, say);

  const posting = forUpdates.filter(wanted);
  const posted = await measure([ours, ...posting]);
  const reading = forJobs.filter(wanted);
  const read = await measure([{ ...ours, requests: aJob }, ...reading]);
  const tables = [rates(UPDATES, posted, posting), rates(JOBS, read, reading)];

  const bare = posting.find(({ name }) => name === 'Express');
  if (bare === undefined) return tables;
  say('At half of the peak rate:');
  const peak = (name: string) => median((posted.get(name) ?? []).flatMap((one) => one?.rate ?? [])) / 2;
  return [...tables, latencies(await inRounds([ours, bare], { apps, rate: peak }, options, say))];
}

const UPDATES = `UpdateBackendAuth, validated both ways, on disk before it is answered (SQLite, synchronous=FULL), ${CONNECTIONS} connections`;
const JOBS = `GetBackendJob, validated both ways, ${CONNECTIONS} connections`;

const forUpdates: readonly Contender[] = [
  { name: 'Express', start: contenders.express, requests: () => updates, goal: 0.38 },
  { name: 'Express + EOV', start: contenders.expressEov, requests: () => updates, goal: 2.2 },
  { name: 'Prism', start: contenders.prism, requests: () => updates },
  { name: 'cognito-local', start: contenders.cognitoLocal, requests: aUserPool },
  { name: 'Fastify + glue', start: contenders.fastifyGlue, requests: () => updates },
  { name: 'node:http', start: contenders.nodeHttp, requests: () => updates },
];

const JOB_ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const jobPath = (id: string): string => `/backend/app0/job/env0/${id}`;

const forJobs: readonly Contender[] = [
  {
    name: 'Express',
    start: contenders.express,
    requests: () => ({ method: 'GET', path: jobPath(JOB_ID) }),
    goal: 0.38,
  },
];

/** Ours answers for a job that there is. That it is completed shows that the updates measured were, too. */
async function aJob({ url }: Serving): Promise<Requests> {
  const path = updates.path.replaceAll(/\{\w+\}/g, '0');
  const answer = await fetch(url + path, { method: 'POST', headers: JSON_BODY, body: JSON.stringify(update) });
  const { jobId } = (await answer.json()) as { jobId: string };
  let status = 'RUNNING';
  while (status === 'RUNNING') {
    await setTimeout(50);
    ({ status } = (await (await fetch(url + jobPath(jobId))).json()) as { status: string });
  }
  if (status !== 'COMPLETED') throw new Error(`The job of an update is ${status}: void.`);
  return { method: 'GET', path: jobPath(jobId) };
}

/** cognito-local's UpdateUserPool of one pool, which says as much as our update does. */
async function aUserPool({ url }: Serving): Promise<Requests> {
  const headers = (operation: string) => ({
    'Content-Type': 'application/x-amz-json-1.1',
    'X-Amz-Target': `AWSCognitoIdentityProviderService.${operation}`,
  });
  const body = JSON.stringify({ PoolName: 'users' });
  const answer = await fetch(url, { method: 'POST', headers: headers('CreateUserPool'), body });
  const { UserPool } = (await answer.json()) as { UserPool: { Id: string } };
  const PasswordPolicy = { MinimumLength: 12, RequireNumbers: true, RequireLowercase: true };
  const change = { UserPoolId: UserPool.Id, MfaConfiguration: 'OPTIONAL', Policies: { PasswordPolicy } };
  return { method: 'POST', path: '/', headers: headers('UpdateUserPool'), body: JSON.stringify(change) };
}

function rates(title: string, rounds: Rounds, all: readonly Contender[]): Table {
  const of = (name: string, what: 'rate' | 'cpu') => (rounds.get(name) ?? []).map((one) => one?.[what]);
  const rows = [...rounds.keys()].map((name) => {
    const found = of(name, 'rate').filter((rate) => rate !== undefined);
    const cpu = median(of(name, 'cpu').filter((time) => time !== undefined));
    const cells = [name, figure(median(found)), percent(spread(found)), figure(cpu)];
    if (name === 'ours') return [...cells, '', '', '', ''];
    const goal = all.find((contender) => contender.name === name)?.goal;
    const byRate = ratio(of('ours', 'rate'), of(name, 'rate'));
    // The less CPU time the better: theirs ÷ ours.
    const byCpu = ratio(of(name, 'cpu'), of('ours', 'cpu'));
    return [...cells, figure(byRate), figure(byCpu), ...judged(byRate, goal === undefined ? undefined : least(goal))];
  });
  const columns = ['', 'requests/s', 'spread', 'CPU µs/request', 'ours ÷ it', 'by CPU', 'goal', ''];
  return { title, columns, rows, data: Object.fromEntries(rounds) };
}

function latencies(rounds: Rounds): Table {
  const of = (name: string, share: number) =>
    (rounds.get(name) ?? []).map((one) => (one === undefined ? undefined : percentile(one.latencies, share)));
  const middle = (found: readonly (number | undefined)[]) => median(found.filter((value) => value !== undefined));
  const rows = [...rounds.keys()].map((name) => {
    const rate = middle((rounds.get(name) ?? []).map((one) => one?.rate));
    const cells = [name, figure(rate), figure(middle(of(name, 0.5))), figure(middle(of(name, 0.99)))];
    if (name === 'ours') return [...cells, '', '', ''];
    const found = ratio(of('ours', 0.99), of(name, 0.99));
    return [...cells, figure(found), ...judged(found, most(2.5))];
  });
  const title = 'UpdateBackendAuth at half of the peak rate (autocannon)';
  const columns = ['', 'requests/s', 'p50 ms', 'p99 ms', "ours ÷ it's p99", 'goal', ''];
  const short = [...rounds].map(([name, found]) => [name, found.map((one) => one && { ...one, latencies: undefined })]);
  return { title, columns, rows, data: { rounds: Object.fromEntries(short), p99: { ours: of('ours', 0.99) } } };
}
