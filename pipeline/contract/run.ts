import type { Api } from './api.ts';
import { Bases } from './cases/bases.ts';
import { BadState, type Case, type Context, type Failure } from './cases/case.ts';
import { pathCases } from './cases/paths.ts';
import { CouldNotRun } from './couldNotRun.ts';
import { Document, isSafe, type Operation } from './document/document.ts';
import { loadDocument } from './document/load.ts';
import { NotRun } from './notRun.ts';
import { casesOf, inOrder, keyed, type Planned, type PlanOptions } from './plan.ts';
import { fingerprint } from './report/baseline.ts';
import { Coverage } from './report/coverage.ts';
import { type Report, type Result, type Violation, withoutValues } from './report/report.ts';
import { Credentials, type Given } from './security/credentials.ts';
import { type Attempts, InferredState } from './state/inferred.ts';
import { Resources } from './state/resources.ts';
import type { State } from './state/state.ts';
import type { FixedValues } from './state/values.ts';
import { NoAnswer, Sender, type SenderOptions, Stopped } from './wire/sender.ts';

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

const MAX_TIME = 15 * 60_000; // ms
const OPERATION_TIME = 2 * 60_000; // ms
const MAX_SILENT = 3;
/** Curl lines of many thousand alike findings are not worth their memory. */
const MAX_CURLS = 50;

/** The common parts of a run's cases. */
export interface Suite {
  readonly operations: readonly Operation[];
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
  const { api, only = [], exclude = [], stateless = false, strict = false, readOnly = false } = options;
  const root =
    typeof options.spec === 'string' || options.spec instanceof URL ? await loadDocument(options.spec) : options.spec;
  const document = new Document(root);
  for (const name of exclude) {
    if (!document.operations.some((one) => isNamed(one, name))) {
      throw new CouldNotRun(`--exclude ${name} names no operation, method or path of the document.`);
    }
  }
  const isExcluded = (operation: Operation) =>
    exclude.some((name) => isNamed(operation, name)) || (readOnly && !isSafe(operation));
  const credentials = new Credentials(document, options.auth ?? {});
  const bases = new Bases(document, options.parameters ?? {}, options.bodies ?? {});
  const resources = new Resources(document);
  const paths = strict ? pathCases(document) : [];
  const own = keyed([...(stateless ? [] : (api?.rules ?? [])), ...paths]);
  const unknown = only.find(
    (name) => !document.operations.some((one) => isNamed(one, name)) && !own.some((one) => isAbout(one, [name])),
  );
  if (unknown !== undefined)
    throw new CouldNotRun(`--only ${unknown} is neither an operation of the document nor a rule.`);
  const wanted = document.operations.filter((one) => only.length === 0 || only.some((name) => isNamed(one, name)));
  const operations = inOrder(wanted.filter((one) => !isExcluded(one)));
  const sender = new Sender(options, stop);
  const coverage = new Coverage(document, operations, stateless);
  const attempts: Attempts = new Map();
  const settled = new Set<string>();
  const inferred = api === undefined && !stateless;
  const filter = options.filter ?? (() => true);
  return {
    operations,
    plan: {
      document,
      bases,
      resources,
      stateless,
      inferred,
      hasCredentials: Object.keys(options.auth ?? {}).length > 0,
    },
    beyond: own.filter(
      (one) => (only.length === 0 || isAbout(one, only)) && !(readOnly && api !== undefined) && filter(one),
    ),
    sender,
    coverage,
    options,
    document,
    newContext: () => {
      const context: Context = {
        document,
        sender,
        credentials,
        bases,
        coverage,
        seed: options.seed ?? 1,
        runs: options.runs ?? 25,
        stateless,
        lenient: inferred,
        strict,
        readOnly,
        settled,
        follow: stateless ? undefined : api?.follow,
        mayBeRefused: api?.mayBeRefused ?? (() => undefined),
        get state() {
          return state;
        },
      };
      const state: State =
        api !== undefined && !stateless
          ? api.state(document, sender)
          : stateless
            ? ordinaryPaths(bases)
            : new InferredState(
                { document, resources, fixed: options.parameters ?? {}, excluded: isExcluded, context: () => context },
                attempts,
              );
      return context;
    },
  };
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

const isNamed = ({ id, method, path }: Operation, name: string): boolean =>
  name === id || name.toUpperCase() === method || name === path || name === `${method} ${path}`;

const isAbout = ({ operation, about = [] }: Case, only: readonly string[]): boolean =>
  only.some((name) => operation === name || about.includes(name));

/** Runs the suite. Throws `CouldNotRun` where that is not possible. */
export async function runContract(options: ContractOptions): Promise<Report> {
  const began = performance.now();
  const stop = new AbortController();
  const maxTime = options.maxTime ?? MAX_TIME;
  const timer = setTimeout(() => stop.abort('its time was up (--max-time)'), maxTime);
  const interrupted = () => stop.abort('it was interrupted');
  options.signal?.addEventListener('abort', interrupted);
  if (options.signal?.aborted) interrupted();
  let suite: Suite | undefined;
  try {
    suite = await prepareSuite(options, stop.signal);
    const run = new Run(suite, stop);
    await run.all();
    return reportOf(suite, run, stop.signal, performance.now() - began);
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', interrupted);
    suite?.sender.close();
  }
}

class Run {
  readonly results: Result[] = [];
  readonly reasons = new Map<string, string>();
  readonly #suite: Suite;
  readonly #stop: AbortController;
  readonly #curls = new Map<string, number>();
  #done = 0;

