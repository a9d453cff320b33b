import type { RequestListener } from 'node:http';
import { runContract } from '../../pipeline/contract/run.ts';
import type { ContractOptions } from '../../pipeline/contract/suite.ts';
import { listening } from './shelf.ts';

/** A server with a fault, and the operations in which the fault shows. */
export interface Seeded {
  readonly fault: string;
  readonly app: () => RequestListener;
  readonly operations: readonly string[];
}

export type SeededOptions = Omit<ContractOptions, 'url'> & {
  /** The path below which the server has what the document describes. */
  readonly base?: string;
};

const LANES = 8;

/** The faults that the suite does not find, each of the others with the line that it says. */
export async function aliveOf(seeded: readonly Seeded[], { base = '', ...options }: SeededOptions): Promise<string[]> {
  const alive: string[] = [];
  const left = [...seeded];
  const lane = async () => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      const { fault, app, operations } = next;
      const server = await listening(app());
      const only = [...operations];
      const report = await runContract({ runs: 5, bail: true, ...options, url: server.url + base, only });
      await server.close();
      const [found] = report.violations;
      const line = found && `${found.operation} ${found.rule}: ${found.message}`;
      console.log(line === undefined ? `ALIVE   ${fault}` : `caught  ${fault}\n    by  ${line}`);
      if (line === undefined) alive.push(fault);
    }
  };
  // The suite waits for lists that may lag behind.
  await Promise.all(Array.from({ length: LANES }, lane));
  console.log(`caught ${seeded.length - alive.length} of ${seeded.length}; alive: ${alive.join(', ')}`);
  return alive;
}
