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
  /** The mutant that took the longest to kill, and how long, in ms. */
  let longest = { fault: '', ms: 0 };
  beforeAll(async () => {
    server = await correctServer();
  });
  afterAll(() => server.stop(0));

  it('catch every implementation that is wrong', async () => {
    const alive: string[] = [];
    for (const mutant of mutants) {
      const began = performance.now();
      const violation = await firstViolation(mutant);
      const ms = performance.now() - began;
      if (ms > longest.ms) longest = { fault: mutant.fault, ms };
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
      const began = performance.now();
      const report = await runOurContract({ url: server.url, seed, workflows: seed === 1 });
      if (seed === 1) sayTimes(performance.now() - began, longest);
      for (const { operation, title, message } of report.violations) {
        alarms.push(`seed ${seed}: ${operation} ${title}: ${message}`);
      }
      if (seed === 1) console.log(textReport(report));
    }
    console.log(`${alarms.length} false alarms over ${SEEDS} seeds`);
    expect(alarms).toEqual([]);
  });
});

/** A fault must not stretch a run: it is told how long the longest kill took, beside the whole run of a correct server. */
function sayTimes(plain: number, { fault, ms }: { readonly fault: string; readonly ms: number }): void {
  const seconds = (time: number) => `${(time / 1000).toFixed(1)} s`;
  console.log(
    `The whole run: ${seconds(plain)}. The longest kill: ${seconds(ms)}, ${(ms / plain).toFixed(2)} of that (${fault}).`,
  );
}
