import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { update } from '../environments.ts';
import { installed } from '../installed.ts';
import type { Options } from '../options.ts';
import { run } from '../processes.ts';
import { median, spread } from '../stats.ts';
import { figure, type Goal, judged, most, percent, type Table } from '../table.ts';

const SCRIPT = 'firstAnswers.mjs';

interface Found {
  readonly imported: number;
  readonly listening: number;
  readonly updated: number;
  readonly further: Readonly<Record<string, number>>;
}

const row = (name: string, values: readonly number[], goal?: Goal): string[] => [
  name,
  figure(median(values)),
  percent(spread(values)),
  ...judged(median(values), goal),
];

/** How long a process takes until it answers, and each operation for its first request: what every test file pays. */
export async function start({ rounds }: Options, say: (line: string) => void): Promise<Table[]> {
  const sources = join(import.meta.dirname, '..', SCRIPT);
  const packages = join(await installed(), SCRIPT);
  copyFileSync(sources, packages);
  const bare: number[] = [];
  const ofPackages: Found[] = [];
  const ofSources: Found[] = [];
  const measured = async (script: string): Promise<Found> => {
    const { stdout } = await run([process.execPath, script, JSON.stringify(update)], 0);
    return JSON.parse(stdout) as Found;
  };
  for (let round = 1; round <= rounds; round += 1) {
    bare.push((await run([process.execPath, '-e', '0'], 0)).time);
    ofPackages.push(await measured(packages));
    ofSources.push(await measured(sources));
    say(`${round}/${rounds} first answered update after ${figure(ofPackages.at(-1)?.updated ?? 0)} ms`);
  }
  return [
    table('From the start of a process to its answers, of the packages as they are published (ms)', ofPackages, bare),
    table('The same of the sources, whose types are taken out at each start (ms)', ofSources),
  ];
}

/** Goals are those of the packages. */
function table(title: string, found: readonly Found[], bare?: readonly number[]): Table {
  const of = (what: 'imported' | 'listening' | 'updated') => found.map((one) => one[what]);
  const further = found.map((one) => median(Object.values(one.further)));
  const goal = (value: number): Goal | undefined => (bare === undefined ? undefined : most(value, 'ms'));
  return {
    title,
    columns: ['', 'ms', 'spread', 'goal', ''],
    rows: [
      ...(bare === undefined ? [] : [row('node -e 0, to its end', bare)]),
      row('modules imported', of('imported')),
      row('listening, in memory', of('listening')),
      row('first answered update', of('updated'), goal(250)),
      row('first request of each further operation, median', further, goal(15)),
    ],
    data: { bare, found },
  };
}
