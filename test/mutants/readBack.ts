import type { Behaviour, Json } from './layer.ts';
import { answers, get, type Mutant, set, takes, without } from './mutant.ts';

const [CREATE, UPDATE, READ] = ['CreateBackendAuth', 'UpdateBackendAuth', 'GetBackendAuth'];
const [JOB, LIST] = ['GetBackendJob', 'ListBackendJobs'];
const POOL = ['resourceConfig', 'userPoolConfigs'];

/** Changes the configuration wherever it is read. */
const reads = (change: (pool: Json) => Json): (() => Behaviour) =>
  answers(READ, 200, ({ body }) => ({ body: set(body, POOL, change(structuredClone(get(body, ...POOL)))) }));

/** Changes the configuration before it is stored. */
const stores = (operation: string, change: (pool: Json) => Json): (() => Behaviour) =>
  takes(operation, (body) => {
    const pool = get(body, ...POOL);
    return pool !== null && typeof pool === 'object' && !Array.isArray(pool) ? set(body, POOL, change(pool)) : body;
  });

const inLists = (value: Json, change: (items: Json[]) => Json[]): Json =>
  Array.isArray(value) ? change(value) : value;
const lost =
  (...names: readonly string[]) =>
  (pool: Json): Json =>
    set(pool, names, undefined);

const MEMBERS: readonly (readonly string[])[] = [
  ['passwordPolicy', 'additionalConstraints'],
  ['mfa', 'settings'],
  ['oAuth', 'oAuthScopes'],
  ['oAuth', 'redirectSignOutURIs'],
  ['oAuth', 'domainPrefix'],
  ['verificationMessage', 'emailSettings'],
  ['forgotPassword', 'deliveryMethod'],
];

