import type { components } from '../generated/schema.ts';

type Schemas = components['schemas'];
/** A job, as `GetBackendJob` answers it. */
export type Job = Schemas['BackendJobRespObj'];

const completed = 'COMPLETED' satisfies Schemas['JobStatus'];
const failed = 'FAILED' satisfies Schemas['JobStatus'];

/** Which job to wait for. The answer of the operation that started it can be given as it is. */
export interface JobInput {
  appId: string;
  backendEnvironmentName: string;
  jobId?: string | undefined;
}

/** The part of a client that waiting needs. */
interface JobClient {
  getBackendJob(input: Required<JobInput>, options: { readonly signal: AbortSignal }): Promise<Job>;
}

/** How long to wait for a job, and how often to ask for it. */
export interface WaitOptions {
  /** Stops the waiting, also between two polls: it then rejects with the signal's reason. The job itself runs on. */
  signal?: AbortSignal | undefined;
  /** The longest pause between two polls, in milliseconds. Pauses start at 100 and double. Default: 2000. */
  interval?: number | undefined;
  /** How long to wait altogether, in milliseconds, at most 24 days. Default: 30 minutes. */
  timeout?: number | undefined;
  /** Called with the job after each poll. What it throws ends the waiting. */
  onPoll?: ((job: Job) => void) | undefined;
}

/** The job ended as FAILED; the message has the job's own `error`. */
export class JobFailedError extends Error {
  override readonly name = 'JobFailedError';
  declare readonly job: Job;

  constructor(job: Job) {
    super(`Job ${job.jobId} failed: ${job.error}`);
    this.job = job;
  }
}

/**
 * Polls GetBackendJob until the job has ended, and answers the completed job. Any status but COMPLETED and FAILED means
 * that it still runs.
 *
 * @throws JobFailedError, a DOMException named TimeoutError, the reason of an aborted signal, and whatever `getBackendJob` rejects with.
 */
export async function waitForJob(
  client: JobClient,
  input: JobInput,
  { signal, interval = 2000, timeout = 1_800_000, onPoll }: WaitOptions = {},
): Promise<Job> {
  const late = AbortSignal.timeout(Math.min(timeout, 2 ** 31 - 1)); // A longer one would fire at once.
  for (let pause = 100; ; pause *= 2) {
    // A fresh signal for each poll: a request leaves listeners on its own.
    const stop = AbortSignal.any([late, signal ?? late]);
    stop.throwIfAborted();
    // A missing jobId is refused by the client.
    const job = await client.getBackendJob(input as Required<JobInput>, { signal: stop });
    onPoll?.(job);
    if (job.status === completed) return job;
    if (job.status === failed) throw new JobFailedError(job);
    let nap: ReturnType<typeof setTimeout> | undefined;
    if (!stop.aborted) {
      await new Promise((resolve) => {
        nap = setTimeout(resolve, Math.min(pause, interval));
        stop.onabort = resolve;
      });
    }
    clearTimeout(nap);
    stop.onabort = null;
  }
}
