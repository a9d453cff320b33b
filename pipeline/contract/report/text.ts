import type { Covered, CoveredKind } from './coverage.ts';
import { groupsOf, newViolations, type Report, type Violation } from './report.ts';

const MAX_SHOWN = 40;
const MAX_MISSING = 8;

/** One finding, as soon as it is made. */
export function violationText({ operation, rule, place, title, message, curl, replay }: Violation): string {
  return [
    `✗ ${operation}  ${rule}: ${message}`,
    `    case    ${title}`,
    ...(place === '' ? [] : [`    place   ${place}`]),
    ...(curl === '' ? [] : [`    request ${curl}`]),
    `    again   ${replay}`,
    '',
  ].join('\n');
}

/** The end of the report for a terminal, after the findings. */
export function summaryText(report: Report): string {
  const groups = groupsOf(newViolations(report));
  const known = report.violations.length - newViolations(report).length;
  const repeated = groups.filter(({ all }) => all.length > 1);
  const lines = [...table(report), '', ...coverage(report), ''];
  if (repeated.length > 0) {
    lines.push('findings that show in several places');
    for (const { first, all } of repeated.slice(0, MAX_SHOWN)) {
      const operations = new Set(all.map(({ operation }) => operation));
      const where = operations.size === 1 ? first.operation : `${operations.size} operations`;
      lines.push(`  ${String(all.length).padStart(5)} × ${first.rule}: ${first.message}  (${where})`);
    }
    if (repeated.length > MAX_SHOWN) lines.push(`  … and ${repeated.length - MAX_SHOWN} more`);
    lines.push('');
  }
  for (const { operation, reason } of report.notRun.slice(0, MAX_SHOWN))
    lines.push(`- ${operation}: not run, ${reason}`);
  if (report.notRun.length > MAX_SHOWN) lines.push(`- … and ${report.notRun.length - MAX_SHOWN} more operations`);
  for (const ref of report.unusable.slice(0, MAX_SHOWN)) lines.push(`- the document's reference ${ref} leads nowhere`);
  if (report.stopped !== undefined) lines.push(`Stopped early: ${report.stopped}.`);
  lines.push(totals(report, groups.length, known));
  return lines.join('\n');
}

function totals(report: Report, causes: number, known: number): string {
  const run = report.results.filter(({ skipped }) => skipped === undefined);
  const failed = run.filter(({ violations }) => violations.some((one) => !one.known)).length;
  const skipped = report.results.length - run.length;
  const found = newViolations(report).length;
  const counts = [
    `${run.length - failed} cases passed`,
    `${failed} failed`,
    ...(skipped > 0 ? [`${skipped} not run`] : []),
  ];
  const violations = `${found} ${found === 1 ? 'violation' : 'violations'}`;
  const grouped = found > causes ? ` of ${causes} ${causes === 1 ? 'cause' : 'causes'}` : '';
  const old = known > 0 ? `, ${known} known` : '';
  const seconds = (report.duration / 1000).toFixed(1);
  return `${counts.join(', ')}; ${violations}${grouped}${old}; ${report.requests} requests; seed ${report.seed}; ${seconds} s`;
}

/** The whole report, with the first finding of each cause. */
export function textReport(report: Report): string {
  const groups = groupsOf(newViolations(report));
  return [...groups.slice(0, MAX_SHOWN).map(({ first }) => violationText(first)), summaryText(report)].join('\n');
}

function table({ results, rows }: Report): string[] {
  const names = [...new Set([...results.map(({ operation }) => operation), ...rows.map(({ operation }) => operation)])];
  const statuses = [...new Set(rows.flatMap((row) => Object.keys(row.statuses)))].sort();
  const width = Math.min(Math.max(9, ...names.map((name) => name.length)), 60);
  const cell = (text: string | number) => String(text).padStart(7);
  const head = `${'operation'.padEnd(width)}${['cases', 'failed', ...statuses].map(cell).join('')}`;
  const byName = Map.groupBy(results, ({ operation }) => operation);
  const counted = new Map(rows.map((row) => [row.operation, row.statuses]));
  return [
    head,
    ...names.map((name) => {
      const mine = byName.get(name) ?? [];
      const failed = mine.filter(({ violations }) => violations.some((one) => !one.known)).length;
      const counts = counted.get(name) ?? {};
      const cells = [mine.length, failed, ...statuses.map((status) => counts[status] ?? '·')];
      return `${name.slice(0, width).padEnd(width)}${cells.map(cell).join('')}`;
    }),
  ];
}

const COVERED: readonly [CoveredKind, string][] = [
  ['operations', 'operations'],
  ['accepted', 'operations that accepted'],
  ['statuses', 'statuses a client can provoke'],
  ['parameters', 'parameters present'],
  ['enumValues', 'enum values accepted'],
  ['propertiesPresent', 'properties present'],
  ['propertiesAbsent', 'properties absent'],
];

function coverage({ coverage }: Report): string[] {
  const skipped = Object.entries(coverage.skipped);
  return [
    'coverage',
    ...COVERED.flatMap(([kind, name]) => {
      const { total, missing }: Covered = coverage[kind];
      return [
        `  ${name.padEnd(30)} ${total - missing.length} of ${total}`,
        ...missing.slice(0, MAX_MISSING).map((one) => `      not ${one}`),
        ...(missing.length > MAX_MISSING ? [`      … and ${missing.length - MAX_MISSING} more`] : []),
      ];
    }),
    ...(skipped.length > 0 ? ['  checks that were not made'] : []),
    ...skipped.slice(0, MAX_SHOWN).map(([reason, count]) => `      ${count} × ${reason}`),
  ];
}

/** How much of the document was reached, in percent: the least of the kinds that a run can reach in full. */
export function coveredPercent({ coverage }: Report): number {
  const kinds = [coverage.operations, coverage.accepted, coverage.statuses];
  const shares = kinds.map(({ total, missing }) => (total === 0 ? 100 : ((total - missing.length) / total) * 100));
  return Math.floor(Math.min(...shares));
}
