import { randomUUID } from 'node:crypto';
import { isObject } from '../../../pipeline/contract/document/json.ts';
import type { Answer } from '../../../pipeline/contract/wire/messages.ts';
import type { Place } from '../calls.ts';
import { passwordUpdate } from '../configs.ts';
import type { Rule, Trial } from '../rule.ts';

const AT_ONCE = 8;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const jobRules: readonly Rule[] = [
  {
    name: 'job-ends',
    operations: ['UpdateBackendAuth', 'CreateBackendAuth', 'CreateBackend', 'GetBackendJob'],
    says: 'an answered job can be read, is about what was asked for, and ends',
    holds: async (trial) => {
      const { calls } = trial;
      const place = await trial.auth();
      const answer = await calls.updateAuth(place, passwordUpdate(9));
      aboutRequest(trial, answer, place, 'UpdateBackendAuth');
      const job = await calls.done(answer, place);
      const read = await calls.getJob(job);
      aboutRequest(trial, read, place, 'UpdateBackendAuth');
      trial.same(read, job.body.jobId, job.jobId, 'the job');
      trial.expect(read, job.body.error === undefined, 'a completed job has an error', '/error');
      trial.expect(
        read,
        job.createTime > 0 && job.createTime <= job.updateTime,
        'it ended before it began',
        '/updateTime',
      );
      // Milliseconds since 1970: seconds, or years to come, are a mistake of the unit.
      trial.expect(
        read,
        Math.abs(Date.now() - job.createTime) < 86_400_000,
        'createTime is not about now',
        '/createTime',
      );
      trial.expect(read, UUID.test(job.jobId), `jobId ${job.jobId} is not a UUID`, '/jobId');
    },
  },
  {
    name: 'one-at-a-time',
    operations: ['UpdateBackendAuth'],
    says: 'jobs of one environment that were asked for at once never overlap; the refused ones say why',
    holds: async (trial) => {
      const { calls } = trial;
      const place = await trial.auth();
      const lengths = Array.from({ length: AT_ONCE }, (_, index) => 10 + index);
      const answers = await Promise.all(lengths.map((length) => calls.updateAuth(place, passwordUpdate(length))));
      const jobs = [];
      for (const answer of answers) {
        if (answer.status === 200) jobs.push(await calls.ended(calls.started(answer, place)));
        else refusedAsPending(trial, answer, place);
      }
      const [first] = answers;
      if (first === undefined) return;
      trial.expect(first, jobs.length > 0, 'all of the requests were refused');
      trial.expect(
        first,
        new Set(jobs.map(({ jobId }) => jobId)).size === jobs.length,
        'two requests got one job',
        '/jobId',
      );
      const sorted = jobs.toSorted((a, b) => a.createTime - b.createTime || a.updateTime - b.updateTime);
      for (const [index, job] of sorted.entries()) {
        const next = sorted[index + 1];
        const overlap = next !== undefined && next.createTime < job.updateTime;
        trial.expect(first, !overlap, `job ${next?.jobId} began before ${job.jobId} had ended`, '/createTime');
      }
    },
  },
  {
    name: 'environments-apart',
    operations: ['UpdateBackendAuth'],
    says: 'a job of one environment keeps no other environment from its own',
    holds: async (trial) => {
      const { calls } = trial;
      const place = await trial.auth();
      const other = await trial.auth(undefined, place.appId);
      const answers = await Promise.all([
        calls.updateAuth(place, passwordUpdate(9)),
        calls.updateAuth(other, passwordUpdate(9)),
      ]);
      for (const [index, answer] of answers.entries()) {
        trial.expect(answer, answer.status === 200, `answered ${answer.status}, expected 200`);
        if (answer.status === 200) await calls.ended(calls.started(answer, index === 0 ? place : other));
      }
    },
  },
  {
    name: 'retry',
    operations: ['UpdateBackendAuth'],
    says: "tries of one request, known by the SDKs' invocation id, make one job",
    holds: async (trial) => {
      const { calls } = trial;
      const place = await trial.auth();
      const invocation = randomUUID();
      const tries = [1, 2, 3].map((attempt) => ({
        'amz-sdk-invocation-id': invocation,
        'amz-sdk-request': `attempt=${attempt}; max=3`,
      }));
      const answers: Answer[] = [];
      for (const headers of tries) answers.push(await calls.updateAuth(place, passwordUpdate(9), headers));
      const jobs = answers.map((answer) => calls.started(answer, place));
      const [first] = answers;
      if (first === undefined || jobs[0] === undefined) return;
      const ids = new Set(jobs.map(({ jobId }) => jobId));
      trial.expect(first, ids.size === 1, `three tries made ${ids.size} jobs`, '/jobId');
      await calls.ended(jobs[0]);
      // A lost answer may be asked for again after the job's end.
      const late = await calls.updateAuth(place, passwordUpdate(9), {
        ...tries[0],
        'amz-sdk-request': 'attempt=4; max=4',
      });
      const again = calls.started(late, place);
      trial.expect(late, ids.has(again.jobId), "a try after the job's end made another job", '/jobId');
      await calls.ended(again);
      const another = await calls.updateAuth(place, passwordUpdate(9), { 'amz-sdk-invocation-id': randomUUID() });
      const { jobId } = await calls.done(another, place);
      trial.expect(another, !ids.has(jobId), 'another request got the job of the first', '/jobId');
    },
  },
  {
    name: 'end-job',
    operations: ['UpdateBackendJob'],
    says: 'a running job can be ended as failed, and one that has ended stays as it is',
    holds: async (trial) => {
      const { calls } = trial;
      const place = await trial.auth();
      const job = calls.started(await calls.updateAuth(place, passwordUpdate(9)), place);
      const path = `/backend/${place.appId}/job/${place.environment}/${job.jobId}`;
      const answer = await calls.post(path, { status: 'FAILED' });
      const { status } = await calls.ended(job);
      const failed = answer.status === 200;
      trial.expect(answer, failed || answer.status === 400, `answered ${answer.status}, expected 200 or 400`);
      trial.expect(
        answer,
        status === (failed ? 'FAILED' : 'COMPLETED'),
        `answered ${answer.status}, but the job is ${status}`,
        '/status',
      );
      const again = await calls.post(path, { status: failed ? 'COMPLETED' : 'FAILED' });
      trial.expect(again, again.status === 400, `answered ${again.status} for a job that has ended, expected 400`);
      const same = await calls.post(path, { status: String(status) });
      trial.expect(same, same.status === 200, `answered ${same.status} for the status that it has, expected 200`);
      const wrong = await calls.post(path, { operation: 'CreateBackend', status: String(status) });
      trial.expect(
        wrong,
        wrong.status === 400,
        `answered ${wrong.status} for a job of another operation, expected 400`,
      );
    },
  },
];

function aboutRequest(trial: Trial, answer: Answer, place: Place, operation: string): void {
  const { appId, backendEnvironmentName, operation: named } = isObject(answer.json) ? answer.json : {};
  const wanted = { appId: place.appId, backendEnvironmentName: place.environment, operation };
  trial.same(answer, { appId, backendEnvironmentName, operation: named }, wanted, 'the job');
}

/** The service's own sentence, which people search and match on. */
function refusedAsPending(trial: Trial, answer: Answer, { appId, environment }: Place): void {
  const message = isObject(answer.json) ? String(answer.json.message) : '';
  const sentence = `There is already a pending job for the requested appId: ${appId} and backendEnvironmentName: ${environment}`;
  trial.expect(answer, answer.status === 400, `answered ${answer.status} while a job ran, expected 400`);
  trial.expect(answer, message.includes(sentence), `did not say that a job is pending: ${message}`, '/message');
}
