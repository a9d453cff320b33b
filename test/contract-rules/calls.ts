import { BadState } from '../../pipeline/contract/cases/case.ts';
import { isObject } from '../../pipeline/contract/document/json.ts';
import type { Answer } from '../../pipeline/contract/wire/messages.ts';
import type { Sender } from '../../pipeline/contract/wire/sender.ts';

/** An environment of an app. */
export interface Place {
  readonly appId: string;
  readonly environment: string;
}

export interface Job extends Place {
  readonly jobId: string;
}

export interface JobRecord extends Job {
  readonly status: unknown;
  readonly createTime: number;
  readonly updateTime: number;
  readonly body: Record<string, unknown>;
}

export const RESOURCE = 'shopauth';

const enc = encodeURIComponent;

/** The calls of this API that make the suite's resources, and those of its rules. */
export class Calls {
  readonly #sender: Sender;
  readonly #jobTimeout: number;

  constructor(sender: Sender, jobTimeout: number) {
    this.#sender = sender;
    this.#jobTimeout = jobTimeout;
  }

  post(path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.#send(path, body, headers, false);
  }

  /** `always` sends after the run was stopped too. */
  #send(path: string, body: unknown, headers: Readonly<Record<string, string>>, always: boolean): Promise<Answer> {
    const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const text = body === undefined ? undefined : JSON.stringify(body);
    return this.#sender.send({ method: 'POST', path, headers: { ...type, ...headers }, body: text }, { always });
  }

  getJob({ appId, environment, jobId }: Job): Promise<Answer> {
    const path = `/backend/${enc(appId)}/job/${enc(environment)}/${enc(jobId)}`;
    return this.#sender.send({ method: 'GET', path, headers: {}, body: undefined });
  }

  createBackend({ appId, environment }: Place): Promise<Answer> {
    return this.post('/backend', { appId, appName: 'contract', backendEnvironmentName: environment });
  }

  createAuth(place: Place, resourceConfig: unknown): Promise<Answer> {
    return this.post(`/backend/${enc(place.appId)}/auth`, {
      backendEnvironmentName: place.environment,
      resourceName: RESOURCE,
      resourceConfig,
    });
  }

  updateAuth(place: Place, resourceConfig: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.post(authPath(place), { resourceName: RESOURCE, resourceConfig }, headers);
  }

  getAuth(place: Place, resourceName = RESOURCE): Promise<Answer> {
    return this.post(`${authPath(place)}/details`, { resourceName });
  }

  listJobs({ appId, environment }: Place, body: object = {}): Promise<Answer> {
    return this.post(`/backend/${enc(appId)}/job/${enc(environment)}`, body);
  }

  /** Starts the removal of an app with all that it has, once no job is in its way. Says nothing of how it went. */
  async removeApp(appId: string): Promise<void> {
    const deadline = performance.now() + this.#jobTimeout;
    try {
      for (;;) {
        const { status, text } = await this.#send(`/backend/${enc(appId)}/remove`, { cleanAmplifyApp: true }, {}, true);
        // Only a job that runs is worth waiting for.
        if (status !== 400 || !text.includes('pending job') || performance.now() > deadline) return;
        await new Promise((resolve) => setTimeout(resolve, Math.min(this.#jobTimeout / 20, 1000)));
      }
    } catch {
      // Faults of the removal are reported by cases of their own.
    }
  }

  /** The job that an answer started; throws `BadState` where it started none. */
  started(answer: Answer, place: Place): Job {
    const body = isObject(answer.json) ? answer.json : {};
    if (answer.status >= 200 && answer.status < 300 && typeof body.jobId === 'string') {
      return { ...place, jobId: body.jobId };
    }
    const said = typeof body.message === 'string' ? `: ${body.message.slice(0, 300)}` : '';
    throw badState(answer, 'state', `${answer.request.path} answered ${answer.status} without a job${said}`);
  }

  /** Waits until the job has ended; throws `BadState` where it does not, or where it can't be read. */
  async ended(job: Job): Promise<JobRecord> {
    const deadline = performance.now() + this.#jobTimeout;
    for (let pause = 1; ; pause = Math.min(pause * 1.5, 1000)) {
      const answer = await this.getJob(job);
      const record = jobRecord(answer, job);
      if (record === undefined) throw badState(answer, 'job', `job ${job.jobId} can't be read: ${answer.status}`);
      if (record.status !== 'RUNNING') return record;
      if (performance.now() > deadline) {
        throw badState(answer, 'job', `job ${job.jobId} has not ended within ${this.#jobTimeout / 1000} s`);
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  /** Waits for the job that an answer started, and throws `BadState` unless it has done its work. */
  async done(answer: Answer, place: Place): Promise<JobRecord> {
    const record = await this.ended(this.started(answer, place));
    if (record.status === 'COMPLETED') return record;
    throw badState(answer, 'job', `the job of ${answer.request.path} ended as ${record.status}: ${record.body.error}`);
  }
}

export const authPath = ({ appId, environment }: Place): string => `/backend/${enc(appId)}/auth/${enc(environment)}`;

export function jobRecord({ status, json }: Answer, job: Job): JobRecord | undefined {
  if (status !== 200 || !isObject(json)) return undefined;
  const { createTime, updateTime } = json;
  return { ...job, status: json.status, createTime: Number(createTime), updateTime: Number(updateTime), body: json };
}

export const badState = (answer: Answer, rule: string, message: string): BadState =>
  new BadState({ rule, place: '', message, curl: answer.curl });
