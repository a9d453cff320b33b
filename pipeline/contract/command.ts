import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import type { Api } from './api.ts';
import { CouldNotRun } from './couldNotRun.ts';
import { Document, isSafe } from './document/document.ts';
import { loadDocument } from './document/load.ts';
import { contractFlags, type Flag, type FlagValues } from './flags.ts';
import { type CommandOptions, readOptions } from './options.ts';
import { readBaseline, updateBaseline } from './report/baseline.ts';
import { htmlReport } from './report/html.ts';
import { jsonReport } from './report/json.ts';
import { junitReport } from './report/junit.ts';
import { newViolations, type Report, type Result } from './report/report.ts';
import { coveredPercent, summaryText, violationText } from './report/text.ts';
import { runContract } from './run.ts';
import type { Progress } from './suite.ts';
import type { Sign } from './wire/sender.ts';

export interface CommandContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly stdin?: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  /** Reads the document. @default a file or a URL, as JSON or YAML */
  readonly load?: (source: string) => Promise<Readonly<Record<string, unknown>>>;
  /** The document if the command line names none. */
  readonly spec?: string | URL;
  /** The rules of the API whose document that is. */
  readonly api?: Api;
  readonly strict?: boolean;
  readonly sign?: Sign;
}

/** Runs the command on parsed flags. Answers the exit code: 0 no new violation, 1 violations, 2 could not run. */
export async function contractCommand(values: FlagValues, context: CommandContext): Promise<number> {
  try {
    const options = await readOptions(values, context.env);
    return await run(options, context);
  } catch (error) {
    if (!(error instanceof CouldNotRun)) throw error;
    context.stderr.write(`${error.message}\n`);
    return 2;
  }
}

/** Parses a command line by descriptions of flags. Throws `CouldNotRun`. */
export function parseFlags(args: readonly string[], flags: Readonly<Record<string, Flag>> = contractFlags): FlagValues {
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, { value, many = false }]) => [
      name,
      { type: value === undefined ? ('boolean' as const) : ('string' as const), multiple: many },
    ]),
  );
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values as FlagValues;
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split(/\.\s|\n/);
    throw new CouldNotRun(`${sentence.replace(/\.$/, '')}. Run with --help to see the flags.`);
  }
}

async function run(options: CommandOptions, context: CommandContext): Promise<number> {
  const { stdout, stderr } = context;
  const spec = options.spec ?? context.spec;
  if (spec === undefined) throw new CouldNotRun('--spec is required: the file or the URL of the OpenAPI document.');
  const root = await (context.load ?? loadDocument)(String(spec));
  // Its own rules are about its own document.
  const api = options.spec === undefined && context.api ? { api: context.api } : {};
  const strict = options.strict === true || (options.spec === undefined && context.strict === true);
  if (new Document(root).operations.length === 0) {
    stdout.write('The document has no operations, so there is nothing to test.\n');
    return 0;
  }
  await warn(root, options, context);
  const known =
    options.baseline === undefined || options.updateBaseline ? undefined : await readBaseline(options.baseline);

  const stream = new Stream(stdout, stderr);
  try {
    const report = await interruptible((signal) =>
      runContract({
        ...options,
        // Reading a large document takes its time too.
        maxTime: Math.max(1000, (options.maxTime ?? 900_000) - performance.now()),
        ...api,
        spec: root,
        strict,
        ...(known && { known }),
        ...(context.sign && { sign: context.sign }),
        signal,
        onResult: (result, progress) => stream.add(result, progress),
      }),
    );
    stream.end();
    return await finish(report, options, context);
  } finally {
    stream.end();
  }
}

/** Ends a run at the first signal to the process. Whoever does not want to wait for its report asks again. */
async function interruptible<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const interrupt = new AbortController();
  const stop = () => {
    if (interrupt.signal.aborted) process.exit(130);
    interrupt.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    return await run(interrupt.signal);
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

async function finish(report: Report, options: CommandOptions, { stdout, stderr }: CommandContext): Promise<number> {
  stdout.write(`${summaryText(report)}\n`);
  if (options.junit !== undefined) await write(options.junit, junitReport(report));
  if (options.json !== undefined) await write(options.json, jsonReport(report));
  if (options.html !== undefined) await write(options.html, htmlReport(report));
  if (options.updateBaseline && options.baseline !== undefined) {
    const partial = (options.only?.length ?? 0) > 0 || options.replay !== undefined;
    const { held, gone } = await updateBaseline(options.baseline, report, partial);
    stdout.write(
      `${options.baseline} holds ${held} violations${gone.length > 0 ? `; ${gone.length} are gone:` : ''}\n`,
    );
    for (const one of gone.slice(0, 40)) stdout.write(`  ${one}\n`);
    return 0;
  }
  const covered = coveredPercent(report);
  if (options.minCoverage !== undefined && covered < options.minCoverage) {
    stderr.write(`The run covered ${covered} % of the document; --min-coverage asks for ${options.minCoverage} %.\n`);
    return 1;
  }
  return newViolations(report).length > 0 ? 1 : 0;
}

/** Findings as they are made, each cause once, and on a terminal how far the run is. */
class Stream {
  readonly #stdout: NodeJS.WritableStream;
  readonly #stderr: CommandContext['stderr'];
  readonly #causes = new Set<string>();
  #violations = 0;
  #shown = false;

  constructor(stdout: NodeJS.WritableStream, stderr: CommandContext['stderr']) {
    this.#stdout = stdout;
    this.#stderr = stderr;
  }

  add({ violations }: Result, { operations, operationsDone, cases }: Progress): void {
    for (const violation of violations.filter(({ known }) => !known)) {
      this.#violations += 1;
      if (this.#causes.has(violation.cause)) continue;
      this.#causes.add(violation.cause);
      this.end();
      this.#stdout.write(`${violationText(violation)}\n`);
    }
    if (this.#stderr.isTTY !== true) return;
    this.#stderr.write(
      `\r${operationsDone} of ${operations} operations, ${cases} cases, ${this.#violations} violations\u001b[K`,
    );
    this.#shown = true;
  }

  end(): void {
    if (this.#shown) this.#stderr.write('\r\u001b[K');
    this.#shown = false;
  }
}

/** Another machine may hold what somebody needs. */
async function warn(
  root: Readonly<Record<string, unknown>>,
  options: CommandOptions,
  context: CommandContext,
): Promise<void> {
  const { hostname } = new URL(options.url);
  const isHere = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
  if (isHere || options.yes || options.readOnly === true) return;
  const unsafe = new Document(root).operations.filter((one) => !isSafe(one));
  if (unsafe.length === 0) return;
  const warning = `${unsafe.length} operations would create, change and delete what ${hostname} holds.`;
  if (context.stdin?.isTTY !== true) {
    throw new CouldNotRun(`${warning} Add --yes to send them all the same, or --read-only.`);
  }
  const reader = createInterface({ input: context.stdin, output: context.stderr });
  const answer = await reader.question(`${warning} Send them? [y/N] `);
  reader.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new CouldNotRun('Nothing was sent.');
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new CouldNotRun(`The report could not be written: ${(error as Error).message}.`);
  }
}
