import { type Loaded, load, type Requests } from './load.ts';
import type { Options } from './options.ts';
import { cpuTime } from './processes.ts';
import type { Serving } from './serve.ts';
import { figure } from './table.ts';

export const CONNECTIONS = 32;
export const WARM_UP = 2; // s

export interface Contender {
  readonly name: string;
  readonly start: () => Promise<Serving>;
  /** Makes the requests to send to it, which may need a call to it first. */
  readonly requests: (serving: Serving) => Promise<Requests> | Requests;
  /** The least that our figure is to be, as a multiple of its. */
  readonly goal?: number;
}

/** One contender in one round. */
export interface Measured extends Loaded {
  /** µs of CPU time that the server's process used for each request. */
  readonly cpu: number;
}

/** The measurements of each round, by contender; undefined for a round that an answer voided. */
export type Rounds = Map<string, (Measured | undefined)[]>;

export interface Plan {
  /** How many apps there are environments in. */
  readonly apps: number;
  /** Requests a second to hold a contender to; as many as get through where it is undefined. */
  readonly rate?: (name: string) => number;
}

/** Measures contenders in turn, each anew in every round, so that what slows the machine for a while slows all of them. */
export async function inRounds(
  all: readonly Contender[],
  plan: Plan,
  { rounds, seconds }: Options,
  say: (line: string) => void,
): Promise<Rounds> {
  const found: Rounds = new Map(all.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const contender of all) {
      const { name } = contender;
      let measured: Measured | undefined;
      try {
        measured = await oneRound(contender, plan, seconds);
        say(`${round}/${rounds} ${name}: ${figure(measured.rate)}/s, ${figure(measured.cpu)} µs`);
      } catch (error) {
        say(`${round}/${rounds} ${name}: ${(error as Error).message}`);
      }
      found.get(name)?.push(measured);
    }
  }
  return found;
}

async function oneRound(contender: Contender, { apps, rate }: Plan, seconds: number): Promise<Measured> {
  const { name, start, requests } = contender;
  const serving = await start();
  try {
    const held = rate === undefined ? {} : { rate: rate(name) };
    const given = { url: serving.url, requests: await requests(serving), apps, connections: CONNECTIONS };
    const { count } = await load({ ...given, offset: 1, seconds: WARM_UP });
    const before = cpuTime(serving.child.pid);
    // Those in flight when the warm-up ended were not counted.
    const loaded = await load({ ...given, ...held, offset: 1 + count + CONNECTIONS, seconds });
    return { ...loaded, cpu: (cpuTime(serving.child.pid) - before) / loaded.count };
  } finally {
    await serving.stop();
  }
}
