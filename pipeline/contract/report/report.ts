import type { CoverageSummary } from './coverage.ts';

export interface Violation {
  readonly operation: string;
  readonly rule: string;
  /** A JSON Pointer into the answer's body, or the name of a header. */
  readonly place: string;
  /** The case that found it. */
  readonly title: string;
  readonly message: string;
  /** A line for a shell that sends the request again. */
  readonly curl: string;
  /** Whether the baseline holds it. */
  readonly known: boolean;
  /** Alike for findings that have one cause. */
  readonly cause: string;
  /** The flags that run this one case again. */
  readonly replay: string;
}

export interface Result {
  /** The operation's id, a path, or a rule of the API's own. */
  readonly operation: string;
  readonly title: string;
  readonly violations: readonly Violation[];
  /** Why it was not run, if it was not. */
  readonly skipped?: string;
  /** In ms. */
  readonly duration: number;
}

export interface OperationRow {
  readonly operation: string;
  /** status -> how often it was answered */
  readonly statuses: Readonly<Record<string, number>>;
}

export interface Report {
  readonly url: string;
  readonly seed: number;
  readonly results: readonly Result[];
  readonly violations: readonly Violation[];
  /** Operations to which no request was sent. */
  readonly notRun: readonly { readonly operation: string; readonly reason: string }[];
  readonly rows: readonly OperationRow[];
  readonly coverage: CoverageSummary;
  /** References of the document that lead nowhere, so that nothing was said of what they stand for. */
  readonly unusable: readonly string[];
  /** Why the run ended before all cases were run. */
  readonly stopped?: string;
  readonly requests: number;
  /** In ms. */
  readonly duration: number;
}

export interface Group {
  readonly first: Violation;
  readonly all: readonly Violation[];
}

/** One wrong form of an error is one finding, in however many places it shows. */
export function groupsOf(violations: readonly Violation[]): Group[] {
  return [...Map.groupBy(violations, ({ cause }) => cause).values()].flatMap((all) =>
    all[0] === undefined ? [] : [{ first: all[0], all }],
  );
}

export const newViolations = ({ violations }: Report): Violation[] => violations.filter(({ known }) => !known);

/** Apart from the numbers and names that differ from run to run. */
export const withoutValues = (message: string): string =>
  message
    .replaceAll(/"[^"]*"|'[^']*'/g, '""')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, '#')
    .replaceAll(/(?<!answered |expected |or )\b\d+(\.\d+)?\b/g, '#');
