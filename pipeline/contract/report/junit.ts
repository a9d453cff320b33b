import type { Report, Violation } from './report.ts';

/** The report as JUnit XML, which CI systems read. */
export function junitReport({ results, duration }: Report): string {
  const suites = Map.groupBy(results, ({ operation }) => operation);
  const fresh = (violations: readonly Violation[]) => violations.filter(({ known }) => !known);
  const failed = results.filter(({ violations }) => fresh(violations).length > 0).length;
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="contract" tests="${results.length}" failures="${failed}" time="${duration / 1000}">`,
  ];
  for (const [name, cases] of suites) {
    const broken = cases.filter(({ violations }) => fresh(violations).length > 0).length;
    const skipped = cases.filter((one) => one.skipped !== undefined).length;
    lines.push(`  <testsuite name="${xml(name)}" tests="${cases.length}" failures="${broken}" skipped="${skipped}">`);
    for (const { title, violations, skipped: why, duration: time } of cases) {
      lines.push(`    <testcase classname="${xml(name)}" name="${xml(title)}" time="${time / 1000}">`);
      for (const { rule, message, curl } of fresh(violations)) {
        lines.push(`      <failure type="${xml(rule)}" message="${xml(message)}">${xml(curl)}</failure>`);
      }
      if (why !== undefined) lines.push(`      <skipped message="${xml(why)}"/>`);
      lines.push('    </testcase>');
    }
    lines.push('  </testsuite>');
  }
  return `${[...lines, '</testsuites>'].join('\n')}\n`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML 1.0 has no way to write most control characters. */
const xml = (text: string): string =>
  text
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replaceAll(/[&<>"]/g, (char) => ENTITIES[char] ?? char)
    .replaceAll('\n', '&#10;');