  constructor(suite: Suite, stop: AbortController) {
    this.#suite = suite;
    this.#stop = stop;
  }

  /** Operations one after the other where they share what there is, else side by side. */
  async all(): Promise<void> {
    const { sender, operations, beyond, plan } = this.#suite;
    // If nobody is there at all, that is said once, before anything else.
    await sender.send({ method: 'OPTIONS', path: '/', headers: {}, body: undefined }).catch((error) => {
      if (!(error instanceof Stopped)) throw error;
    });
    const groups: (() => Promise<void>)[] = operations.map((operation) => () => this.#operation(operation));
    for (const cases of Map.groupBy(beyond, ({ operation }) => operation).values())
      groups.push(() => this.#cases(cases));
    const lanes = plan.inferred ? 1 : 4;
    const lane = async () => {
      for (let group = groups.shift(); group !== undefined; group = groups.shift()) await group();
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  }

  async #operation(operation: Operation): Promise<void> {
    if (this.#stop.signal.aborted) {
      this.reasons.set(operation.id, String(this.#stop.signal.reason));
      return;
    }
    const { options, plan } = this.#suite;
    const cases = casesOf(operation, plan).filter(
      (one) => (options.filter?.(one) ?? true) && (options.replay === undefined || one.key === options.replay),
    );
    await this.#cases(cases, options.operationTime ?? OPERATION_TIME);
    this.#done += 1;
  }

  async #cases(cases: readonly Planned[], time = Number.POSITIVE_INFINITY): Promise<void> {
    const context = this.#suite.newContext();
    const deadline = performance.now() + time;
    let silent = 0;
    try {
      for (const one of cases) {
        if (this.#stop.signal.aborted) break;
        if (this.#suite.options.replay !== undefined && one.key !== this.#suite.options.replay) continue;
        if (performance.now() > deadline) {
          this.#add(one, [], 0, `the ${time / 1000} s for this operation were up`);
          continue;
        }
        if (silent >= MAX_SILENT) {
          this.#add(one, [], 0, `${one.operation} did not answer ${silent} times`);
          continue;
        }
        const { failures, skipped, duration, gone } = await runCase(one, context);
        if (skipped === 'stopped') break;
        silent = failures.some(({ rule }) => rule === 'answer') ? silent + 1 : 0;
        this.#add(one, failures, duration, skipped);
        if (gone) this.#stop.abort('the implementation stopped answering');
        if (this.#suite.options.bail === true && failures.length > 0)
          this.#stop.abort('the first violation ends it (--bail)');
        await context.state.endCase?.();
      }
    } catch (error) {
      if (!(error instanceof Stopped || error instanceof NoAnswer)) throw error;
    } finally {
      await context.state.close();
    }
  }

  #add(one: Planned, failures: readonly Failure[], duration: number, skipped?: string): void {
    const { operation, title } = one;
    const { options, coverage } = this.#suite;
    if (skipped !== undefined) {
      coverage.skipped(skipped);
      if (!this.reasons.has(operation)) this.reasons.set(operation, skipped);
    }
    const violations = failures.map((failure): Violation => {
      const { rule, place, message } = failure;
      const kind = title.split(' ')[0];
      const cause =
        failure.cause ??
        `${operation} ${rule} ${kind} ${place.replaceAll(/\/\d+(?=\/|$)/g, '/*')} ${withoutValues(message)}`;
      const count = (this.#curls.get(cause) ?? 0) + 1;
      this.#curls.set(cause, count);
      const replay = `--only ${quoted(operation)} --replay ${one.key} --seed ${options.seed ?? 1}`;
      const violation = {
        operation,
        rule,
        place,
        title,
        message,
        curl: count > MAX_CURLS ? '' : failure.curl,
        cause,
        replay,
      };
      return { ...violation, known: options.known?.has(fingerprint(violation)) ?? false };
    });
    const result = { operation, title, violations, duration, ...(skipped !== undefined && { skipped }) };
    this.results.push(result);
    options.onResult?.(result, {
      operations: this.#suite.operations.length,
      operationsDone: this.#done,
      cases: this.results.length,
    });
  }
}

const quoted = (text: string): string => (/^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

export interface CaseResult {
  readonly failures: readonly Failure[];
  readonly skipped?: string;
  readonly duration: number;
  /** Whether nobody answers any more. */
  readonly gone?: boolean;
}

export async function runCase(one: Case, context: Context): Promise<CaseResult> {
  const began = performance.now();
  const since = () => performance.now() - began;
  try {
    return { failures: await one.run(context), duration: since() };
  } catch (error) {
    if (error instanceof NotRun) return { failures: [], skipped: error.message, duration: 0 };
    if (error instanceof Stopped) return { failures: [], skipped: 'stopped', duration: 0 };
    if (error instanceof NoAnswer) {
      const failure = { rule: 'answer', place: '', message: error.message, curl: error.curl };
      return { failures: [failure], duration: since(), gone: error.gone };
    }
    if (!(error instanceof BadState)) throw error;
    return { failures: [error.failure], duration: since() };
  }
}

function reportOf(
  { document, sender, coverage, operations, options }: Suite,
  run: Run,
  stop: AbortSignal,
  duration: number,
): Report {
  const rows = document.operations.flatMap(({ id }) => {
    const counts = coverage.countsOf(id);
    return counts.size === 0 ? [] : [{ operation: id, statuses: Object.fromEntries(counts) }];
  });
  const sent = new Set(rows.map(({ operation }) => operation));
  const reasonFor = (operation: Operation): string => {
    if (!operations.includes(operation)) {
      if (options.exclude?.some((name) => isNamed(operation, name))) return 'it is excluded';
      if (options.readOnly === true && !isSafe(operation)) return '--read-only leaves it out';
      return '--only leaves it out';
    }
    return run.reasons.get(operation.id) ?? (stop.aborted ? String(stop.reason) : 'no case was planned for it');
  };
  return {
    url: sender.url,
    seed: options.seed ?? 1,
    results: run.results,
    violations: run.results.flatMap(({ violations }) => violations),
    notRun: document.operations
      .filter((operation) => !sent.has(operation.id) && (options.only?.length ? operations.includes(operation) : true))
      .map((operation) => ({ operation: operation.id, reason: reasonFor(operation) })),
    rows,
    coverage: coverage.summary(),
    unusable: [...document.unusable],
    ...(stop.aborted && { stopped: String(stop.reason) }),
    requests: sender.count,
    duration,
  };
}
