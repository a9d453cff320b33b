import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import * as contenders from '../contenders.ts';
import type { Options } from '../options.ts';
import { residentMemory } from '../processes.ts';
import type { Serving } from '../serve.ts';
import { median, spread } from '../stats.ts';
import { figure, judged, most, percent, type Table } from '../table.ts';

/** How long a server that is ready gets to come to rest, in ms. */
const REST = 1_500;

/** How soon a server is ready, and how much memory it holds when nobody asks for anything. */
export async function footprints({ rounds, only }: Options, say: (line: string) => void): Promise<Table> {
  const servers: [string, () => Promise<Serving>][] = [
    ['ours', () => contenders.ours(':memory:', '--demo')],
    ['cognito-local', contenders.cognitoLocal],
    ['Prism', contenders.prism],
  ];
  if (spawnSync('moto_server', ['--help'], { stdio: 'ignore' }).status === 0)
    servers.push(['moto_server', contenders.moto]);
  const all = servers.filter(
    ([name]) => name === 'ours' || only.length === 0 || only.some((part) => name.includes(part)),
  );
  const found = all.map(([name, begin]) => ({ name, begin, ready: [] as number[], memory: [] as number[] }));
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, begin, ready, memory } of found) {
      const server = await begin();
      await sleep(REST);
      ready.push(server.startTime);
      memory.push(residentMemory(server.child.pid));
      await server.stop();
      say(`${name}: ready after ${figure(server.startTime)} ms, ${figure(memory.at(-1) ?? Number.NaN)} MB`);
    }
  }
  return {
    title: 'From its start until it listens, and its memory at rest (ours: serve --demo)',
    columns: ['', 'ready after ms', 'spread', 'goal', '', 'RSS MB', 'goal', ''],
    rows: found.map(({ name, ready, memory }) => [
      name,
      figure(median(ready)),
      percent(spread(ready)),
      ...judged(median(ready), name === 'ours' ? most(600, 'ms') : undefined),
      figure(median(memory)),
      ...judged(median(memory), name === 'ours' ? most(110, 'MB') : undefined),
    ]),
    data: found.map(({ name, ready, memory }) => ({ name, ready, memory })),
  };
}
