import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Report, Violation } from '../../pipeline/contract/report/report.ts';
import { textReport } from '../../pipeline/contract/report/text.ts';
import { runContract } from '../../pipeline/contract/run.ts';
import type { ContractOptions } from '../../pipeline/contract/suite.ts';
import { GITHUB, lacksGitHub } from '../helpers/githubDocument.ts';
import { prismIsInstalled, startPrism } from './prism/prism.ts';

const SEEDS = 10;
const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const OURS = file('../../generated/openapi.json');
const PETSTORE = file('./prism/petstore.yaml');

interface Fault {
  readonly fault: string;
  readonly is: (violation: Violation) => boolean;
}

/** Differences between Prism 5.16 and the document, each confirmed with curl. */
const NO_ANSWER: Fault = {
  fault: 'it never answers a request whose JSON is malformed',
  is: ({ rule, title }) => rule === 'answer' && title.startsWith('refuses JSON '),
};
const FAULTS: readonly Fault[] = [
  NO_ANSWER,
  {
    fault: 'it answers preflights by itself, with 204 instead of what is documented',
    is: ({ rule, message, operation }) =>
      rule === 'status' && operation.endsWith('Preflight') && message === 'answered 204, expected 200',
  },
  {
    fault: 'it refuses a wrong method in a form of its own',
    is: ({ rule, title }) => rule === 'schema' && title.startsWith('answers 405 to '),
  },
];

const FOREIGN_FAULTS: readonly Fault[] = [
  NO_ANSWER,
  {
    fault: "it answers GitHub's examples, some of which do not fit GitHub's schemas",
    is: ({ rule, operation }) => rule === 'schema' && ['teams/create', 'repos/get', 'pulls/create'].includes(operation),
  },
  {
    fault: 'it does not look for what issues/create requires: {"body":7} is a 201',
    is: ({ rule, operation, message }) =>
      rule === 'status' && operation === 'issues/create' && message.startsWith('answered 201, expected 400 or 422'),
  },
];

const told = (violations: readonly Violation[]) =>
  violations.map(({ operation, title, message }) => `${operation} ${title}: ${message}`);
const unexplained = (report: Report, faults: readonly Fault[]) =>
  told(report.violations.filter((violation) => !faults.some(({ is }) => is(violation))));

if (!prismIsInstalled())
  console.log('Prism is not installed, so nothing is tried on it: npm ci --prefix test/proof/prism');

describe.skipIf(!prismIsInstalled() && process.env.CI !== 'true')("on Prism's mock the contract tests", () => {
  async function mocked(document: string, options: Partial<ContractOptions>): Promise<Report> {
    const prism = await startPrism(document);
    onTestFinished(() => prism.stop());
    return runContract({ timeout: 4_000, seed: 1, stateless: true, spec: document, ...options, url: prism.url });
  }

  it("report Prism's own faults and nothing else", async () => {
    const report = await mocked(OURS, { strict: true });
    console.log(
      `Prism: ${report.violations.length} violations in ${report.results.length} cases, all of them its own:`,
    );
    for (const { fault, is } of FAULTS) {
      const count = report.violations.filter(is).length;
      console.log(`  ${count} × ${fault}`);
      expect(count, fault).toBeGreaterThan(0);
    }
    expect(unexplained(report, FAULTS)).toEqual([]);
  });

  it('give no false alarm, whatever the seed', async () => {
    const prism = await startPrism(OURS);
    onTestFinished(() => prism.stop());
    const alarms: string[] = [];
    for (let seed = 1; seed <= SEEDS; seed++) {
      const filter = ({ title }: { title: string }) => !title.startsWith('refuses JSON ');
      const report = await runContract({ url: prism.url, spec: OURS, strict: true, stateless: true, seed, filter });
      alarms.push(...unexplained(report, FAULTS));
    }
    console.log(`${alarms.length} false alarms over ${SEEDS} seeds on Prism`);
    expect(alarms).toEqual([]);
  });

  it('run on a petstore, and report', async () => {
    const report = await mocked(PETSTORE, {});
    console.log(textReport(report));
    expect(report.coverage.operations).toEqual({ total: 4, missing: [] });
    expect(report.coverage.enumValues.missing).toEqual([]);
    expect(unexplained(report, FOREIGN_FAULTS)).toEqual([]);
  });

  it.skipIf(lacksGitHub())("run on GitHub's document, and report", async () => {
    const only = ['issues/create', 'issues/list-for-repo', 'repos/get', 'gists/create', 'meta/get-zen', 'teams/create'];
    const more = ['checks/create', 'pulls/create', 'users/get-authenticated', 'licenses/get'];
    const report = await mocked(GITHUB, { only: [...only, ...more], runs: 5 });
    console.log(textReport(report).split('\n').slice(0, 24).join('\n'));
    expect(report.coverage.operations).toEqual({ total: 10, missing: [] });
    expect(unexplained(report, FOREIGN_FAULTS)).toEqual([]);
  });
});
