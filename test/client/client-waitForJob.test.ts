import { getEventListeners, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createClient, type Job, JobFailedError, NotFoundException, waitForJob } from '../../client/index.ts';

const input = { appId: 'd1', backendEnvironmentName: 'staging', jobId: 'j1' };
const running: Job = { ...input, operation: 'UpdateBackendAuth', status: 'RUNNING' };
const completed: Job = { ...running, status: 'COMPLETED' };
const failed: Job = { ...running, status: 'FAILED', error: 'The pool is gone.' };
const quick = { interval: 1 };

/** A client of a server that answers one job after the other, the last one again and again, or not at all. */
async function clientOf(...jobs: (Job | 'silence')[]) {
  let polls = 0;
  const server = createServer((_request, response) => {
    const job = jobs[Math.min(polls, jobs.length - 1)];
    polls += 1;
    if (job !== 'silence') response.end(JSON.stringify(job));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    await server[Symbol.asyncDispose]();
  });
  const client = createClient({ baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  return { client, polls: () => polls, asked: () => once(server, 'request') };
}

describe('waitForJob', () => {
  test('polls until the job has completed, shows each poll, and answers the job', async () => {
    const { client, polls } = await clientOf(running, running, completed);
    const seen: (string | undefined)[] = [];
    await expect(waitForJob(client, input, { ...quick, onPoll: (job) => seen.push(job.status) })).resolves.toEqual(
      completed,
    );
    expect(seen).toEqual(['RUNNING', 'RUNNING', 'COMPLETED']);
    expect(polls()).toBe(3);
  });

  test('throws a JobFailedError with the job and its own words when the job has failed', async () => {
    const { client } = await clientOf(running, failed);
    const error: unknown = await waitForJob(client, input, quick).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(JobFailedError);
    expect(error).toMatchObject({ name: 'JobFailedError', job: failed, message: 'Job j1 failed: The pool is gone.' });
  });

  test('takes any other status for a running job', async () => {
    const { client, polls } = await clientOf({ ...running, status: 'QUEUED' as 'RUNNING' }, { ...input }, completed);
    await waitForJob(client, input, quick);
    expect(polls()).toBe(3);
  });

  test('takes the answer of the operation that started the job as it is, and refuses one without a jobId', async () => {
    const { client, polls } = await clientOf(completed);
    await waitForJob(client, running);
    await expect(waitForJob(client, { ...running, jobId: undefined })).rejects.toThrow(TypeError);
    expect(polls()).toBe(1);
  });

  test('ends with what a poll throws', async () => {
    const client = {
      getBackendJob: () =>
        Promise.reject(new NotFoundException('No job.', { status: 404, body: { __type: '', message: '' } })),
    };
    await expect(waitForJob(client, input)).rejects.toBeInstanceOf(NotFoundException);
  });

  test('ends with a TimeoutError when the job takes too long, whether it is answered or not', async () => {
    for (const answer of [running, 'silence'] as const) {
      const { client } = await clientOf(answer);
      await expect(waitForJob(client, input, { ...quick, timeout: 50 })).rejects.toMatchObject({
        name: 'TimeoutError',
      });
    }
  });

  test('waits for ever when told to', async () => {
    const { client } = await clientOf(running, completed);
    await expect(waitForJob(client, input, { ...quick, timeout: Number.POSITIVE_INFINITY })).resolves.toEqual(
      completed,
    );
  });
});

describe('an abort of waitForJob', () => {
  test('before the first poll sends nothing', async () => {
    const { client, polls } = await clientOf(completed);
    await expect(waitForJob(client, input, { signal: AbortSignal.abort('enough') })).rejects.toBe('enough');
    expect(polls()).toBe(0);
  });

  test('within a poll rejects with the reason of the signal', async () => {
    const { client, asked } = await clientOf('silence');
    const stop = new AbortController();
    const reason = new Error('enough');
    const waited = waitForJob(client, input, { signal: stop.signal });
    asked().then(() => stop.abort(reason));
    await expect(waited).rejects.toBe(reason);
  });

  test('by onPoll ends the waiting without another poll', async () => {
    const { client, polls } = await clientOf(running);
    const stop = new AbortController();
    const waited = waitForJob(client, input, { signal: stop.signal, onPoll: () => stop.abort('enough') });
    await expect(waited).rejects.toBe('enough');
    expect(polls()).toBe(1);
  });
});

// Here the clock is a fake, and so the client: sockets don't follow a fake clock.
describe('between two polls, waitForJob', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  function polled(...jobs: Job[]) {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    const start = Date.now();
    const polls: { at: number; signal: AbortSignal | undefined }[] = [];
    return {
      polls,
      client: {
        getBackendJob: async (_: unknown, { signal }: { signal?: AbortSignal | undefined } = {}) => {
          polls.push({ at: Date.now() - start, signal });
          return jobs[Math.min(polls.length, jobs.length) - 1] ?? running;
        },
      },
    };
  }

  test('waits 100 ms, then twice as long each time, and 2 seconds at most', async () => {
    const { client, polls } = polled(...Array(7).fill(running), completed);
    const waited = waitForJob(client, input);
    await vi.runAllTimersAsync();
    await expect(waited).resolves.toEqual(completed);
    expect(polls.map(({ at }) => at)).toEqual([0, 100, 300, 700, 1500, 3100, 5100, 7100]);
  });

  test('waits no longer than the interval it is given, the first time too', async () => {
    const { client, polls } = polled(running, running, completed);
    waitForJob(client, input, { interval: 30 });
    await vi.runAllTimersAsync();
    expect(polls.map(({ at }) => at)).toEqual([0, 30, 60]);
  });

  test('stops at once on an abort, and leaves neither timer nor listener behind', async () => {
    const { client, polls } = polled(running);
    const stop = new AbortController();
    const waited = waitForJob(client, input, { signal: stop.signal });
    await vi.advanceTimersByTimeAsync(350);
    expect(vi.getTimerCount()).toBe(1);
    stop.abort('enough');
    await expect(waited).rejects.toBe('enough');
    expect(polls).toHaveLength(3);
    expect(vi.getTimerCount()).toBe(0);
    expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
  });

  test('leaves neither timer nor listener behind when the job has ended, and gives each poll a signal of its own', async () => {
    const { client, polls } = polled(running, running, completed);
    const stop = new AbortController();
    const waited = waitForJob(client, input, { signal: stop.signal });
    await vi.runAllTimersAsync();
    await waited;
    expect(vi.getTimerCount()).toBe(0);
    expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
    expect(new Set(polls.map(({ signal }) => signal)).size).toBe(3);
  });
});
