import { pino } from 'pino';
import { type RunningServer, startServer } from '../../server/compose/server.ts';
import { type OurOptions, runOurContract } from '../contract-rules/contract.ts';
import { inFrontOf } from './layer.ts';
import type { Mutant } from './mutant.ts';

/** Long enough for a second request to meet a running job, short enough for a thousand of them. */
const JOB_TIME = 5; // ms

/** A correct server, in memory. */
export const correctServer = (jobTime = JOB_TIME): Promise<RunningServer> =>
  startServer({
    database: ':memory:',
    port: 0,
    host: '127.0.0.1',
    jobTime,
    // Its rules ask as pages of any origin do.
    allowOrigin: ['*'],
    log: pino({ level: 'silent' }),
  });

/** Runs what of the contract is about the mutant, and answers the first violation that it found, if any. */
export async function firstViolation(mutant: Mutant, options: Partial<OurOptions> = {}): Promise<string | undefined> {
  const server = await correctServer(mutant.jobTime);
  const front = await inFrontOf(server.url, mutant.behaviour());
  try {
    const report = await runOurContract({
      jobTimeout: 5000,
      workflows: false,
      ...options,
      url: front.url,
      only: mutant.only,
      bail: true,
    });
    const [first] = report.violations;
    return first && `${first.operation} ${first.title}: ${first.message}`;
  } finally {
    await front.close();
    await server.stop(0);
  }
}
