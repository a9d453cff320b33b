import type { Answer, Behaviour, Json, Request } from './layer.ts';

/** A correct server with one fault. */
export interface Mutant {
  /** The fault, in words. */
  readonly fault: string;
  /** The part of the contract run that covers it. */
  readonly only: readonly string[];
  /** How long its jobs take at least, in ms, where the fault shows only while one runs. */
  readonly jobTime?: number;
  /** Made anew for each run, since some remember what they saw. */
  readonly behaviour: () => Behaviour;
}

export type Where = (request: Request) => boolean;

export const of =
  (...operations: readonly string[]): Where =>
  ({ operation }) =>
    operation !== undefined && operations.includes(operation);

/** Changes the answers of an operation that have this status. */
export function answers(
  operation: string,
  status: number | 'any',
  change: (answer: Answer, request: Request) => Partial<Answer>,
): () => Behaviour {
  return () => async (request, forward) => {
    const answer = await forward(request);
    const applies = request.operation === operation && (status === 'any' || answer.status === status);
    return applies ? { ...answer, ...change(answer, request) } : answer;
  };
}

/** Changes the body of an operation before the correct server sees it: what it then accepts it should not have, or the reverse. */
export function takes(operation: string, change: (body: Json, request: Request) => Json): () => Behaviour {
  return () => (request, forward) => {
    if (request.operation !== operation || request.body === undefined) return forward(request);
    return forward(withBody(request, change(structuredClone(request.body), request)));
  };
}

/** Refuses what it should accept, in the documented form. */
export function refuses(operation: string, when: (body: Json) => boolean): () => Behaviour {
  return () => async (request, forward) => {
    if (request.operation === operation && request.body !== undefined && when(request.body)) return badRequest();
    return forward(request);
  };
}

export const withBody = (request: Request, body: Json): Request => ({ ...request, body, text: JSON.stringify(body) });

export const badRequest = (message = 'It is refused.', status = 400): Answer => ({
  status,
  headers: {
    'content-type': 'application/json',
    'x-amzn-requestid': `mutant-${Math.random()}`,
    'x-amzn-errortype': 'BadRequestException',
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'x-amzn-RequestId,x-amzn-ErrorType',
  },
  body: { __type: 'BadRequestException', message },
});

/** The value at a path of names, if it is there. */
export const get = (body: Json, ...names: readonly string[]): Json =>
  names.reduce((inner, name) => (inner === null || typeof inner !== 'object' ? undefined : inner[name]), body);

/** Sets a member below an object that is there. */
export function set(body: Json, names: readonly string[], value: Json): Json {
  const parent = get(body, ...names.slice(0, -1));
  if (parent !== null && typeof parent === 'object') parent[names.at(-1) ?? ''] = value;
  return body;
}

/** An object without some of its members; what is none stays as it is. */
export function without(object: Json, ...names: readonly string[]): Json {
  if (object === null || typeof object !== 'object' || Array.isArray(object)) return object;
  const copy = { ...object };
  for (const name of names) delete copy[name];
  return copy;
}
