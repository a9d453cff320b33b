import { join } from 'node:path';
import { update } from '../environments.ts';
import type { Options } from '../options.ts';
import { run } from '../processes.ts';
import { CONNECTIONS, type Contender, inRounds, type Rounds } from '../rounds.ts';
import { serve } from '../serve.ts';
import { median, ratio, spread } from '../stats.ts';
import { figure, type Goal, judged, least, most, percent, type Table } from '../table.ts';

const SIZES = [10, 100, 1_000, 3_000] as const;
const USED = 50;
const SCRIPT = join(import.meta.dirname, '../largeServer.ts');

/** The same operation in documents of more and more operations; pipeline/express alone, without a database. */
export async function scale(options: Options, say: (line: string) => void): Promise<Table[]> {
  const listening = new Map<number, number[]>(SIZES.map((size) => [size, []]));
  const contenders: Contender[] = SIZES.map((size) => ({
    name: String(size),
    async start() {
      const serving = await serve([process.execPath, SCRIPT, String(size)]);
      listening.get(size)?.push(serving.startTime);
      return serving;
    },
    requests: () => ({
      method: 'POST',
      path: '/backend/app{app}/auth/env{environment}',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(update),
    }),
  }));
  const rounds = await inRounds(contenders, { apps: 100 }, options, say);
  return [rates(rounds, listening), await memory(options, say)];
}

function rates(rounds: Rounds, listening: ReadonlyMap<number, readonly number[]>): Table {
  const of = (size: number, what: 'rate' | 'cpu') => (rounds.get(String(size)) ?? []).map((one) => one?.[what]);
  const rows = SIZES.map((size) => {
    const found = of(size, 'rate').filter((rate) => rate !== undefined);
    const ready = median(listening.get(size) ?? []);
    const byRate = ratio(of(size, 'rate'), of(SIZES[0], 'rate'));
    const byCpu = ratio(of(SIZES[0], 'cpu'), of(size, 'cpu'));
    return [
      size.toLocaleString('en-US'),
      figure(median(found)),
      percent(spread(found)),
      ...(size === SIZES[0] ? ['', '', '', ''] : [figure(byRate), figure(byCpu), ...judged(byRate, least(0.9))]),
      figure(ready),
    ];
  });
  return {
    title: `UpdateBackendAuth by pipeline/express alone, ${CONNECTIONS} connections, in a document of this API's operations`,
    columns: ['operations', 'requests/s', 'spread', '÷ that of 10', 'by CPU', 'goal', '', 'listens after ms'],
    rows,
    data: { rounds: Object.fromEntries(rounds), listening: Object.fromEntries(listening) },
  };
}

async function memory({ rounds }: Options, say: (line: string) => void): Promise<Table> {
  const measured = async (size: number) => {
    // Of ten operations there are no copies to call.
    const used = size === SIZES[0] ? 0 : USED;
    const { stdout } = await run([process.execPath, '--expose-gc', SCRIPT, String(size), String(used)]);
    return JSON.parse(stdout) as { perUsed: number; ofAll: number };
  };
  const perUsed: number[] = [];
  const perUnused: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const small = await measured(SIZES[0]);
    const large = await measured(1_000);
    perUsed.push(large.perUsed);
    perUnused.push((large.ofAll - small.ofAll) / (1_000 - SIZES[0]));
    say(
      `${round}/${rounds} ${figure(large.perUsed)} kB a used operation, ${figure(perUnused.at(-1) ?? 0)} kB an unused one`,
    );
  }
  const row = (name: string, found: number[], goal?: Goal) => [
    name,
    figure(median(found)),
    percent(spread(found)),
    ...judged(median(found), goal),
  ];
  return {
    title: 'Memory (heap) that an operation takes up',
    columns: ['', 'kB', 'spread', 'goal', ''],
    // Where an operation leads is kept in any case.
    rows: [row(`used: one of ${USED} copies of UpdateBackendAuth`, perUsed, most(150, 'kB')), row('unused', perUnused)],
    data: { perUsed, perUnused },
  };
}
