import type { AnyHandler, RequestContext } from 'openapi-strict-express';
import { callerOf } from './protocol.ts';

/** Operations whose names begin like this change nothing. */
const READS = /^(Get|List)/;

/**
 * The handlers, each of which leaves a line in the log once it has accepted a change: who asked for it, where it is, and
 * which job does it. The rest of an input may hold secrets.
 */
export function audited<Services>(
  handlers: Readonly<Record<string, AnyHandler<Services>>>,
): Record<string, AnyHandler<Services>> {
  const wrapped = Object.entries(handlers).map(([operation, handler]) => {
    if (READS.test(operation)) return [operation, handler];
    const audit: AnyHandler<Services> = async (input, services, request: RequestContext<never>) => {
      const answer = await handler(input, services, request as never);
      const line = { audit: true, caller: callerOf(request), operation, ...placeOf(input, answer) };
      request.log.info(line, 'change accepted');
      return answer;
    };
    return [operation, audit];
  });
  return Object.fromEntries(wrapped);
}

/** Ids alone. */
function placeOf(input: unknown, answer: unknown): Record<string, string> {
  const { appId, backendEnvironmentName, jobId } = { ...asObject(input), ...asObject(answer) };
  const ids = Object.entries({ appId, backendEnvironmentName, jobId });
  return Object.fromEntries(ids.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

const asObject = (value: unknown): Readonly<Record<string, unknown>> => Object(value);
