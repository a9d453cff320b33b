import type { Context, Failure, Following } from '../../pipeline/contract/cases/case.ts';
import type { Operation } from '../../pipeline/contract/document/document.ts';
import { isObject } from '../../pipeline/contract/document/json.ts';
import type { Prepared } from '../../pipeline/contract/state/state.ts';
import type { Answer } from '../../pipeline/contract/wire/messages.ts';
import { BackendState } from './backendState.ts';
import { Calls, type Place } from './calls.ts';
import { type Change, configDifferences } from './expectedConfig.ts';

const NOTHING: Following = { before: async () => {}, after: async () => [] };

/** Reads back each accepted change: the configuration, the environments and the job that it made. */
export function follow(context: Context, operation: Operation, jobTimeout: number): Following {
  const { state } = context;
  if (!(state instanceof BackendState)) return NOTHING;
  const calls = new Calls(context.sender, jobTimeout);
  const check = CHECKS[operation.id];
  if (check === undefined) return NOTHING;
  let before: Answer | undefined;
  return {
    before: async (prepared) => {
      if (operation.id === 'UpdateBackendAuth') before = await calls.getAuth(placeOf(prepared));
    },
    after: async (prepared, answer) => {
      const { lastJob } = state;
      if (lastJob === undefined || lastJob.status !== 'COMPLETED') return [];
      const findings = await check({ calls, place: placeOf(prepared), prepared, answer, before });
      // One ended job of an operation stands for the others.
      const isFirst = !context.bases.outcomes.has(operation);
      return isFirst ? [...findings, ...(await jobIsStill(calls, lastJob))] : findings;
    },
  };
}

interface Checked {
  readonly calls: Calls;
  readonly place: Place;
  readonly prepared: Prepared;
  readonly answer: Answer;
  readonly before: Answer | undefined;
}

const CHECKS: Readonly<Record<string, (checked: Checked) => Promise<Failure[]>>> = {
  UpdateBackendAuth: async ({ calls, place, prepared, before }) => {
    const after = await calls.getAuth(place);
    return differences(after, before, prepared.body);
  },
  CreateBackendAuth: async ({ calls, place, prepared }) => {
    const after = await calls.getAuth(place, nameIn(prepared.body));
    return differences(after, undefined, prepared.body);
  },
  CreateBackend: async ({ calls, place, prepared }) => {
    const read = await calls.post(`/backend/${encodeURIComponent(place.appId)}/details`, {
      backendEnvironmentName: place.environment,
    });
    const { appName } = isObject(prepared.body) ? prepared.body : {};
    return [
      ...expected(read, '/appName', member(read, 'appName'), appName),
      ...expected(read, '/backendEnvironmentName', member(read, 'backendEnvironmentName'), place.environment),
    ];
  },
  CloneBackend: async ({ calls, place, prepared }) => {
    const { targetEnvironmentName } = isObject(prepared.body) ? prepared.body : {};
    const [source, copy] = [
      await calls.getAuth(place),
      await calls.getAuth({ ...place, environment: String(targetEnvironmentName) }),
    ];
    return expected(copy, '/resourceConfig', member(copy, 'resourceConfig'), member(source, 'resourceConfig'));
  },
  DeleteBackendAuth: async ({ calls, place }) => {
    const read = await calls.getAuth(place);
    return expected(read, '', read.status, 404);
  },
  ImportBackendAuth: async ({ calls, place }) => {
    const read = await calls.listJobs(place, { maxResults: 1 });
    return expected(read, '', read.status, 200);
  },
};

/** A job that has ended does not change any more, and lists show it as it is. */
async function jobIsStill(
  calls: Calls,
  job: { readonly body: Record<string, unknown> } & Place & { jobId: string },
): Promise<Failure[]> {
  const again = await calls.getJob(job);
  const found = expected(again, '', again.status === 200 ? again.json : again.status, job.body);
  if (found.length > 0) return found;
  const list = await calls.listJobs(job, { jobId: job.jobId });
  const jobs = member(list, 'jobs');
  return expected(
    list,
    '/jobs',
    Array.isArray(jobs) ? jobs.find((one) => isObject(one) && one.jobId === job.jobId) : jobs,
    job.body,
  );
}

function differences(after: Answer, before: Answer | undefined, body: unknown): Failure[] {
  const sent = isObject(body) ? (body.resourceConfig as Change) : {};
  if (after.status !== 200) return expected(after, '', after.status, 200);
  const stored = before === undefined ? undefined : (member(before, 'resourceConfig') as Change | undefined);
  return configDifferences(sent, stored, member(after, 'resourceConfig'))
    .slice(0, 5)
    .map(({ place, message }) => ({ rule: 'read-back', place, message, curl: after.curl }));
}

const member = ({ json }: Answer, name: string): unknown => (isObject(json) ? json[name] : undefined);
const nameIn = (body: unknown): string => (isObject(body) ? String(body.resourceName) : '');

function placeOf({ parameters, body }: Prepared): Place {
  const sent = isObject(body) ? body : {};
  return {
    appId: String(parameters.appId ?? sent.appId),
    environment: String(parameters.backendEnvironmentName ?? sent.backendEnvironmentName),
  };
}

function expected({ curl }: Answer, place: string, got: unknown, wanted: unknown): Failure[] {
  const [a, b] = [sorted(got), sorted(wanted)];
  if (a === b) return [];
  return [
    {
      rule: 'read-back',
      place,
      message: `after it, ${place || 'the answer'} is ${a}, expected ${b}`.slice(0, 600),
      curl,
    },
  ];
}

/** The members of an object have no order; the items of a list have one. */
function sorted(value: unknown): string {
  return (
    JSON.stringify(value, (_name, inner) =>
      isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
    ) ?? 'nothing'
  );
}
