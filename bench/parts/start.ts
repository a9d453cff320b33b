import { join } from 'node:path';
import type { Options } from '../options.ts';
import { run } from '../processes.ts';
import { median, spread } from '../stats.ts';
import { figure, type Goal, judged, most, percent, type Table } from '../table.ts';

const SCRIPT = join(import.meta.dirname, '../firstAnswers.ts');

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
  const bare: number[] = [];
  const found: Found[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const { time } = await run([process.execPath, '-e', '0'], 0);
    const { stdout } = await run([process.execPath, SCRIPT], 0);
    if (round === 0) continue; // Node keeps what it compiled for the next ones
    bare.push(time);
    found.push(JSON.parse(stdout) as Found);
    say(`${round}/${rounds} first answered update after ${figure(found.at(-1)?.updated ?? 0)} ms`);
  }
  const further = found.map((one) => median(Object.values(one.further)));
  return [
    {
      title: 'From the start of a process to its answers (ms)',
      columns: ['', 'ms', 'spread', 'goal', ''],
      rows: [
        row('node -e 0, to its end', bare),
        row(
          'modules imported',
          found.map(({ imported }) => imported),
        ),
        row(
          'listening, in memory',
          found.map(({ listening }) => listening),
        ),
        row(
          'first answered update',
          found.map(({ updated }) => updated),
          most(250, 'ms'),
        ),
        row('first request of each further operation, median', further, most(15, 'ms')),
      ],
      data: { bare, found },
    },
  ];
}
