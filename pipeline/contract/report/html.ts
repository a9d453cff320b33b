import { groupsOf, newViolations, type Report } from './report.ts';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
code,pre{font:13px/1.5 ui-monospace,monospace}pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f4f4f5;padding:.75rem}
table{border-collapse:collapse}th,td{text-align:left;padding:.25rem .75rem;border-bottom:1px solid #ddd}td.n{text-align:right}
summary{cursor:pointer;padding:.5rem 0}@media(prefers-color-scheme:dark){body{color:#eee;background:#161616}pre{background:#222}}`;

/** The report as a page that needs nothing else. */
export function htmlReport(report: Report): string {
  const groups = groupsOf(newViolations(report));
  const failed = new Map<string, number>();
  for (const { operation } of newViolations(report)) failed.set(operation, (failed.get(operation) ?? 0) + 1);
  const findings = groups.map(
    ({
      first,
      all,
    }) => `<details><summary><b>${escaped(first.operation)}</b> <code>${escaped(first.rule)}</code> ${escaped(first.message)}${
      all.length > 1 ? ` <b>× ${all.length}</b>` : ''
    }</summary><p>${escaped(first.title)}${first.place === '' ? '' : `, at <code>${escaped(first.place)}</code>`}</p>
<pre>${escaped(first.curl)}</pre><p>Again: <code>${escaped(first.replay)}</code></p>${
      all.length > 1
        ? `<ul>${all
            .slice(1, 200)
            .map(
              ({ operation, title, message }) =>
                `<li>${escaped(operation)} ${escaped(title)}: ${escaped(message)}</li>`,
            )
            .join('')}</ul>`
        : ''
    }</details>`,
  );
  const rows = report.rows.map(({ operation, statuses }) => {
    const counts = Object.entries(statuses).map(([status, count]) => `${status} × ${count}`);
    return `<tr><td>${escaped(operation)}</td><td class="n">${failed.get(operation) ?? 0}</td><td>${counts.join(', ')}</td></tr>`;
  });
  const covered = Object.entries(report.coverage).flatMap(([kind, value]) =>
    kind === 'skipped'
      ? []
      : [
          `<tr><td>${escaped(kind)}</td><td class="n">${value.total - value.missing.length} of ${value.total}</td></tr>`,
        ],
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Contract report</title><style>${STYLE}</style></head><body>
<h1>Contract report</h1>
<p><code>${escaped(report.url)}</code>, ${report.results.length} cases, ${report.requests} requests, seed ${report.seed}, ${(
    report.duration / 1000
  ).toFixed(1)} s${report.stopped === undefined ? '' : `. Stopped early: ${escaped(report.stopped)}`}</p>
<h2>${groups.length === 0 ? 'No violation' : `${newViolations(report).length} violations of ${groups.length} causes`}</h2>
${findings.join('\n')}
<h2>Operations</h2><table><tr><th>Operation</th><th>Violations</th><th>Answers</th></tr>${rows.join('\n')}</table>
<h2>Coverage</h2><table>${covered.join('\n')}</table>
<h2>Not run</h2><ul>${report.notRun.map(({ operation, reason }) => `<li>${escaped(operation)}: ${escaped(reason)}</li>`).join('')}</ul>
</body></html>
`;
}
