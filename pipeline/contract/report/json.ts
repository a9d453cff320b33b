import type { Report } from './report.ts';

/** The report for a program. */
export function jsonReport({
  seed,
  results,
  violations,
  notRun,
  coverage,
  stopped,
  url,
  requests,
  duration,
}: Report): string {
  const cases = results.filter(({ skipped }) => skipped === undefined).length;
  const report = {
    url,
    seed,
    cases,
    requests,
    duration,
    ...(stopped !== undefined && { stopped }),
    violations,
    notRun,
    coverage,
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
