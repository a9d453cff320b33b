import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';

/** Calls an API that may be killed at any time: as an AWS SDK does, it tries again with the same invocation id. */
export class PatientClient {
  readonly #urls: readonly string[];
  #next = 0;
  retries = 0;

  constructor(urls: readonly string[]) {
    this.#urls = urls;
  }

  async post<T>(path: string, body: object): Promise<T> {
    const id = randomUUID();
    for (;;) {
      const url = this.#urls[this.#next++ % this.#urls.length];
      try {
        const response = await fetch(`${url}${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'amz-sdk-invocation-id': id },
          body: JSON.stringify(body),
          signal: AbortSignal.timeout(10_000),
        });
        if (response.status < 500) {
          const answer = await response.json();
          if (response.status !== 200) throw new Refused(`${path}: ${response.status} ${JSON.stringify(answer)}`);
          return answer as T;
        }
      } catch (error) {
        if (error instanceof Refused) throw error;
      }
      this.retries++;
      await sleep(50);
    }
  }

  /** The jobs of an environment, the oldest first. */
  async jobs(appId: string): Promise<Job[]> {
    const jobs: Job[] = [];
    let nextToken: string | undefined;
    do {
      const path = `/backend/${appId}/job/staging`;
      const page: { jobs: Job[]; nextToken?: string } = await this.post(path, { ...(nextToken && { nextToken }) });
      jobs.unshift(...page.jobs.reverse());
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return jobs;
  }

  async ended(appId: string, jobId: string): Promise<Job> {
    for (;;) {
      const page: { jobs: Job[] } = await this.post(`/backend/${appId}/job/staging`, { jobId });
      const [job] = page.jobs;
      if (job !== undefined && job.status !== 'RUNNING') return job;
      await sleep(20);
    }
  }
}

class Refused extends Error {}

interface Job {
  readonly jobId: string;
  readonly operation: string;
  readonly status: string;
  readonly error?: string;
  readonly createTime: string;
  readonly updateTime: string;
}

// Each update changes one of these: an update that was lost, or done twice out of order, shows in the end.
const change = (count: number) =>
  [
    { passwordPolicy: { minimumLength: 6 + (count % 90) } },
    { verificationMessage: { deliveryMethod: 'EMAIL', emailSettings: { emailSubject: `Subject ${count}` } } },
    { mfa: { MFAMode: 'ON', settings: { mfaTypes: ['TOTP'], smsMessage: `Code ${count} is {####}` } } },
  ][count % 3] as object;

/** Updates an environment `count` times, one after the other, and shows that each took effect exactly once. */
export async function updateAndCheck(client: PatientClient, appId: string, count: number): Promise<void> {
  const pool = { requiredSignUpAttributes: ['EMAIL'], signInMethod: 'EMAIL', userPoolName: 'users' };
  const config = { authResources: 'USER_POOL_ONLY', service: 'COGNITO' };
  const resource = { resourceName: 'auth' };
  const started = async (path: string, body: object): Promise<string> => {
    const { jobId } = await client.post<{ jobId: string }>(path, body);
    expect(await client.ended(appId, jobId)).toMatchObject({ status: 'COMPLETED' });
    return jobId;
  };
  const answered = [
    await started('/backend', { appId, appName: 'shop', backendEnvironmentName: 'staging' }),
    await started(`/backend/${appId}/auth`, {
      ...resource,
      backendEnvironmentName: 'staging',
      resourceConfig: { ...config, userPoolConfigs: pool },
    }),
  ];
  const expected: Record<string, unknown> = {};
  for (let index = 0; index < count; index++) {
    const userPoolConfigs = change(index);
    Object.assign(expected, userPoolConfigs);
    answered.push(
      await started(`/backend/${appId}/auth/staging`, { ...resource, resourceConfig: { ...config, userPoolConfigs } }),
    );
  }

  const jobs = await client.jobs(appId);
  // Each answered request made one job, no request made two, and none overlaps another.
  expect(jobs.map(({ jobId }) => jobId)).toEqual(answered);
  for (const [index, { updateTime }] of jobs.entries()) {
    const next = jobs[index + 1];
    if (next !== undefined) expect(Number(next.createTime)).toBeGreaterThanOrEqual(Number(updateTime));
  }
  const read: { resourceConfig: { userPoolConfigs: object } } = await client.post(
    `/backend/${appId}/auth/staging/details`,
    resource,
  );
  expect(read.resourceConfig.userPoolConfigs).toMatchObject(expected);
}
