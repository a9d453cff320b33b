import type { Answer, Json, Request } from './layer.ts';
import { type Mutant, of, takes } from './mutant.ts';

const UPDATE = 'UpdateBackendAuth';
const READ = 'GetBackendAuth';

/** Sends the same request somewhere else. */
const elsewhere = (request: Request, environment: string): Request => ({
  ...request,
  path: request.path.replace(encodeURIComponent(request.parameters.backendEnvironmentName ?? ''), environment),
});

/** Faults by which an environment sees or changes another's data. */
export const isolationMutants: readonly Mutant[] = [
  {
    fault: "another environment's configuration is answered",
    only: ['isolation'],
    behaviour: () => {
      const updated = new Map<string, string>();
      return async (request, forward) => {
        const { appId = '', backendEnvironmentName = '' } = request.parameters;
        if (request.operation === UPDATE) updated.set(appId, backendEnvironmentName);
        const other = updated.get(appId);
        if (request.operation !== READ || other === undefined) return forward(request);
        const answer = await forward(elsewhere(request, other));
        return { ...answer, body: { ...answer.body, backendEnvironmentName } };
      };
    },
  },
  {
    fault: "an update reaches the app's other environments too",
    only: ['isolation'],
    behaviour: () => {
      const known = new Map<string, Set<string>>();
      return async (request, forward) => {
        const { appId = '', backendEnvironmentName = '' } = request.parameters;
        if (request.operation === READ) known.set(appId, (known.get(appId) ?? new Set()).add(backendEnvironmentName));
        const others = request.operation === UPDATE ? [...(known.get(appId) ?? [])] : [];
        for (const other of others) if (other !== backendEnvironmentName) await forward(elsewhere(request, other));
        const answer = await forward(request);
        if (others.length > 1) await new Promise((resolve) => setTimeout(resolve, 100));
        return answer;
      };
    },
  },
  {
    fault: 'a job is found under any environment',
    only: ['own-jobs'],
    behaviour: () => {
      const places = new Map<string, string>();
      return async (request, forward) => {
        const { backendEnvironmentName = '', jobId = '' } = request.parameters;
        const known = places.get(jobId);
        if (request.operation === 'GetBackendJob' && known !== undefined && known !== backendEnvironmentName) {
          const answer = await forward(elsewhere(request, known));
          return { ...answer, body: { ...answer.body, backendEnvironmentName } };
        }
        const answer = await forward(request);
        if (request.operation === UPDATE && answer.status === 200)
          places.set(answer.body.jobId, backendEnvironmentName);
        return answer;
      };
    },
  },
  {
    fault: 'a list has the jobs of another environment',
    only: ['own-jobs'],
    behaviour: () => {
      let other: Json;
      return async (request, forward) => {
        const answer = await forward(request);
        if (request.operation === 'GetBackendJob' && answer.status === 200) other = answer.body;
        if (request.operation !== 'ListBackendJobs' || answer.status !== 200) return answer;
        return { ...answer, body: { ...answer.body, jobs: [other, ...answer.body.jobs] } };
      };
    },
  },
  {
    fault: 'an update answers the job of another environment',
    only: ['UpdateBackendAuth'],
    behaviour: () => {
      let first: string | undefined;
      return async (request, forward) => {
        const answer = await forward(request);
        if (!of('CreateBackend', UPDATE)(request) || answer.status !== 200) return answer;
        first ??= answer.body.jobId;
        return request.operation === UPDATE ? { ...answer, body: { ...answer.body, jobId: first } } : answer;
      };
    },
  },
  {
    fault: 'any name of a resource is the right one',
    only: ['own-resource'],
    behaviour: takes(READ, (body) => ({ ...body, resourceName: 'shopauth' })),
  },
  {
    fault: 'what was deleted is still answered',
    only: ['gone'],
    behaviour: () => {
      const last = new Map<string, Answer>();
      return async (request, forward) => {
        const answer = await forward(request);
        if (request.operation !== 'DeleteBackend') return answer;
        if (answer.status === 200) last.set(request.path, answer);
        return last.get(request.path) ?? answer;
      };
    },
  },
];
