import { parseArgs } from 'node:util';

export const PARTS = ['server', 'petstore', 'start', 'scale', 'jobs', 'client', 'gen', 'documents'] as const;
export type Part = (typeof PARTS)[number];

export interface Options {
  readonly parts: readonly Part[];
  /** How often each contender is measured. */
  readonly rounds: number;
  /** How long load is put on a contender in each round. */
  readonly seconds: number;
  /** Parts of the names of the contenders to measure beside ours; all contenders if empty. */
  readonly only: readonly string[];
  /** Where the numbers of each round go, as JSON. */
  readonly json: string | undefined;
}

export const HELP = `npm run bench -- [${PARTS.join(' | ')}]… [flags]

Measures this project beside others, each in a process of its own on the same runtime, round after round; all parts where
none is named. Prints tables and keeps them in bench/RESULTS.md, goals beside figures; asserts nothing.

  --rounds N      how often each contender is measured (default 3)
  --seconds N     how long load is put on a contender in each round (default 2)
  --only NAME     of the contenders only those with NAME in their name; may be repeated; RESULTS.md is left as it is
  --json FILE     write the numbers of each round to FILE
  --help          show this

The part documents takes the folder of its documents from the variable CORPUS.
`;

export class UsageError extends Error {}

/** Reads the options; `undefined` stands for a request for help. Throws a `UsageError` with one sentence. */
export function readOptions(args: readonly string[]): Options | undefined {
  const { values, positionals } = parse(args);
  if (values.help) return undefined;
  for (const name of positionals) {
    if (!isPart(name)) throw new UsageError(`bench has no part ${name}: it has ${PARTS.join(', ')}.`);
  }
  const parts = PARTS.filter((part) => positionals.length === 0 || positionals.includes(part));
  return {
    parts,
    rounds: wholeNumber('rounds', values.rounds),
    seconds: wholeNumber('seconds', values.seconds),
    only: values.only,
    json: values.json,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        rounds: { type: 'string', default: '3' },
        seconds: { type: 'string', default: '2' },
        only: { type: 'string', multiple: true, default: [] as string[] },
        json: { type: 'string' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message.replace(/\n.*/s, ''));
  }
}

const isPart = (name: string): name is Part => (PARTS as readonly string[]).includes(name);

function wholeNumber(flag: string, text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= 1000) return value;
  throw new UsageError(`--${flag} is a whole number from 1 to 1,000, not ${text}.`);
}
