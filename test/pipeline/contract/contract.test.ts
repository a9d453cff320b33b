import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { junitReport } from '../../../pipeline/contract/report/junit.ts';
import { violationsOf } from '../../../pipeline/contract/report/report.ts';
import { textReport } from '../../../pipeline/contract/report/text.ts';
import { runContract } from '../../../pipeline/contract/run.ts';
import { contractTests } from '../../../pipeline/contract/vitest.ts';
import type { RunningServer } from '../../../server/compose/server.ts';
import { correctServer, firstViolation } from '../../mutants/kill.ts';
import { inFrontOf } from '../../mutants/layer.ts';
import { mutants } from '../../mutants/mutants.ts';

const server: RunningServer = await correctServer();
afterAll(() => server.stop(0));

describe('the contract tests', () => {
  it('find nothing in our own server, and reach all that they count', { timeout: 60_000 }, async () => {
    const report = await runContract({ url: `${server.url}/prod`, seed: 1, runs: 3 });
    expect(violationsOf(report).map(({ title, message }) => `${title}: ${message}`)).toEqual([]);
    expect(report.results.filter(({ skipped }) => skipped !== undefined)).toEqual([]);
    for (const { missing, total } of Object.values(report.coverage)) {
      expect(missing).toEqual([]);
      expect(total).toBeGreaterThan(0);
    }
  });

  it('leave nothing behind', async () => {
    const { db } = server.services.store;
    await vi.waitFor(async () => expect(await db.selectFrom('app').selectAll().execute()).toEqual([]), 5000);
  });

  it('find nothing through the layer that makes mutants', async () => {
    const front = await inFrontOf(server.url, (request, forward) => forward(request));
    const report = await runContract({ url: front.url, only: ['ListBackendJobs', 'merge', 'paths'], runs: 3 });
    await front.close();
    expect(violationsOf(report)).toEqual([]);
  });

  it.each([
    'a required member of an answer is missing',
    'a required member in the fourth depth is not required',
    'a value of an enum is refused',
    'an update without mfa turns it off',
    'the token of a page leads to the same page',
    'two jobs of one environment run at once',
  ])('catch an implementation where %s', async (fault) => {
    const mutant = mutants.find((one) => one.fault === fault);
    expect(mutant && (await firstViolation(mutant))).toBeTypeOf('string');
  });

  it('have names of their own for at least 40 mutants', () => {
    const faults = mutants.map(({ fault }) => fault);
    expect(new Set(faults).size).toBe(faults.length);
    expect(faults.length).toBeGreaterThanOrEqual(40);
  });
});

describe('the report', () => {
  let text = '';
  let junit = '';
  beforeAll(async () => {
    const front = await inFrontOf(server.url, async (request, forward) => {
      const answer = await forward(request);
      return request.text.includes('é') || request.operation === 'GetBackend' ? { ...answer, status: 202 } : answer;
    });
    const report = await runContract({ url: front.url, only: ['GetBackend'], seed: 7, runs: 5 });
    await front.close();
    text = textReport(report);
    junit = junitReport(report);
  });

  it('tells each violation with its rule, its seed and a line that repeats it', () => {
    expect(text).toMatch(
      /✗ GetBackend accepts the example app\n {4}rule {2}status\n {4}found answered 202, expected 200\n/,
    );
    expect(text).toMatch(/\n {4}curl -sS -i -X POST 'http:\S+\/backend\/\w+\/details' -H .* --data-raw '\{\}'\n/);
    expect(text).toMatch(/seed {2}7, path \d/);
  });

  it('has a table of operations and statuses, the coverage, and the seed', () => {
    expect(text).toMatch(/^operation +cases +failed +\d+/);
    expect(text).toMatch(/\nGetBackend +\d+ +\d+ +/);
    expect(text).toMatch(/enum values accepted +\d+ of \d+/);
    expect(text).toMatch(/; seed 7; \d+\.\d s$/);
  });

  it('is JUnit XML too', () => {
    expect(junit).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<testsuites name="contract" tests="\d+" failures="\d+"/,
    );
    expect(junit).toContain('<failure type="status" message="answered 202, expected 200">curl ');
  });
});

// The same cases as tests of whoever uses Vitest.
await contractTests({ url: server.url, only: ['GetBackendJob', 'retry', 'UpdateBackendAuthPreflight'], runs: 2 });
