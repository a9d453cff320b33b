import { hiddenIn } from '../document/templates.ts';
import type { Api } from './api.ts';
import { Bases } from './cases/bases.ts';
import type { Case, Context } from './cases/case.ts';
import { pathCases } from './cases/paths.ts';
import { CouldNotRun } from './couldNotRun.ts';
import { Document, isSafe, type Operation } from './document/document.ts';
import { loadDocument } from './document/load.ts';
import { inOrder, keyed, type Planned, type PlanOptions } from './plan.ts';
import { Coverage } from './report/coverage.ts';
import type { Result } from './report/report.ts';
import { Credentials, type Given } from './security/credentials.ts';
import { type Attempts, InferredState } from './state/inferred.ts';
import { Resources } from './state/resources.ts';
import type { State } from './state/state.ts';
import type { FixedValues } from './state/values.ts';
import { Sender, type SenderOptions } from './wire/sender.ts';

export interface ContractOptions extends SenderOptions {
  /** The document: a file, a URL, or the parsed document itself. */
  readonly spec: string | URL | Readonly<Record<string, unknown>>;
  /** The API's own rules. */
  readonly api?: Api;
  /** Operations, methods, paths or rules to run instead of all. */
  readonly only?: readonly string[];
  /** Operations, methods or paths that are never sent. */
  readonly exclude?: readonly string[];
  /** Whether only GET, HEAD and OPTIONS are sent. */
  readonly readOnly?: boolean;
  /** Whether to stop at the first case that fails. */
  readonly bail?: boolean;
  /** Chooses among the cases. */
  readonly filter?: (one: Case) => boolean;
  /** @default 1 */
  readonly seed?: number;
  /** How many bodies are generated for each operation and property. @default 25 */
  readonly runs?: number;
  /** Whether the implementation keeps nothing, as a mock. */
  readonly stateless?: boolean;
  /** Whether rules hold that OpenAPI does not state: 404, 405, no undeclared members, names echoed as sent. */
  readonly strict?: boolean;
  /** How long the run may take, in ms. @default 15 min */
  readonly maxTime?: number;
  /** How long the cases of one operation may take, in ms. @default 2 min */
  readonly operationTime?: number;
  /** Credentials by the names of security schemes. */
  readonly auth?: Given;
  /** Values of parameters and of members of bodies, by `name` or `operationId.name`. */
  readonly parameters?: FixedValues;
  /** Bodies to start from instead of the document's examples, by operation. */
  readonly bodies?: Readonly<Record<string, readonly unknown[]>>;
  /** Fingerprints of violations that are known. */
  readonly known?: ReadonlySet<string>;
  /** The key of the one case to run. */
  readonly replay?: string;
  /** Stops the run; the report has what was done. */
  readonly signal?: AbortSignal;
  readonly onResult?: (result: Result, progress: Progress) => void;
}

export interface Progress {
  readonly operations: number;
  readonly operationsDone: number;
  readonly cases: number;
}

/** The common parts of a run's cases. */
export interface Suite {
  readonly operations: readonly Operation[];
  /** Those that no request can reach, each with the one that has its path. */
  readonly hidden: ReadonlyMap<Operation, Operation>;
  readonly plan: PlanOptions;
  /** The cases that belong to no operation. */
  readonly beyond: readonly Planned[];
  readonly sender: Sender;
  readonly coverage: Coverage;
  readonly options: ContractOptions;
  readonly document: Document;
  /** A context with a state of its own. */
  newContext(): Context;
}

/** Reads the document; nothing is sent. Throws `CouldNotRun`. */
export async function prepareSuite(options: ContractOptions, stop: AbortSignal): Promise<Suite> {
  const { api, stateless = false, spec } = options;
  const document = new Document(typeof spec === 'string' || spec instanceof URL ? await loadDocument(spec) : spec);
  const own = [...keyed(ownCases(document, options))];
  refuseUnknown(document, own, options);
  const hidden = hiddenIn(document.operations);
  const operations = inOrder(document.operations.filter((one) => isWanted(one, options) && !hidden.has(one)));
  const plan: PlanOptions = {
    document,
    bases: new Bases(document, options.parameters ?? {}, options.bodies ?? {}),
    resources: new Resources(document),
    stateless,
    inferred: api === undefined && !stateless,
    hasCredentials: Object.keys(options.auth ?? {}).length > 0,
  };
  const parts = { options, document, plan, sender: new Sender(options, stop) };
  const coverage = new Coverage(document, operations, stateless);
  return {
    ...parts,
    operations,
    hidden,
    beyond: own.filter((one) => isWantedRule(one, options)),
    coverage,
    newContext: contexts({ ...parts, coverage, credentials: new Credentials(document, options.auth ?? {}) }),
  };
}

