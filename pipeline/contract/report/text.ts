import type { Covered } from './coverage.ts';
import { type Report, violationsOf } from './report.ts';

const MAX_SHOWN = 30;
const MAX_MISSING = 12;

/** The report for a terminal. */
export function textReport(report: Report): string {
  const violations = violationsOf(report);
  const skipped = report.results.filter((result) => result.skipped !== undefined);
  const lines = [...table(report), '', ...coverage(report), ''];
  for (const { operation, title, rule, place, message, seed, path, curl } of violations.slice(0, MAX_SHOWN)) {
    lines.push(
      `✗ ${operation} ${title}`,
      `    rule  ${rule}${place === '' ? '' : `, at ${place}`}`,
      `    found ${message}`,
    );
    if (seed !== undefined) lines.push(`    seed  ${seed}, path ${path}`);
    lines.push(`    ${curl}`, '');
  }
  if (violations.length > MAX_SHOWN) lines.push(`… and ${violations.length - MAX_SHOWN} more`, '');
  for (const { operation, title, skipped: why } of skipped.slice(0, MAX_SHOWN)) {
    lines.push(`- ${operation} ${title}: not run, ${why}`);
  }
  for (const why of report.unusable.slice(0, MAX_SHOWN)) lines.push(`- a schema of the document can't be used: ${why}`);
  const broken = report.results.filter(({ failures }) => failures.length > 0).length;
  const passed = report.results.length - broken - skipped.length;
  const counts = [
    `${passed} cases passed`,
    `${broken} failed`,
    ...(skipped.length > 0 ? [`${skipped.length} not run`] : []),
  ];
  const found = violations.length === 1 ? '1 violation' : `${violations.length} violations`;
  lines.push(`${counts.join(', ')}; ${found}; seed ${report.seed}; ${(report.duration / 1000).toFixed(1)} s`);
  return lines.join('\n');
}

function table({ results, rows }: Report): string[] {
  const names = [...new Set([...results.map(({ operation }) => operation), ...rows.map(({ operation }) => operation)])];
  const statuses = [...new Set(rows.flatMap((row) => Object.keys(row.statuses)))].sort();
  const width = Math.min(Math.max(9, ...names.map((name) => name.length)), 60);
  const cell = (text: string | number) => String(text).padStart(7);
  const head = `${'operation'.padEnd(width)}${['cases', 'failed', ...statuses].map(cell).join('')}`;
  return [
    head,
    ...names.map((name) => {
      const mine = results.filter(({ operation }) => operation === name);
      const failed = mine.filter(({ failures }) => failures.length > 0).length;
      const counts = rows.find(({ operation }) => operation === name)?.statuses ?? {};
      const cells = [mine.length, failed, ...statuses.map((status) => counts[status] ?? '·')];
      return `${name.slice(0, width).padEnd(width)}${cells.map(cell).join('')}`;
    }),
  ];
}

function coverage({ coverage }: Report): string[] {
  const rows: [string, Covered][] = [
    ['operations', coverage.operations],
    ['statuses a client can provoke', coverage.statuses],
    ['enum values accepted', coverage.enumValues],
    ['properties present', coverage.propertiesPresent],
    ['properties absent', coverage.propertiesAbsent],
  ];
  return [
    'coverage',
    ...rows.flatMap(([name, { total, missing }]) => [
      `  ${name.padEnd(30)} ${total - missing.length} of ${total}`,
      ...missing.slice(0, MAX_MISSING).map((one) => `      not ${one}`),
      ...(missing.length > MAX_MISSING ? [`      … and ${missing.length - MAX_MISSING} more`] : []),
    ]),
  ];
}
