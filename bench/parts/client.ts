import { join } from 'node:path';
import { express } from '../contenders.ts';
import type { Options } from '../options.ts';
import { CONTENDERS, ROOT, run } from '../processes.ts';
import { median, ratio, spread } from '../stats.ts';
import { figure, judged, most, percent, type Table } from '../table.ts';

const CALLS = 3_000;

interface Called {
  /** ms */
  readonly imported: number;
  /** µs for each call */
  readonly time: number;
  /** µs of CPU time for each call */
  readonly cpu: number;
}

/** Clients in the form in which their users get them, each calling the same bare Express server. */
export async function client({ rounds, only }: Options, say: (line: string) => void): Promise<Table[]> {
  say('Building the package …');
  await run([process.execPath, 'pipeline/command/main.ts', 'gen', '--missing']);
  await run([process.execPath, 'scripts/build.ts']);
  const modules: [string, string][] = [
    ['ours', join(ROOT, 'client/dist/lib/index.js')],
    ['fetch', 'fetch'],
    ['AWS SDK', join(ROOT, 'node_modules/@aws-sdk/client-amplifybackend/dist-cjs/index.js')],
  ];
  const all = modules.filter(
    ([name]) => name === 'ours' || only.length === 0 || only.some((part) => name.includes(part)),
  );
  const found = new Map<string, Called[]>(all.map(([name]) => [name, []]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const [name, module] of all) {
      const called = await measured(module);
      found.get(name)?.push(called);
      say(
        `${round}/${rounds} ${name}: import ${figure(called.imported)} ms, call ${figure(called.time)} µs, ${figure(called.cpu)} µs CPU`,
      );
    }
  }
  return [table(found)];
}

async function measured(module: string): Promise<Called> {
  const server = await express();
  try {
    const { stdout } = await run(
      [process.execPath, join(CONTENDERS, 'calls.mjs'), module, server.url, String(CALLS)],
      1,
    );
    return JSON.parse(stdout) as Called;
  } finally {
    await server.stop();
  }
}

function table(found: ReadonlyMap<string, readonly Called[]>): Table {
  const of = (name: string, what: keyof Called) => (found.get(name) ?? []).map((one) => one[what]);
  const rows = [...found.keys()].map((name) => {
    const imported = median(of(name, 'imported'));
    const cells = [
      name,
      name === 'fetch' ? '' : figure(imported),
      ...judged(imported, name === 'ours' ? most(15, 'ms') : undefined),
      figure(median(of(name, 'time'))),
      percent(spread(of(name, 'time'))),
      figure(median(of(name, 'cpu'))),
    ];
    if (name === 'ours') return [...cells, '', '', '', ''];
    const byTime = ratio(of('ours', 'time'), of(name, 'time'));
    const byCpu = ratio(of('ours', 'cpu'), of(name, 'cpu'));
    return [...cells, figure(byTime), figure(byCpu), ...judged(byTime, name === 'fetch' ? most(1.15) : undefined)];
  });
  const columns = ['', 'import ms', 'goal', '', 'call µs', 'spread', 'CPU µs', 'ours ÷ it', 'by CPU', 'goal', ''];
  return { title: 'Clients: GetBackendJob, one call after the other', columns, rows, data: Object.fromEntries(found) };
}
