import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textReport } from '../../pipeline/contract/report/text.ts';
import type { RunningServer } from '../../server/compose/server.ts';
import { runOurContract } from '../contract-rules/contract.ts';
import { correctServer, firstViolation } from '../mutants/kill.ts';
import { inFrontOf } from '../mutants/layer.ts';
import { mutants } from '../mutants/mutants.ts';

const SEEDS = 20;

describe('the contract tests', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await correctServer();
  });
  afterAll(() => server.stop(0));

  it('catch every implementation that is wrong', async () => {
    const alive: string[] = [];
    for (const mutant of mutants) {
      const violation = await firstViolation(mutant);
      if (violation === undefined) alive.push(mutant.fault);
      console.log(
        violation === undefined ? `ALIVE   ${mutant.fault}` : `killed  ${mutant.fault}\n    by  ${violation}`,
      );
    }
    console.log(`killed ${mutants.length - alive.length} of ${mutants.length}`);
    expect(alive).toEqual([]);
  });

  it('find nothing through the layer that makes mutants', async () => {
    const front = await inFrontOf(server.url, (request, forward) => forward(request));
    const report = await runOurContract({ url: front.url, only: ['ListBackendJobs', 'merge', 'paths'], runs: 3 });
    await front.close();
    expect(report.violations).toEqual([]);
  });

  it('give no false alarm, whatever the seed', async () => {
    const alarms: string[] = [];
    for (let seed = 1; seed <= SEEDS; seed++) {
      const report = await runOurContract({ url: server.url, seed, workflows: seed === 1 });
      for (const { operation, title, message } of report.violations) {
        alarms.push(`seed ${seed}: ${operation} ${title}: ${message}`);
      }
      if (seed === 1) console.log(textReport(report));
    }
    console.log(`${alarms.length} false alarms over ${SEEDS} seeds`);
    expect(alarms).toEqual([]);
  });
});
