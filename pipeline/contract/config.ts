import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { CouldNotRun } from './couldNotRun.ts';
import { isObject } from './document/json.ts';

/** Everything that a team would not type on each run. */
export interface ContractConfig {
  /** Values of parameters and of members of bodies, by `name` or `operationId.name`. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Bodies to start from instead of the document's examples, by operation. */
  readonly bodies?: Readonly<Record<string, readonly unknown[]>>;
  /** Operations, methods or paths that are never sent. @default none */
  readonly exclude?: readonly string[];
  /** The only operations, methods or rules that are run. @default all */
  readonly only?: readonly string[];
  /** `env:NAME` by the names of security schemes. */
  readonly auth?: Readonly<Record<string, string>>;
  /** Headers of every request; `env:NAME` takes a value from a variable. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The file of known violations: only others are reported. */
  readonly baseline?: string;
}

const MEMBERS: Readonly<Record<keyof ContractConfig, (value: unknown) => boolean>> = {
  parameters: isObject,
  bodies: (value) => isObject(value) && Object.values(value).every(Array.isArray),
  exclude: (value) => isTexts(value),
  only: (value) => isTexts(value),
  auth: (value) => isObject(value) && Object.values(value).every((one) => typeof one === 'string'),
  headers: (value) => isObject(value) && Object.values(value).every((one) => typeof one === 'string'),
  baseline: (value) => typeof value === 'string',
};

const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every((one) => typeof one === 'string');

/** Reads a config file. Throws `CouldNotRun` for one that is missing, or has what there is not. */
export async function readConfig(file: string): Promise<ContractConfig> {
  let config: unknown;
  try {
    if (/\.[cm]?[jt]s$/.test(file)) config = (await import(pathToFileURL(resolve(file)).href)).default;
    else config = parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new CouldNotRun(`The config file ${file} can't be read: ${(error as Error).message.split('\n')[0]}.`);
  }
  if (!isObject(config)) throw new CouldNotRun(`The config file ${file} must hold an object.`);
  for (const [name, value] of Object.entries(config)) {
    const check = MEMBERS[name as keyof ContractConfig];
    const names = Object.keys(MEMBERS).join(', ');
    if (check === undefined) throw new CouldNotRun(`${file}: there is no ${name}; known are ${names}.`);
    if (!check(value)) throw new CouldNotRun(`${file}: ${name} is not of the right form.`);
  }
  return config as ContractConfig;
}
