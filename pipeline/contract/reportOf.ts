import { isSafe, type Operation } from './document/document.ts';
import type { Report, Result } from './report/report.ts';
import { isNamed, type Suite } from './suite.ts';

/** The state of a run when its report is made. */
interface Done {
  readonly results: readonly Result[];
  /** Why operations were not run. */
  readonly reasons: ReadonlyMap<string, string>;
}

export function reportOf(suite: Suite, { results, reasons }: Done, stop: AbortSignal, duration: number): Report {
  const { document, sender, coverage, operations, options } = suite;
  const rows = document.operations.flatMap(({ id }) => {
    const counts = coverage.countsOf(id);
    return counts.size === 0 ? [] : [{ operation: id, statuses: Object.fromEntries(counts) }];
  });
  const sent = new Set(rows.map(({ operation }) => operation));
  const reasonFor = (operation: Operation): string =>
    leftOut(suite, operation) ??
    reasons.get(operation.id) ??
    (stop.aborted ? String(stop.reason) : 'no case was planned for it');
  return {
    url: sender.url,
    seed: options.seed ?? 1,
    results,
    violations: results.flatMap(({ violations }) => violations),
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

/** Why the options leave an operation out. */
function leftOut({ operations, hidden, options }: Suite, operation: Operation): string | undefined {
  if (operations.includes(operation)) return undefined;
  const other = hidden.get(operation);
  if (other !== undefined) return `its path is that of ${other.id}`;
  if (options.exclude?.some((name) => isNamed(operation, name))) return 'it is excluded';
  if (options.readOnly === true && !isSafe(operation)) return '--read-only leaves it out';
  return '--only leaves it out';
}
