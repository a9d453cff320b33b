import type { Failure } from './cases/case.ts';
import type { Operation } from './document/document.ts';
import { inSlices } from './inSlices.ts';
import { casesOf, type Planned } from './plan.ts';
import { fingerprint } from './report/baseline.ts';
import { type Report, type Result, type Violation, withoutValues } from './report/report.ts';
import { reportOf } from './reportOf.ts';
import { runCase } from './runCase.ts';
import { type ContractOptions, prepareSuite, type Suite } from './suite.ts';
import { NoAnswer, Stopped } from './wire/sender.ts';

const MAX_TIME = 15 * 60_000; // ms
const OPERATION_TIME = 2 * 60_000; // ms
const MAX_SILENT = 3;
/** Curl lines of many thousand alike findings are not worth their memory. */
const MAX_CURLS = 50;

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
    await this.#cases(casesOf(operation, plan), options.operationTime ?? OPERATION_TIME);
    this.#done += 1;
  }

  async #cases(cases: Iterable<Planned>, time = Number.POSITIVE_INFINITY): Promise<void> {
    const context = this.#suite.newContext();
    const deadline = performance.now() + time;
    let silent = 0;
    try {
      for await (const one of inSlices(cases)) {
        const isWanted = this.#isWanted(one);
        if (this.#stop.signal.aborted) return this.#cutShort(isWanted);
        if (!isWanted) continue;
        const late = performance.now() > deadline ? `the ${time / 1000} s for this operation were up` : undefined;
        const unanswered = silent >= MAX_SILENT ? `${one.operation} did not answer ${silent} times` : undefined;
        const reason = late ?? unanswered;
        if (reason !== undefined) {
          this.#add(one, [], 0, reason);
          continue;
        }
        const { failures, skipped, duration, gone } = await runCase(one, context);
        if (skipped === 'stopped') return this.#cutShort(true);
        silent = failures.some(({ rule }) => rule === 'answer') ? silent + 1 : 0;
        this.#add(one, failures, duration, skipped);
        this.#stopAfter(failures, gone === true);
        await context.state.endCase?.();
      }
    } catch (error) {
      if (!(error instanceof Stopped || error instanceof NoAnswer)) throw error;
    } finally {
      await context.state.close();
    }
  }

  #isWanted(one: Planned): boolean {
    const { filter, replay } = this.#suite.options;
    return (filter?.(one) ?? true) && (replay === undefined || one.key === replay);
  }

  #stopAfter(failures: readonly Failure[], gone: boolean): void {
    if (gone) this.#stop.abort('the implementation stopped answering');
    if (this.#suite.options.bail === true && failures.length > 0)
      this.#stop.abort('the first violation ends it (--bail)');
  }

  /** How many cases are left is not known, since they were not made. */
  #cutShort(isWanted: boolean): void {
    if (isWanted) this.#suite.coverage.skipped(`the rest of an operation: ${this.#stop.signal.reason}`);
  }

  #add(one: Planned, failures: readonly Failure[], duration: number, skipped?: string): void {
    const { operation, title } = one;
    const { options, coverage } = this.#suite;
    if (skipped !== undefined) {
      coverage.skipped(skipped);
      if (!this.reasons.has(operation)) this.reasons.set(operation, skipped);
    }
    const violations = failures.map((failure) => this.#violation(one, failure));
    const result = { operation, title, violations, duration, ...(skipped !== undefined && { skipped }) };
    this.results.push(result);
    options.onResult?.(result, {
      operations: this.#suite.operations.length,
      operationsDone: this.#done,
      cases: this.results.length,
    });
  }

  #violation({ operation, title, key }: Planned, failure: Failure): Violation {
    const { options } = this.#suite;
    const { rule, place, message } = failure;
    const kind = title.split(' ')[0];
    const cause =
      failure.cause ??
      `${operation} ${rule} ${kind} ${place.replaceAll(/\/\d+(?=\/|$)/g, '/*')} ${withoutValues(message)}`;
    const count = (this.#curls.get(cause) ?? 0) + 1;
    this.#curls.set(cause, count);
    const curl = count > MAX_CURLS ? '' : failure.curl;
    const replay = `--only ${quoted(operation)} --replay ${key} --seed ${options.seed ?? 1}`;
    const violation = { operation, rule, place, title, message, curl, cause, replay };
    return { ...violation, known: options.known?.has(fingerprint(violation)) ?? false };
  }
}

const quoted = (text: string): string => (/^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
