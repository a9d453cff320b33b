import type { Api } from '../../test/contract-rules/api.ts';
import { amplifyBackend } from '../../test/contract-rules/api.ts';
import { BadState } from '../../test/contract-rules/badState.ts';
import { type Case, type Context, NotRun } from './cases/case.ts';
import { CouldNotRun } from './couldNotRun.ts';
import { Document } from './document/document.ts';
import { loadDocument } from './document/load.ts';
import { Validators } from './document/validators.ts';
import { plan } from './plan.ts';
import { Coverage } from './report/coverage.ts';
import type { Report, Result } from './report/report.ts';
import { type State, stateless } from './state.ts';
import { NoAnswer, Sender, type SenderOptions } from './wire/sender.ts';

export interface ContractOptions extends SenderOptions {
  /** Operations, or rules of the API's own, to run instead of all. */
  readonly only?: readonly string[];
  /** Whether to stop at the first case that fails. */
  readonly bail?: boolean;
  /** Which of those cases to run; all unless told. */
  readonly filter?: (one: Case) => boolean;
  readonly seed?: number;
  /** How many bodies are generated for each operation and property; 25 unless told. */
  readonly runs?: number;
  /** Whether the implementation keeps nothing, as a mock. */
  readonly stateless?: boolean;
  /** Another document; the rules of this API are left out then. */
  readonly spec?: string | URL;
  /** How long a job may take, in ms; 30,000 unless told. */
  readonly jobTimeout?: number;
  /** Whether the workflows are run too; they are unless told. */
  readonly workflows?: boolean;
}

const SPEC = new URL('../../generated/openapi.json', import.meta.url);
const LANES = 4;

/** What the cases of a run have in common. */
export interface Suite {
  readonly cases: readonly Case[];
  readonly context: Omit<Context, 'state'>;
  /** What there is on the other side for the cases of one operation. */
  newState(): State;
}

/** Reads the document and plans all cases; nothing is sent. Throws `CouldNotRun`. */
export async function prepareSuite(options: ContractOptions): Promise<Suite> {
  const document = new Document(await loadDocument(options.spec ?? SPEC));
  const validators = new Validators(document.root);
  const isStateless = options.stateless === true || options.spec !== undefined;
  const api: Api | undefined = isStateless ? undefined : amplifyBackend;
  const jobTimeout = options.jobTimeout ?? 30_000;
  const { only = [] } = options;
  const beyond = [...(api?.rules(jobTimeout) ?? []), ...(options.workflows === false ? [] : (api?.workflows() ?? []))];
  const planned = [
    ...plan(document, validators, { stateless: isStateless, errorsAlike: options.spec === undefined, only }),
    ...beyond.filter((one) => only.length === 0 || isAsked(one, only)),
  ];
  const unknown = only.find((name) => !planned.some((one) => isAsked(one, [name])));
  if (unknown !== undefined)
    throw new CouldNotRun(`--only ${unknown} is neither an operation of the document nor a rule.`);
  const cases = planned.filter(options.filter ?? (() => true));
  const asked = only.length === 0 ? document.operations : document.operations.filter(({ id }) => only.includes(id));
  const sender = new Sender(options);
  return {
    cases,
    context: {
      document,
      validators,
      sender,
      mayBeRefused: api?.mayBeRefused ?? (() => undefined),
      coverage: new Coverage(document, asked, isStateless),
      seed: options.seed ?? 1,
      runs: options.runs ?? 25,
    },
    newState: () => api?.state(document, sender, jobTimeout) ?? stateless(document),
  };
}

const isAsked = ({ operation, about = [] }: Case, only: readonly string[]): boolean =>
  only.some((name) => operation === name || about.includes(name));

/** Runs the suite. Throws `CouldNotRun` where that is not possible. */
export async function runContract(options: ContractOptions): Promise<Report> {
  const began = performance.now();
  const suite = await prepareSuite(options);
  const { context } = suite;
  try {
    const results = await runAll(suite, options.bail === true);
    const rows = context.document.operations.flatMap(({ id }) => {
      const counts = context.coverage.countsOf(id);
      return counts.size === 0 ? [] : [{ operation: id, statuses: Object.fromEntries(counts) }];
    });
    const { url } = context.sender;
    const duration = performance.now() - began;
    return {
      url,
      seed: context.seed,
      results,
      rows,
      coverage: context.coverage.summary(),
      unusable: [...context.validators.unusable],
      duration,
    };
  } finally {
    context.sender.close();
  }
}

/** The operations side by side, the cases of one in turn. */
async function runAll({ cases, context, newState }: Suite, bail: boolean): Promise<Result[]> {
  // Whoever is not there at all is told once, before anything else.
  await context.sender.send({ method: 'OPTIONS', path: '/', headers: {}, body: undefined });
  const results = new Map<Case, Result>();
  const groups = [...Map.groupBy(cases, ({ operation }) => operation).values()];
  let stopped = false;
  const lane = async () => {
    for (let group = groups.shift(); group !== undefined && !stopped; group = groups.shift()) {
      const state = newState();
      try {
        for (const one of group) {
          if (stopped) break;
          const result = await runCase(one, { ...context, state });
          results.set(one, result);
          if (bail && result.failures.length > 0) stopped = true;
        }
      } finally {
        await state.close();
      }
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return cases.flatMap((one) => results.get(one) ?? []);
}

export async function runCase(one: Case, context: Context): Promise<Result> {
  const began = performance.now();
  const { operation, title } = one;
  try {
    const failures = await one.run(context);
    return { operation, title, failures, duration: performance.now() - began };
  } catch (error) {
    if (error instanceof NotRun) return { operation, title, failures: [], skipped: error.message, duration: 0 };
    if (error instanceof NoAnswer) {
      const failure = { rule: 'answer', place: '', message: error.message, curl: error.curl };
      return { operation, title, failures: [failure], duration: performance.now() - began };
    }
    if (!(error instanceof BadState)) throw error;
    return { operation, title, failures: [error.failure], duration: performance.now() - began };
  }
}
