import { type ContractConfig, readConfig } from './config.ts';
import { CouldNotRun } from './couldNotRun.ts';
import type { contractFlags, FlagValues } from './flags.ts';
import type { ContractOptions } from './suite.ts';
import { type Secret, variableOf } from './wire/curl.ts';

export interface CommandOptions extends Omit<ContractOptions, 'spec'> {
  readonly spec: string | undefined;
  readonly baseline: string | undefined;
  readonly updateBaseline: boolean;
  readonly minCoverage: number | undefined;
  readonly junit: string | undefined;
  readonly json: string | undefined;
  readonly html: string | undefined;
  readonly yes: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the values of the flags and the config file. Throws `CouldNotRun` for what is wrong with them. */
export async function readOptions(values: FlagValues, env: Environment): Promise<CommandOptions> {
  const { text, texts, flag, number } = reader(values);
  const file = text('config');
  const config: ContractConfig = file === undefined ? {} : await readConfig(file);
  const baseline = text('baseline') ?? config.baseline;
  if (flag('update-baseline') && baseline === undefined) {
    throw new CouldNotRun('--update-baseline needs --baseline FILE.');
  }
  return {
    url: baseUrl(text('url')),
    spec: text('spec'),
    only: [...(config.only ?? []), ...texts('only')],
    exclude: [...(config.exclude ?? []), ...texts('exclude')],
    readOnly: flag('read-only'),
    strict: flag('strict'),
    stateless: flag('stateless'),
    bail: flag('bail'),
    yes: flag('yes'),
    ...sentWith(config, texts('auth'), texts('header'), env),
    parameters: config.parameters ?? {},
    bodies: config.bodies ?? {},
    seed: number('seed', Math.floor(Math.random() * 2 ** 31)),
    runs: number('runs', 25),
    maxTime: number('max-time', 900) * 1000,
    operationTime: number('operation-time', 120) * 1000,
    timeout: Math.max(1, number('timeout', 10)) * 1000,
    minCoverage: text('min-coverage') === undefined ? undefined : number('min-coverage', 0),
    baseline,
    updateBaseline: flag('update-baseline'),
    junit: text('junit'),
    json: text('json'),
    html: text('html'),
    ...(text('replay') !== undefined && { replay: String(text('replay')) }),
  };
}

type Name = keyof typeof contractFlags;

/** Reads flags by their kinds. */
function reader(values: FlagValues) {
  const text = (name: Name) => (typeof values[name] === 'string' ? (values[name] as string) : undefined);
  return {
    text,
    texts: (name: Name): readonly string[] => {
      const value = values[name];
      return Array.isArray(value) ? value : typeof value === 'string' ? [value] : [];
    },
    flag: (name: Name) => values[name] === true,
    number: (name: Name, otherwise: number) => wholeNumber(name, text(name), otherwise),
  };
}

/** The headers and credentials of requests, and which of them are secret. */
function sentWith(
  config: ContractConfig,
  auth: readonly string[],
  header: readonly string[],
  env: Environment,
): Required<Pick<ContractOptions, 'headers' | 'auth' | 'secrets'>> {
  const secrets: Secret[] = [];
  const credentials = [
    ...Object.entries(config.auth ?? {}).map(([name, value]) => credential(name, value, env, secrets)),
    ...auth.map((given) => {
      const at = given.indexOf('=');
      if (at < 1) throw new CouldNotRun(`--auth must be SCHEME=env:NAME, not ${JSON.stringify(given.slice(0, 20))}.`);
      return credential(given.slice(0, at), given.slice(at + 1), env, secrets);
    }),
  ];
  const configured = Object.entries(config.headers ?? {}).map(([name, value]) => {
    const isSecret = value.startsWith('env:');
    return [name.toLowerCase(), isSecret ? variable(value, `the header ${name}`, env, secrets) : value] as const;
  });
  const given = header.map(headerOf);
  for (const [name, value] of given) {
    if (/authorization|token|secret|key|cookie/i.test(name)) secrets.push({ value, variable: variableOf(name) });
  }
  return {
    headers: Object.fromEntries([...configured, ...given]),
    auth: Object.fromEntries(credentials),
    secrets,
  };
}

function credential(name: string, value: string, env: Environment, secrets: Secret[]): [string, string] {
  return [name, variable(value, `--auth ${name}`, env, secrets)];
}

/** Secrets come from variables, so that no shell remembers them. */
function variable(given: string, what: string, env: Environment, secrets: Secret[]): string {
  const [, name] = /^env:([A-Za-z_]\w*)$/.exec(given) ?? [];
  if (name === undefined) throw new CouldNotRun(`${what} must be env:NAME, which names the variable that holds it.`);
  const value = env[name];
  if (value === undefined || value === '')
    throw new CouldNotRun(`${what} needs the variable ${name}, which is not set.`);
  secrets.push({ value, variable: name });
  return value;
}

function baseUrl(value: string | undefined): string {
  if (value === undefined) throw new CouldNotRun('--url is required, such as --url http://127.0.0.1:3000.');
  if (/^https?:\/\//.test(value) && URL.canParse(value) && !/[?#]/.test(value)) return value;
  throw new CouldNotRun(`--url must be a URL such as http://127.0.0.1:3000/prod, not ${JSON.stringify(value)}.`);
}

function headerOf(given: string): [string, string] {
  const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([\t\x20-\x7e]*)$/.exec(given) ?? [];
  if (name !== undefined && value !== undefined) return [name.toLowerCase(), value];
  throw new CouldNotRun(`--header must be 'name: value', not ${JSON.stringify(given.split(':', 1)[0])}.`);
}

export function wholeNumber(name: string, value: string | undefined, otherwise: number): number {
  if (value === undefined) return otherwise;
  if (/^\d{1,10}$/.test(value) && Number(value) <= 2 ** 31 - 1) return Number(value);
  throw new CouldNotRun(`--${name} must be a whole number, not ${JSON.stringify(value)}.`);
}
