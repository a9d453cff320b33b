import type { Json } from './layer.ts';
import { answers, badRequest, type Mutant, takes, without } from './mutant.ts';

const UPDATE = 'UpdateBackendAuth';
const JOB = 'GetBackendJob';
const LIST = 'ListBackendJobs';
const isPending = (body: Json): boolean => String(body?.message).includes('pending job');

/** Without a member that is right, so that a wrong one is still refused. */
const withoutText = (body: Json, name: string): Json => (typeof body?.[name] === 'string' ? without(body, name) : body);

/** Jobs, and lists of them. */
export const jobMutants: readonly Mutant[] = [
  {
    fault: 'a job never ends',
    only: ['job-ends'],
    behaviour: answers(JOB, 200, ({ body }) => ({
      body: body.operation === UPDATE ? { ...body, status: 'RUNNING' } : body,
    })),
  },
  {
    fault: 'a job is of another operation',
    only: ['job-ends'],
    behaviour: answers(UPDATE, 200, ({ body }) => ({ body: { ...body, operation: 'UpdateBackend' } })),
  },
  {
    fault: 'a job that was started can not be read',
    only: ['job-ends'],
    behaviour: answers(UPDATE, 200, ({ body }) => ({ body: { ...body, jobId: crypto.randomUUID() } })),
  },
  {
    fault: 'a job ends before it begins',
    only: ['job-ends'],
    behaviour: answers(JOB, 200, ({ body }) => ({
      body: { ...body, updateTime: String(Number(body.createTime) - 5) },
    })),
  },
  {
    fault: 'a completed job has an error',
    only: ['job-ends'],
    behaviour: answers(JOB, 200, ({ body }) => ({ body: { ...body, error: '' } })),
  },
  {
    fault: 'two jobs of one environment run at once',
    only: ['one-at-a-time'],
    jobTime: 100,
    behaviour: () => {
      let running = '';
      const invented = new Set<string>();
      return async (request, forward) => {
        const { jobId = '' } = request.parameters;
        if (invented.has(jobId)) {
          const answer = await forward({ ...request, path: request.path.replace(jobId, running) });
          return { ...answer, body: { ...answer.body, jobId } };
        }
        const answer = await forward(request);
        if (request.operation !== UPDATE) return answer;
        if (answer.status === 200) running = answer.body.jobId;
        if (!isPending(answer.body)) return answer;
        const { appId, backendEnvironmentName } = request.parameters;
        const body = {
          appId,
          backendEnvironmentName,
          operation: UPDATE,
          status: 'RUNNING',
          jobId: crypto.randomUUID(),
        };
        invented.add(body.jobId);
        return { status: 200, headers: without(answer.headers, 'x-amzn-errortype'), body };
      };
    },
  },
  {
    fault: 'a second job is refused as a conflict',
    only: ['one-at-a-time'],
    jobTime: 100,
    behaviour: answers(UPDATE, 400, ({ body }) => (isPending(body) ? badRequest(body.message, 409) : {})),
  },
  {
    fault: 'a second job is refused without saying why',
    only: ['one-at-a-time'],
    jobTime: 100,
    behaviour: answers(UPDATE, 400, ({ body }) => (isPending(body) ? badRequest('Try again later.') : {})),
  },
  {
    fault: 'jobs of different environments wait for each other',
    only: ['environments-apart'],
    behaviour: () => {
      let running: string | undefined;
      return async (request, forward) => {
        if (request.operation === UPDATE && running !== undefined) return badRequest('There is a pending job.');
        // Taken before the other request can come in.
        if (request.operation === UPDATE) running = 'soon';
        const answer = await forward(request);
        if (request.operation === UPDATE) running = answer.status === 200 ? answer.body.jobId : undefined;
        const ended = request.operation === JOB && answer.body?.status !== 'RUNNING';
        if (ended && request.parameters.jobId === running) running = undefined;
        return answer;
      };
    },
  },
  {
    fault: 'each try of a request makes a job',
    only: ['retry'],
    behaviour: () => (request, forward) =>
      forward({ ...request, headers: without(request.headers, 'amz-sdk-invocation-id') }),
  },
  {
    fault: 'a job that has ended is given another status',
    only: ['end-job'],
    behaviour: answers('UpdateBackendJob', 400, ({ headers }, { parameters, body }) => ({
      status: 200,
      headers: without(headers, 'x-amzn-errortype'),
      body: { ...parameters, status: body.status },
    })),
  },
  {
    fault: 'a list has more than was asked for',
    only: [LIST],
    behaviour: takes(LIST, (body) => (body?.maxResults === 1 ? { ...body, maxResults: 2 } : body)),
  },
  {
    fault: 'the token of a page leads to the same page',
    only: [LIST],
    behaviour: takes(LIST, (body) => withoutText(body, 'nextToken')),
  },
  {
    fault: 'a page says that it is the last when it is not',
    only: [LIST],
    behaviour: answers(LIST, 200, ({ body }, request) => ({
      body: request.body?.nextToken ? without(body, 'nextToken') : body,
    })),
  },
  {
    fault: 'a page repeats the last item of the one before',
    only: [LIST],
    behaviour: () => {
      let before: Json;
      return async (request, forward) => {
        const answer = await forward(request);
        if (request.operation !== LIST || answer.status !== 200 || request.body?.maxResults !== 1) return answer;
        const { jobs } = answer.body;
        const repeated = request.body.nextToken !== undefined && before !== undefined ? [before] : jobs;
        before = jobs[0];
        return { ...answer, body: { ...answer.body, jobs: repeated } };
      };
    },
  },
  {
    fault: 'a list is not filtered by status',
    only: ['list-filters'],
    behaviour: takes(LIST, (body) => withoutText(body, 'status')),
  },
  {
    fault: 'a list is not filtered by operation',
    only: ['list-filters'],
    behaviour: takes(LIST, (body) => withoutText(body, 'operation')),
  },
  {
    fault: 'a list begins with the oldest job',
    only: ['list-filters'],
    behaviour: answers(LIST, 200, ({ body }) => ({ body: { ...body, jobs: body.jobs.toReversed() } })),
  },
];
