import type { Operation } from '../document/operations.ts';
import { DocumentError } from '../document/references.ts';
import type { Document } from '../document/types.ts';
import type { Project } from './config.ts';
import { StepFailed } from './problems.ts';
import type { Report } from './report.ts';

export { type Problem, StepFailed } from './problems.ts';

/** A document that was read, checked and normalised: all that a step works on. */
export interface Bundled {
  readonly project: Project;
  readonly document: Document;
  /** The document as it is written, the same for the same content. */
  readonly text: string;
  readonly operations: readonly Operation[];
  readonly report: Report;
}

/** Files by their path under the project's root. */
export type Files = ReadonlyMap<string, string>;

export interface Made {
  /** Written each time. */
  readonly files?: Files;
  /** Written where missing, and a person's from then on. */
  readonly once?: Files;
  /** Files of a person that belong to no operation any more. */
  readonly orphans?: readonly string[];
}

/** Makes files of a bundled document. It reads nothing else but handlers that are already there. */
export interface Step {
  readonly name: string;
  /** The main file that it makes; undefined where the project has no use for it. */
  readonly makes: (project: Project) => string | undefined;
  readonly run: (bundled: Bundled) => Made | Promise<Made>;
  /** Loads what takes long to load, while the document is being read. */
  readonly load?: (project: Project) => Promise<unknown>;
}

export interface Running<T> {
  readonly name: string;
  readonly result: Promise<{ value: T; ms: number }>;
}

/** Starts a piece of work. Whoever awaits it learns of its failure; nobody has to. */
export function start<T>(name: string, work: () => T | Promise<T>): Running<T> {
  const began = performance.now();
  const result = (async () => ({ value: await work(), ms: performance.now() - began }))();
  result.catch(() => {});
  return { name, result };
}

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

/** The value of a piece of work, whose outcome is one line of output. */
export async function told<T>({ name, result }: Running<T>, say: (line: string) => void, what: string): Promise<T> {
  try {
    const { value, ms } = await result;
    say(`${name.padEnd(11)}${seconds(ms)}  ${what}`);
    return value;
  } catch (error) {
    say(`${name.padEnd(11)}failed`);
    throw error;
  }
}

const screen = 20;

/** A failure in lines that fit on a screen. */
export function describe(error: unknown): string[] {
  if (error instanceof DocumentError) return [`${error.pointer}: ${error.message}`];
  if (!(error instanceof StepFailed)) {
    const [first = 'An unknown error'] = (error instanceof Error ? error.message : String(error)).split('\n');
    return [`gen itself failed: ${first.replace(/\.?$/, '.')} Run it with GEN_DEBUG=1 to see where.`];
  }
  const lines = error.problems.map(({ place, rule, message }) => {
    return [place, rule && `${rule}:`, message.replaceAll(/\s*\n\s*/g, ' ')].filter(Boolean).join(' ');
  });
  const more = lines.length - screen;
  return more > 0 ? [...lines.slice(0, screen), `… and ${more} more`] : lines;
}

/** Whether the fault lies in the document. */
export const isDocumentFault = (error: unknown): boolean =>
  error instanceof StepFailed || error instanceof DocumentError;
