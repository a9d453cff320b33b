import { join } from 'node:path';
import type { Requests } from '../load.ts';
import type { Options } from '../options.ts';
import { pet, petstoreFile } from '../petstore.ts';
import { CONTENDERS } from '../processes.ts';
import { CONNECTIONS, type Contender, inRounds, type Rounds } from '../rounds.ts';
import { serve } from '../serve.ts';
import { median, ratio, spread } from '../stats.ts';
import { figure, judged, least, percent, type Table } from '../table.ts';

const OURS = 'ours';
const posts: Requests = {
  method: 'POST',
  path: '/pets',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(pet),
};
const gets: Requests = { method: 'GET', path: '/pets/7?fields=name' };

const others = [
  { name: 'Express + EOV', script: 'petstore-eov.mjs', goal: 2 },
  { name: 'Fastify + glue', script: 'petstore-fastify.mjs', goal: 0.9 },
  { name: 'openapi-backend', script: 'petstore-backend.mjs' },
  { name: 'Express', script: 'petstore-express.mjs' },
] as const;

/** Servers that tools make of one document, without a store: what routing and validation cost. */
export async function petstore(options: Options, say: (line: string) => void): Promise<Table[]> {
  const file = petstoreFile();
  const wanted = others.filter(
    ({ name }) => options.only.length === 0 || options.only.some((part) => name.includes(part)),
  );
  const contenders = (requests: Requests): Contender[] => [
    {
      name: OURS,
      start: () => serve([process.execPath, join(import.meta.dirname, '../petstoreServer.ts')]),
      requests: () => requests,
    },
    ...wanted.map(({ name, script }) => ({
      name,
      start: () => serve([process.execPath, join(CONTENDERS, script), file]),
      requests: () => requests,
    })),
  ];
  const tables: Table[] = [];
  for (const [title, requests] of [
    ['a pet is added', posts],
    ['a pet is read', gets],
  ] as const) {
    say(`${title}:`);
    const rounds = await inRounds(contenders(requests), { apps: 1 }, options, say);
    tables.push(
      table(`A generated petstore server: ${title}, validated both ways, ${CONNECTIONS} connections`, rounds),
    );
  }
  return tables;
}

function table(title: string, rounds: Rounds): Table {
  const of = (name: string, what: 'rate' | 'cpu') => (rounds.get(name) ?? []).map((one) => one?.[what]);
  const known = (values: readonly (number | undefined)[]) => values.filter((value) => value !== undefined);
  const rows = [...rounds.keys()].map((name) => {
    const goal = others.find((one) => one.name === name);
    const byRate = ratio(of(OURS, 'rate'), of(name, 'rate'));
    const byCpu = ratio(of(name, 'cpu'), of(OURS, 'cpu'));
    const rates = known(of(name, 'rate'));
    return [
      name,
      figure(median(rates)),
      percent(spread(rates)),
      figure(median(known(of(name, 'cpu')))),
      ...(name === OURS ? ['', '', '', ''] : [figure(byRate), figure(byCpu)]),
      ...(name === OURS ? [] : judged(byRate, goal && 'goal' in goal ? least(goal.goal) : undefined)),
    ];
  });
  return {
    title,
    columns: ['', 'requests/s', 'spread', 'CPU µs/request', 'ours ÷ it', 'by CPU', 'goal', ''],
    rows,
    notes: ['Fastify + glue validates no answer, and Express nothing.'],
    data: { rounds: Object.fromEntries(rounds) },
  };
}