/** The API's own rules, and those of paths. */
function ownCases(document: Document, { api, stateless, strict }: ContractOptions): Case[] {
  return [...(stateless ? [] : (api?.rules ?? [])), ...(strict ? pathCases(document) : [])];
}

function refuseUnknown(document: Document, own: readonly Case[], { only = [], exclude = [] }: ContractOptions): void {
  const isOperation = (name: string) => document.operations.some((one) => isNamed(one, name));
  const excluded = exclude.find((name) => !isOperation(name));
  if (excluded !== undefined)
    throw new CouldNotRun(`--exclude ${excluded} names no operation, method or path of the document.`);
  const unknown = only.find((name) => !isOperation(name) && !own.some((one) => isAbout(one, [name])));
  if (unknown !== undefined)
    throw new CouldNotRun(`--only ${unknown} is neither an operation of the document nor a rule.`);
}

export const isNamed = ({ id, method, path }: Operation, name: string): boolean =>
  name === id || name.toUpperCase() === method || name === path || name === `${method} ${path}`;

const isAbout = ({ operation, about = [] }: Case, only: readonly string[]): boolean =>
  only.some((name) => operation === name || about.includes(name));

const isExcluded = (operation: Operation, { exclude = [], readOnly = false }: ContractOptions): boolean =>
  exclude.some((name) => isNamed(operation, name)) || (readOnly && !isSafe(operation));

const isWanted = (operation: Operation, options: ContractOptions): boolean => {
  const { only = [] } = options;
  return (only.length === 0 || only.some((name) => isNamed(operation, name))) && !isExcluded(operation, options);
};

function isWantedRule(one: Case, { only = [], readOnly = false, api, filter }: ContractOptions): boolean {
  if (readOnly && api !== undefined) return false;
  return (only.length === 0 || isAbout(one, only)) && (filter?.(one) ?? true);
}

interface Parts {
  readonly options: ContractOptions;
  readonly document: Document;
  readonly plan: PlanOptions;
  readonly sender: Sender;
  readonly coverage: Coverage;
  readonly credentials: Credentials;
}

/** Makes contexts, which share what a run finds out of the implementation. */
function contexts({ options, document, plan, sender, coverage, credentials }: Parts): () => Context {
  const { api } = options;
  const { bases, stateless, inferred } = plan;
  const shared = {
    document,
    sender,
    credentials,
    bases,
    coverage,
    stateless,
    seed: options.seed ?? 1,
    runs: options.runs ?? 25,
    lenient: inferred,
    strict: options.strict ?? false,
    readOnly: options.readOnly ?? false,
    settled: new Set<string>(),
    follow: stateless ? undefined : api?.follow,
    mayBeRefused: api?.mayBeRefused ?? (() => undefined),
  };
  const attempts: Attempts = new Map();
  const state = (): State => {
    if (stateless) return ordinaryPaths(bases);
    if (api !== undefined) return api.state(document, sender);
    const { parameters: fixed = {} } = options;
    const excluded = (operation: Operation) => isExcluded(operation, options);
    return new InferredState({ resources: plan.resources, fixed, excluded, means: shared }, attempts);
  };
  return () => ({ ...shared, state: state() });
}

/** For an implementation that keeps nothing: the path is the one of the examples. */
function ordinaryPaths(bases: Bases): State {
  return {
    prepare: async (operation, body) => ({
      parameters: Object.fromEntries(
        operation.parameters.filter((one) => one.in === 'path').map((one) => [one.name, bases.valueOf(operation, one)]),
      ),
      body,
    }),
    settle: async () => {},
    close: async () => {},
  };
}
