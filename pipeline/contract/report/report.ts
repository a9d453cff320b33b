import type { Failure } from '../cases/case.ts';
import type { CoverageSummary } from './coverage.ts';

export interface Result {
  /** The operation's id, a path, or a rule of the API's own. */
  readonly operation: string;
  readonly title: string;
  readonly failures: readonly Failure[];
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
  readonly rows: readonly OperationRow[];
  readonly coverage: CoverageSummary;
  /** What of the document can't be used, so that nothing was said of it. */
  readonly unusable: readonly string[];
  /** In ms. */
  readonly duration: number;
}

export const violationsOf = (report: Report): (Failure & { operation: string; title: string })[] =>
  report.results.flatMap(({ operation, title, failures }) =>
    failures.map((failure) => ({ operation, title, ...failure })),
  );
