import { parseArgs } from 'node:util';
import { CouldNotRun } from './couldNotRun.ts';
import type { ContractOptions } from './run.ts';
import { signingFrom } from './wire/sigv4.ts';

export interface Options extends ContractOptions {
  readonly junit: string | undefined;
  readonly json: string | undefined;
}

interface Flag {
  readonly value?: string;
  readonly many?: boolean;
  readonly text: string;
}

const FLAGS = {
  url: { value: 'URL', text: 'the implementation, with its base path; required' },
  only: { value: 'NAME', many: true, text: 'only this operation, or rule of the API; may be given again' },
  sign: { text: 'sign requests by AWS Signature Version 4, with the credentials in AWS_ACCESS_KEY_ID and the like' },
  region: { value: 'REGION', text: 'the region to sign for; AWS_REGION unless given' },
  header: { value: "'NAME: VALUE'", many: true, text: 'a header for every request; may be given again' },
  seed: { value: 'N', text: 'the seed of generated bodies; random unless given, and printed' },
  runs: { value: 'N', text: 'how many bodies to generate for each property (default 25)' },
  'job-timeout': { value: 'SECONDS', text: 'how long a job may take (default 30)' },
  timeout: { value: 'SECONDS', text: 'how long an answer may take (default 10)' },
  bail: { text: 'stop at the first case that fails' },
  junit: { value: 'FILE', text: 'write the report as JUnit XML too' },
  json: { value: 'FILE', text: 'write the report as JSON too' },
  stateless: { text: 'leave out what needs state, as for a mock' },
  spec: { value: 'FILE', text: 'another OpenAPI document, without the rules of this API; implies --stateless' },
  help: { text: 'show this' },
} as const satisfies Record<string, Flag>;

type Values = Partial<Record<keyof typeof FLAGS, string | boolean | string[]>>;

/** Reads the command line. Throws `CouldNotRun` for what is wrong with it. */
export function readOptions(args: readonly string[], env: NodeJS.ProcessEnv): Options | 'help' {
  const given = parse(args);
  if (given.help === true) return 'help';
  const text = (name: keyof typeof FLAGS) => (typeof given[name] === 'string' ? (given[name] as string) : undefined);
  const region = text('region') ?? env.AWS_REGION;
  if (given.sign === true && !region) throw new CouldNotRun('--sign needs --region, or the variable AWS_REGION.');
  if (given.sign !== true && given.region !== undefined)
    throw new CouldNotRun('--region means nothing without --sign.');
  const spec = text('spec');
  return {
    url: baseUrl(text('url')),
    only: (given.only as string[] | undefined) ?? [],
    headers: Object.fromEntries(((given.header as string[] | undefined) ?? []).map(header)),
    seed: wholeNumber('seed', text('seed'), Math.floor(Math.random() * 2 ** 31)),
    runs: wholeNumber('runs', text('runs'), 25),
    jobTimeout: wholeNumber('job-timeout', text('job-timeout'), 30) * 1000,
    timeout: wholeNumber('timeout', text('timeout'), 10) * 1000,
    bail: given.bail === true,
    stateless: given.stateless === true,
    junit: text('junit'),
    json: text('json'),
    ...(spec !== undefined && { spec }),
    ...(given.sign === true && region && { signing: signingFrom(env, region, 'amplifybackend') }),
  };
}

function parse(args: readonly string[]): Values {
  const options = Object.fromEntries(
    Object.entries<Flag>(FLAGS).map(([name, { value, many = false }]) => [
      name,
      { type: value === undefined ? ('boolean' as const) : ('string' as const), multiple: many },
    ]),
  );
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values as Values;
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split(/\.\s|\n/);
    throw new CouldNotRun(`${sentence.replace(/\.$/, '')}. Run with --help to see what there is.`);
  }
}

function baseUrl(value: string | undefined): string {
  if (value === undefined) throw new CouldNotRun('--url is required, such as --url http://127.0.0.1:3000.');
  if (/^https?:\/\//.test(value) && URL.canParse(value) && !/[?#]/.test(value)) return value;
  throw new CouldNotRun(`--url must be a URL such as http://127.0.0.1:3000/prod, not ${JSON.stringify(value)}.`);
}

function header(given: string): [string, string] {
  const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([\t\x20-\x7e]*)$/.exec(given) ?? [];
  if (name !== undefined && value !== undefined) return [name.toLowerCase(), value];
  throw new CouldNotRun(`--header must be 'name: value', not ${JSON.stringify(given.split(':', 1)[0])}.`);
}

function wholeNumber(name: string, value: string | undefined, otherwise: number): number {
  if (value === undefined) return otherwise;
  if (/^\d{1,10}$/.test(value) && Number(value) <= 2 ** 31 - 1) return Number(value);
  throw new CouldNotRun(`--${name} must be a whole number, not ${JSON.stringify(value)}.`);
}

export function helpText(): string {
  const rows = Object.entries<Flag>(FLAGS).map(
    ([name, { value, text }]) => `  ${`--${name}${value === undefined ? '' : ` ${value}`}`.padEnd(25)} ${text}`,
  );
  return [
    "Holds an implementation of Amplify Backend's authentication to its contract, over HTTP.",
    '',
    'Usage: npm run contract -- --url URL [options]',
    '',
    ...rows,
    '',
    'What it needs it makes through the API, in apps with random ids, and removes.',
    'Exit codes: 0 no violation, 1 violations, 2 could not run.',
  ].join('\n');
}
