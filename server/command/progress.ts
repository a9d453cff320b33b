import type { Client } from '../../client/index.ts';
import { type Job, type JobInput, waitForJob } from '../../client/index.ts';

/**
 * Waits for the job of an answer, and tells standard error how it goes: in a terminal by one line that changes, elsewhere
 * by one line for each state. Answers the job, or what it was given where there is none.
 */
export async function followJob(client: Client, answer: object, timeout: number): Promise<object> {
  if (!('jobId' in answer)) {
    console.error('There is no job to wait for.');
    return answer;
  }
  const began = performance.now();
  let last = '';
  const tell = (job: Job): void => {
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${job.operation} ${job.jobId} ${job.status} ${seconds} s`);
    else if (job.status !== last) console.error(`${job.operation} ${job.jobId} ${job.status}`);
    last = job.status ?? '';
  };
  try {
    return await waitForJob(client, answer as JobInput, { timeout, interval: 1000, onPoll: tell });
  } finally {
    if (process.stderr.isTTY) process.stderr.write('\n');
  }
}
