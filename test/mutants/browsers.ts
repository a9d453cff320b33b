import type { Behaviour } from './layer.ts';
import { answers, type Mutant, without } from './mutant.ts';

const only = ['UpdateBackendAuthPreflight'];

const preflights =
  (change: (headers: Record<string, string | string[] | undefined>) => object, status = 200) =>
  (): Behaviour =>
  async (request, forward) => {
    const answer = await forward(request);
    if (request.method !== 'OPTIONS') return answer;
    return { ...answer, status, headers: change({ ...answer.headers }) as typeof answer.headers };
  };

/** Pages of other origins can't use it. */
export const browserMutants: readonly Mutant[] = [
  {
    fault: 'a preflight allows no origin',
    only,
    behaviour: preflights((headers) => without(headers, 'access-control-allow-origin')),
  },
  {
    fault: 'a preflight allows one origin only',
    only,
    behaviour: preflights((headers) => ({ ...headers, 'access-control-allow-origin': 'https://console.example' })),
  },
  {
    fault: 'a preflight does not allow POST',
    only,
    behaviour: preflights((headers) => ({ ...headers, 'access-control-allow-methods': 'GET, HEAD' })),
  },
  {
    fault: 'a preflight does not allow Content-Type',
    only,
    behaviour: preflights((headers) => without(headers, 'access-control-allow-headers')),
  },
  {
    fault: 'a preflight exposes no header',
    only,
    behaviour: preflights((headers) => without(headers, 'access-control-expose-headers')),
  },
  { fault: 'a preflight is a 204', only, behaviour: preflights((headers) => headers, 204) },
  {
    fault: 'an answer allows no origin',
    only: ['read-by-pages'],
    behaviour: answers('GetBackendAuth', 200, ({ headers }) => ({
      headers: without(headers, 'access-control-allow-origin'),
    })),
  },
  {
    fault: 'a page can not read the name of an error',
    only: ['read-by-pages'],
    behaviour: answers('GetBackendAuth', 400, ({ headers }) => ({
      headers: { ...headers, 'access-control-expose-headers': 'x-amzn-RequestId' },
    })),
  },
];
