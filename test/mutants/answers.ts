import { answers, badRequest, type Mutant, without } from './mutant.ts';

const UPDATE = 'UpdateBackendAuth';
const only = [UPDATE];

/** Answers that differ from the document. */
export const answerMutants: readonly Mutant[] = [
  {
    fault: 'a required member of an answer is missing',
    only,
    behaviour: answers(UPDATE, 200, ({ body }) => ({ body: without(body, 'appId') })),
  },
  {
    fault: 'a member of an answer has another name',
    only,
    behaviour: answers(UPDATE, 200, ({ body }) => ({
      body: { ...without(body, 'backendEnvironmentName'), environmentName: body.backendEnvironmentName },
    })),
  },
  {
    fault: 'an optional member of an answer has another name',
    only,
    behaviour: answers(UPDATE, 200, ({ body }) => ({ body: { ...without(body, 'operation'), operationName: 'x' } })),
  },
  {
    fault: 'a member of an answer has another type',
    only,
    behaviour: answers(UPDATE, 200, ({ body }) => ({ body: { ...body, jobId: 7 } })),
  },
  {
    fault: 'an optional member is null instead of absent',
    only,
    behaviour: answers(UPDATE, 200, ({ body }) => ({ body: { ...body, error: null } })),
  },
  {
    fault: 'an answer has an undeclared member',
    only,
    behaviour: answers(UPDATE, 200, ({ body }) => ({ body: { ...body, region: 'us-east-1' } })),
  },
  { fault: 'an accepted update is a 201', only, behaviour: answers(UPDATE, 200, () => ({ status: 201 })) },
  { fault: 'an accepted update is a 202', only, behaviour: answers(UPDATE, 200, () => ({ status: 202 })) },
  { fault: 'a success has no body', only, behaviour: answers(UPDATE, 200, () => ({ body: '' })) },
  { fault: 'a success is a list', only, behaviour: answers(UPDATE, 200, ({ body }) => ({ body: [body] })) },
  {
    fault: 'the JSON of a success is cut off',
    only,
    behaviour: answers(UPDATE, 200, ({ body }) => ({ body: JSON.stringify(body).slice(0, -1) })),
  },
  {
    fault: 'a success is said to be text',
    only,
    behaviour: answers(UPDATE, 200, ({ headers }) => ({ headers: { ...headers, 'content-type': 'text/plain' } })),
  },
  {
    fault: 'a success has no request id',
    only,
    behaviour: answers(UPDATE, 200, ({ headers }) => ({ headers: without(headers, 'x-amzn-requestid') })),
  },
  {
    fault: 'all answers have one request id',
    only: ['GetBackendAuth'],
    behaviour: answers('GetBackendAuth', 200, ({ headers }) => ({ headers: { ...headers, 'x-amzn-requestid': '1' } })),
  },
  {
    fault: 'the answer names another app than the path',
    only,
    behaviour: answers(UPDATE, 200, ({ body }) => ({ body: { ...body, appId: 'd000000000000' } })),
  },
  {
    fault: 'the answer writes the environment in upper case',
    only: ['GetBackendJob'],
    behaviour: answers('GetBackendJob', 200, ({ body }) => ({
      body: { ...body, backendEnvironmentName: String(body.backendEnvironmentName).toUpperCase() },
    })),
  },
  {
    fault: 'an error has no message',
    only,
    behaviour: answers(UPDATE, 400, ({ body }) => ({ body: without(body, 'message') })),
  },
  {
    fault: 'an error has no name in its body',
    only,
    behaviour: answers(UPDATE, 400, ({ body }) => ({ body: without(body, '__type') })),
  },
  {
    fault: 'an error has no name in its header',
    only,
    behaviour: answers(UPDATE, 400, ({ headers }) => ({ headers: without(headers, 'x-amzn-errortype') })),
  },
  {
    fault: 'an error has the name of another one',
    only,
    behaviour: answers(UPDATE, 400, ({ headers }) => ({
      headers: { ...headers, 'x-amzn-errortype': 'ValidationException' },
    })),
  },
  {
    fault: 'an error is named otherwise in its body than in its header',
    only: ['error-name'],
    behaviour: answers(UPDATE, 400, ({ body }) => ({ body: { ...body, __type: 'ValidationException' } })),
  },
  {
    fault: 'an error does not say which members are wrong',
    only: ['error-name'],
    behaviour: answers(UPDATE, 400, ({ body }) => ({ body: { ...body, message: 'Bad request.' } })),
  },
  {
    fault: 'an error is a page',
    only,
    behaviour: answers(UPDATE, 400, ({ headers }) => ({
      headers: { ...headers, 'content-type': 'text/html' },
      body: '<h1>Bad Request</h1>',
    })),
  },
  { fault: 'a refusal is a 422', only, behaviour: answers(UPDATE, 400, () => ({ status: 422 })) },
  { fault: 'a refusal is a 500', only, behaviour: answers(UPDATE, 400, () => ({ status: 500 })) },
  { fault: 'what is missing is a 400', only, behaviour: answers(UPDATE, 404, () => badRequest('Not found.')) },
  {
    fault: 'what is missing is an empty 200',
    only: ['GetBackend'],
    behaviour: answers('GetBackend', 404, ({ headers }, { parameters }) => ({
      status: 200,
      headers: without(headers, 'x-amzn-errortype'),
      body: { appId: parameters.appId },
    })),
  },
  {
    fault: 'a 404 does not tell what is missing',
    only: ['error-name'],
    behaviour: answers('GetBackendAuth', 404, ({ body }) => ({ body: without(body, 'resourceType') })),
  },
  {
    fault: 'a method that is not documented is a 404',
    only: ['/backend'],
    behaviour: () => async (request, forward) => {
      const answer = await forward(request);
      return answer.status === 405 ? { ...answer, status: 404 } : answer;
    },
  },
  {
    fault: 'a path that is not documented is a 200',
    only: ['paths'],
    behaviour: () => async (request, forward) => {
      const answer = await forward(request);
      return request.operation === undefined && answer.status === 404 ? { ...answer, status: 200 } : answer;
    },
  },
  {
    fault: 'times are numbers',
    only: ['GetBackendJob'],
    behaviour: answers('GetBackendJob', 200, ({ body }) => ({
      body: { ...body, createTime: Number(body.createTime), updateTime: Number(body.updateTime) },
    })),
  },
  {
    fault: 'times are in seconds',
    only: ['job-ends'],
    behaviour: answers('GetBackendJob', 200, ({ body }) => ({
      body: { ...body, createTime: body.createTime.slice(0, -3), updateTime: body.updateTime.slice(0, -3) },
    })),
  },
  {
    fault: 'a status is in lower case',
    only: ['GetBackendJob'],
    behaviour: answers('GetBackendJob', 200, ({ body }) => ({
      body: { ...body, status: body.status === 'COMPLETED' ? 'completed' : body.status },
    })),
  },
];
