import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CoveredKind } from '../../../pipeline/contract/report/coverage.ts';
import { htmlReport } from '../../../pipeline/contract/report/html.ts';
import { jsonReport } from '../../../pipeline/contract/report/json.ts';
import { junitReport } from '../../../pipeline/contract/report/junit.ts';
import { textReport } from '../../../pipeline/contract/report/text.ts';
import { contractTests } from '../../../pipeline/contract/vitest.ts';
import type { RunningServer } from '../../../server/compose/server.ts';
import { ours, runOurContract } from '../../contract-rules/contract.ts';
import { correctServer, firstViolation } from '../../mutants/kill.ts';
import { inFrontOf } from '../../mutants/layer.ts';
import { mutants } from '../../mutants/mutants.ts';

const server: RunningServer = await correctServer();
afterAll(() => server.stop(0));

describe('the contract tests', () => {
  // Bounds on what hangs: all cases have to run, however busy the machine.
  const times = { maxTime: 600_000, operationTime: 600_000 };
  it('find nothing in our own server, and reach all that they count', { timeout: 600_000 }, async () => {
    const report = await runOurContract({ url: `${server.url}/prod`, seed: 1, runs: 1, ...times });
    expect(report.violations.map(({ title, message }) => `${title}: ${message}`)).toEqual([]);
    expect(report.results.filter(({ skipped }) => skipped !== undefined)).toEqual([]);
    expect(report.notRun).toEqual([]);
    const { skipped, ...covered } = report.coverage;
    expect(skipped).toEqual({});
    for (const kind of Object.keys(covered) as CoveredKind[]) {
      expect(covered[kind].missing, kind).toEqual([]);
      expect(covered[kind].total).toBeGreaterThan(0);
    }
  });

  it('leave nothing behind', async () => {
    const { db } = server.services.store;
    await vi.waitFor(async () => expect(await db.selectFrom('app').selectAll().execute()).toEqual([]), 5000);
  });

  // The proofs try them all.
  it.each(['a required member of an answer is missing', 'a value of an enum is refused'])(
    'catch an implementation where %s',
    async (fault) => {
      const mutant = mutants.find((one) => one.fault === fault);
      expect(mutant && (await firstViolation(mutant))).toBeTypeOf('string');
    },
  );

  it('have names of their own for at least 140 mutants', () => {
    const faults = mutants.map(({ fault }) => fault);
    expect(new Set(faults).size).toBe(faults.length);
    expect(faults.length).toBeGreaterThanOrEqual(140);
  });
});

describe('the report', () => {
  let text = '';
  let junit = '';
  let json = '';
  let html = '';
  beforeAll(async () => {
    const front = await inFrontOf(server.url, async (request, forward) => {
      const answer = await forward(request);
      return request.text.includes('é') || request.operation === 'GetBackend' ? { ...answer, status: 202 } : answer;
    });
    const report = await runOurContract({ url: front.url, only: ['GetBackend'], seed: 7, runs: 5 });
    await front.close();
    text = textReport(report);
    junit = junitReport(report);
    json = jsonReport(report);
    html = htmlReport(report);
  });

  it('shows each violation with its rule, a line that repeats the request, and flags that repeat the case', () => {
    expect(text).toMatch(
      /✗ GetBackend {2}status: answered 202, expected 200 \(the example app\)\n {4}case {4}accepts an ordinary request\n/,
    );
    expect(text).toMatch(
      /\n {4}request curl -sS -i -X POST 'http:\S+\/backend\/\w+\/details' -H .* --data-raw '\{\}'\n/,
    );
    expect(text).toMatch(/\n {4}again {3}--only GetBackend --replay [0-9a-f]{8} --seed 7\n/);
  });

  it('has a table of operations and statuses, the coverage, and the seed', () => {
    expect(text).toMatch(/^operation +cases +failed +\d+/m);
    expect(text).toMatch(/\nGetBackend +\d+ +\d+ +/);
    expect(text).toMatch(/enum values accepted +\d+ of \d+/);
    expect(text).toMatch(/; \d+ requests; seed 7; \d+\.\d s$/);
  });

  it('is JSON and a page too', () => {
    const { seed, cases, violations, notRun, coverage } = JSON.parse(json);
    expect({ seed, notRun, total: coverage.operations.total }).toEqual({ seed: 7, notRun: [], total: 1 });
    expect(cases).toBeGreaterThan(5);
    expect(violations[0]).toMatchObject({ operation: 'GetBackend', rule: 'status', known: false });
    expect(html).toContain('<b>GetBackend</b> <code>status</code>');
  });

  it('is JUnit XML too', () => {
    expect(junit).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<testsuites name="contract" tests="\d+" failures="\d+"/,
    );
    expect(junit).toContain('<failure type="status" message="answered 202, expected 200 (the example app)">curl ');
  });
});

// The same cases as tests of whoever uses Vitest.
await contractTests(ours({ url: server.url, only: ['GetBackendJob', 'retry', 'UpdateBackendAuthPreflight'], runs: 2 }));
