import { join } from 'node:path';
import { type Built, build, clients } from '../clients.ts';
import { express } from '../contenders.ts';
import type { Options } from '../options.ts';
import { CONTENDERS, run } from '../processes.ts';
import { median, ratio, spread } from '../stats.ts';
import { figure, judged, most, percent, type Table } from '../table.ts';

const CALLS = 3_000;

interface Alone {
  /** ms */
  readonly imported: number;
  /** µs for each call */
  readonly time: number;
}

interface Called {
  readonly imported: number;
  readonly time: number;
  /** µs of CPU time for each call, in one process with the others */
  readonly cpu: number;
}

/** Clients of one operation, bundled, each calling the same bare Express server. */
export async function client({ rounds, only }: Options, say: (line: string) => void): Promise<Table[]> {
  say('Generating and bundling the clients …');
  const all = await build(
    clients.filter(({ name }) => name === 'ours' || only.length === 0 || only.some((part) => name.includes(part))),
  );
  const found = new Map<string, Called[]>(all.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round += 1) {
    const together = await withServer((url) => [join(CONTENDERS, 'together.mjs'), url, CALLS, ...all.map(moduleOf)]);
    for (const [index, { name, module }] of all.entries()) {
      const alone = await withServer((url) => [join(CONTENDERS, 'calls.mjs'), module, url, CALLS]);
      const called: Called = { ...(alone as Alone), cpu: (together as number[])[index] ?? Number.NaN };
      found.get(name)?.push(called);
      say(
        `${round}/${rounds} ${name}: import ${figure(called.imported)} ms, call ${figure(called.time)} µs, ${figure(called.cpu)} µs CPU`,
      );
    }
  }
  return [table(all, found)];
}

const moduleOf = ({ module }: Built): string => module;

/** Runs a program against a server of its own, and parses the JSON that it prints. */
async function withServer(program: (url: string) => readonly (string | number)[]): Promise<unknown> {
  const server = await express();
  try {
    const { stdout } = await run([process.execPath, ...program(server.url).map(String)], 1);
    return JSON.parse(stdout);
  } finally {
    await server.stop();
  }
}

function table(all: readonly Built[], found: ReadonlyMap<string, readonly Called[]>): Table {
  const of = (name: string, what: keyof Called) => (found.get(name) ?? []).map((one) => one[what]);
  const rows = all.map(({ name, size }) => {
    const isOurs = name === 'ours';
    const byCpu = ratio(of('ours', 'cpu'), of(name, 'cpu'));
    return [
      name,
      figure(size / 1000),
      ...judged(size / 1000, isOurs ? most(4, 'kB') : undefined),
      figure(median(of(name, 'imported'))),
      figure(median(of(name, 'time'))),
      figure(median(of(name, 'cpu'))),
      percent(spread(of(name, 'cpu'))),
      ...(isOurs ? ['', '', '', ''] : [figure(ratio(of('ours', 'time'), of(name, 'time'))), figure(byCpu)]),
      ...(isOurs ? [] : judged(byCpu, name === 'fetch' ? most(1.15) : undefined)),
    ];
  });
  const columns = ['', 'kB', 'goal', '', 'import ms', 'call µs', 'CPU µs', 'spread', 'ours ÷ it', 'by CPU', 'goal', ''];
  return {
    title: 'Clients: GetBackendJob alone, bundled; its size minified and compressed, and one call after the other',
    columns,
    rows,
    notes: [
      'CPU time is taken in one process with all others, in turns of 40 calls, of the quietest fifth of them; calls and imports in a process for each.',
      'Ours retries, has a timeout for each attempt and a class for each error in this. The AWS SDK retries and signs; the others do neither as they are generated.',
    ],
    data: { sizes: Object.fromEntries(all.map(({ name, size }) => [name, size])), ...Object.fromEntries(found) },
  };
}
