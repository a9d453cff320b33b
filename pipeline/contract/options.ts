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
  const text = (name: keyof typeof contractFlags) =>
    typeof values[name] === 'string' ? (values[name] as string) : undefined;
  const texts = (name: keyof typeof contractFlags) => {
    const value = values[name];
    return Array.isArray(value) ? (value as readonly string[]) : typeof value === 'string' ? [value] : [];
  };
  const file = text('config');
  const config: ContractConfig = file === undefined ? {} : await readConfig(file);
  const secrets: Secret[] = [];
  const auth = Object.fromEntries([
    ...Object.entries(config.auth ?? {}).map(([name, value]) => credential(name, value, env, secrets)),
    ...texts('auth').map((given) => {
      const at = given.indexOf('=');
      if (at < 1) throw new CouldNotRun(`--auth must be SCHEME=env:NAME, not ${JSON.stringify(given.slice(0, 20))}.`);
      return credential(given.slice(0, at), given.slice(at + 1), env, secrets);
    }),
  ]);
  const configured = Object.entries(config.headers ?? {}).map(([name, value]) => {
    return [
      name.toLowerCase(),
      value.startsWith('env:') ? variable(value, `the header ${name}`, env, secrets) : value,
    ] as const;
  });
  const given = texts('header').map(header);
  for (const [name, value] of given) {
    if (/authorization|token|secret|key|cookie/i.test(name)) secrets.push({ value, variable: variableOf(name) });
  }
  if (values['update-baseline'] === true && text('baseline') === undefined && config.baseline === undefined) {
    throw new CouldNotRun('--update-baseline needs --baseline FILE.');
  }
  const minCoverage = text('min-coverage');
  return {
    url: baseUrl(text('url')),
    spec: text('spec'),
    only: [...(config.only ?? []), ...texts('only')],
    exclude: [...(config.exclude ?? []), ...texts('exclude')],
    readOnly: values['read-only'] === true,
    strict: values.strict === true,
    stateless: values.stateless === true,
    bail: values.bail === true,
    yes: values.yes === true,
    headers: Object.fromEntries([...configured, ...given]),
    auth,
    secrets,
    parameters: config.parameters ?? {},
    bodies: config.bodies ?? {},
    seed: wholeNumber('seed', text('seed'), Math.floor(Math.random() * 2 ** 31)),
    runs: wholeNumber('runs', text('runs'), 25),
    maxTime: wholeNumber('max-time', text('max-time'), 900) * 1000,
    operationTime: wholeNumber('operation-time', text('operation-time'), 120) * 1000,
    timeout: Math.max(1, wholeNumber('timeout', text('timeout'), 10)) * 1000,
    minCoverage: minCoverage === undefined ? undefined : wholeNumber('min-coverage', minCoverage, 0),
    baseline: text('baseline') ?? config.baseline,
    updateBaseline: values['update-baseline'] === true,
    junit: text('junit'),
    json: text('json'),
    html: text('html'),
    ...(text('replay') !== undefined && { replay: String(text('replay')) }),
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

function header(given: string): [string, string] {
  const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([\t\x20-\x7e]*)$/.exec(given) ?? [];
  if (name !== undefined && value !== undefined) return [name.toLowerCase(), value];
  throw new CouldNotRun(`--header must be 'name: value', not ${JSON.stringify(given.split(':', 1)[0])}.`);
}

export function wholeNumber(name: string, value: string | undefined, otherwise: number): number {
  if (value === undefined) return otherwise;
  if (/^\d{1,10}$/.test(value) && Number(value) <= 2 ** 31 - 1) return Number(value);
  throw new CouldNotRun(`--${name} must be a whole number, not ${JSON.stringify(value)}.`);
}