/** Accepted changes that do not show up in later reads. */
export const readBackMutants: readonly Mutant[] = [
  ...MEMBERS.map((names) => ({
    fault: `an update loses ${names.join('.')}`,
    only: [UPDATE],
    behaviour: stores(UPDATE, (pool) =>
      // Without it the correct server would refuse what the mutant has to accept.
      names[0] === 'mfa' && get(pool, 'mfa', 'MFAMode') !== 'OFF'
        ? set(pool, ['mfa'], undefined)
        : lost(...names)(pool),
    ),
  })),
  ...['passwordPolicy', 'oAuth', 'verificationMessage'].map((name) => ({
    fault: `a creation loses ${name}`,
    only: [CREATE],
    behaviour: stores(CREATE, (pool) => without(pool, name)),
  })),
  ...['requiredSignUpAttributes', 'signInMethod', 'userPoolName'].map((name) => ({
    fault: `${name} is not what was created`,
    only: [CREATE],
    behaviour: reads((pool) => {
      const other: Json = { requiredSignUpAttributes: ['GENDER'], signInMethod: 'USERNAME', userPoolName: 'another' };
      return { ...pool, [name]: other[name] };
    }),
  })),
  {
    fault: 'scopes are read in another order',
    only: ['order-and-case'],
    behaviour: reads((pool) =>
      set(
        pool,
        ['oAuth', 'oAuthScopes'],
        inLists(get(pool, 'oAuth', 'oAuthScopes'), (all) => all.toSorted()),
      ),
    ),
  },
  {
    fault: 'addresses are read in lower case',
    only: ['order-and-case'],
    behaviour: reads((pool) =>
      set(
        pool,
        ['oAuth', 'redirectSignInURIs'],
        inLists(get(pool, 'oAuth', 'redirectSignInURIs'), (all) => all.map((one) => String(one).toLowerCase())),
      ),
    ),
  },
  {
    fault: 'a message is read in lower case',
    only: ['order-and-case'],
    behaviour: reads((pool) => {
      const at = ['verificationMessage', 'emailSettings', 'emailSubject'];
      const subject = get(pool, ...at);
      return typeof subject === 'string' ? set(pool, at, subject.toLowerCase()) : pool;
    }),
  },
  {
    fault: 'an item that is sent twice in other cases is kept once',
    only: [UPDATE],
    behaviour: stores(UPDATE, (pool) =>
      set(
        pool,
        ['oAuth', 'redirectSignInURIs'],
        inLists(get(pool, 'oAuth', 'redirectSignInURIs'), (all) => all.slice(0, 1)),
      ),
    ),
  },
  {
    fault: 'the time of a job moves with each reading',
    only: ['times-stay'],
    behaviour: () => {
      let reading = 0;
      return async (request, forward) => {
        const answer = await forward(request);
        if (request.operation !== JOB || answer.status !== 200) return answer;
        reading += 1;
        return { ...answer, body: { ...answer.body, createTime: String(Number(answer.body.createTime) - reading) } };
      };
    },
  },
  {
    fault: 'updateTime is the time of the reading',
    only: ['times-stay'],
    behaviour: answers(JOB, 200, ({ body }) => ({ body: { ...body, updateTime: String(Date.now()) } })),
  },
  {
    fault: 'a list has other times than the job itself',
    only: ['times-stay'],
    behaviour: answers(LIST, 200, ({ body }) => ({
      body: { ...body, jobs: body.jobs.map((job: Json) => ({ ...job, updateTime: job.createTime })) },
    })),
  },
  {
    fault: 'createTime changes when the job ends',
    only: ['times-stay'],
    jobTime: 100,
    behaviour: answers(JOB, 200, ({ body }) => ({
      body: body.status === 'RUNNING' ? body : { ...body, createTime: body.updateTime },
    })),
  },
  {
    fault: 'of two filters only the first holds',
    only: ['list-filters'],
    behaviour: takes(LIST, (body) => (body?.operation && body.status ? without(body, 'status') : body)),
  },
  {
    fault: 'of two filters only the second holds',
    only: ['list-filters'],
    behaviour: takes(LIST, (body) => (body?.operation && body.status ? without(body, 'operation') : body)),
  },
  {
    fault: 'a list is not filtered by the id of a job',
    only: ['list-filters'],
    behaviour: takes(LIST, (body) => (typeof body?.jobId === 'string' ? without(body, 'jobId') : body)),
  },
  {
    fault: 'a token that nobody gave out leads to the first page',
    only: ['list-pages'],
    behaviour: takes(LIST, (body) => (/^nothing/.test(body?.nextToken) ? without(body, 'nextToken') : body)),
  },
  {
    fault: 'a page with filters loses its last job',
    only: ['list-pages'],
    behaviour: answers(LIST, 200, ({ body }, request) => ({
      body:
        request.body?.maxResults && request.body.operation && !body.nextToken
          ? { ...body, jobs: body.jobs.slice(0, -1) }
          : body,
    })),
  },
  {
    fault: 'a clone reads its source',
    only: ['clone-apart'],
    behaviour: () => {
      const sources = new Map<string, string>();
      return (request, forward) => {
        const { backendEnvironmentName: environment = '' } = request.parameters;
        if (request.operation === 'CloneBackend') sources.set(request.body?.targetEnvironmentName, environment);
        const source = sources.get(environment);
        if (request.operation !== READ || source === undefined) return forward(request);
        return forward({ ...request, path: request.path.replace(environment, source) });
      };
    },
  },
  {
    fault: 'a clone is written to its source',
    only: ['clone-apart'],
    behaviour: () => {
      const sources = new Map<string, string>();
      return async (request, forward) => {
        const { backendEnvironmentName: environment = '' } = request.parameters;
        if (request.operation === 'CloneBackend') sources.set(request.body?.targetEnvironmentName, environment);
        const source = sources.get(environment);
        const answer = await forward(request);
        if (request.operation === UPDATE && source !== undefined) {
          await forward({ ...request, path: request.path.replace(environment, source) });
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
        return answer;
      };
    },
  },
  {
    fault: "a try after its job's end makes another job",
    only: ['retry'],
    behaviour: () => (request, forward) =>
      forward(
        /attempt=4/.test(String(request.headers['amz-sdk-request']))
          ? { ...request, headers: without(request.headers, 'amz-sdk-invocation-id') }
          : request,
      ),
  },
  ...(
    [
      [UPDATE, 'jobId'],
      [UPDATE, 'operation'],
      [CREATE, 'status'],
      ['CreateBackend', 'jobId'],
      ['GetBackend', 'appName'],
      ['GetBackend', 'backendEnvironmentList'],
      [READ, 'resourceName'],
      [JOB, 'updateTime'],
    ] as const
  ).map(([operation = '', name]) => ({
    fault: `${operation} answers without ${name}`,
    only: ['answers-whole'],
    behaviour: answers(operation, 200, ({ body }) => ({ body: without(body, name) })),
  })),
  {
    fault: 'the app has the name of its environment',
    only: ['CreateBackend'],
    behaviour: answers('GetBackend', 200, ({ body }) => ({ body: { ...body, appName: body.backendEnvironmentName } })),
  },
  {
    fault: 'an app lists the environment that was asked for alone',
    only: ['answers-whole'],
    behaviour: answers('GetBackend', 200, ({ body }) => ({
      body: { ...body, backendEnvironmentList: [body.backendEnvironmentName] },
    })),
  },
];
