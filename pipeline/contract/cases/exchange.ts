import type { Content, Operation } from '../document/document.ts';
import { NotRun } from '../notRun.ts';
import { Credentials } from '../security/credentials.ts';
import { canBeSent, versionFor } from '../state/instances.ts';
import type { Prepared } from '../state/state.ts';
import { checkAnswer } from '../wire/check.ts';
import type { Answer, Request } from '../wire/messages.ts';
import { keyOf, pathValues, requestOf } from '../wire/request.ts';
import { type Context, type Failure, failures } from './case.ts';
import { anyClientError, anyRefusal, type Expectation, either, oneOf, refusals, successes } from './expectation.ts';

/** Servers answer 414 or 431 to longer ones. */
const MAX_URL = 8000;

export interface Exchange {
  /** The body to send, before the names of what exists are put into it. */
  readonly body: unknown;
  readonly expected: (prepared: Prepared) => Expectation;
  /** Parameters beside the required ones, by `query limit`; undefined leaves one out. */
  readonly values?: Readonly<Record<string, unknown>>;
  readonly content?: Content;
  /** Changes what goes over the wire. */
  readonly change?: (request: Request) => Request;
  /** Changes where it goes. */
  readonly parameters?: (given: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
  readonly credentials?: 'right' | 'none' | 'wrong' | readonly string[];
  /** The resource to send it to. By default, one is created for it. */
  readonly prepared?: Prepared;
  /** Runs before the request is sent, once its resource is there. */
  readonly before?: (prepared: Prepared) => Promise<void>;
}

export interface Exchanged {
  readonly found: Failure[];
  readonly answer: Answer;
  readonly prepared: Prepared;
}

/** Sends one request of an operation and checks the answer. */
export async function exchange(context: Context, operation: Operation, what: Exchange): Promise<Failure[]> {
  return (await exchanged(context, operation, what)).found;
}

export async function exchanged(context: Context, operation: Operation, what: Exchange): Promise<Exchanged> {
  const { document, sender, state, coverage, bases } = context;
  const prepared = what.prepared ?? (await state.prepare(operation, what.body));
  const parameters = what.parameters?.(prepared.parameters) ?? prepared.parameters;
  const values = new Map(bases.valuesOf(operation, parameters));
  const version = await versionFor(context, operation, prepared.instance);
  if (version !== undefined) values.set(...version);
  for (const [key, value] of Object.entries(what.values ?? {})) {
    if (value === undefined) values.delete(key);
    else values.set(key, value);
  }
  const written = requestOf(document, operation, {
    values,
    body: prepared.body,
    ...(what.content && { content: what.content }),
  });
  const request = withCredentials(context, operation, what.change?.(written) ?? written, what.credentials ?? 'right');
  if (request.path.length > MAX_URL) throw new NotRun('its URL would be longer than servers take');
  const expected = what.expected(prepared);
  await what.before?.(prepared);
  const answer = await sender.send(request);
  coverage.answered(operation, answer.status);
  const allowed = context.mayBeRefused(operation, prepared.body);
  // A body that a rule beyond the schema forbids was tried all the same, and answered as it must be.
  if (isSuccess(answer.status) || (allowed !== undefined && expected.has(200) && expected.has(answer.status))) {
    coverage.taken(operation, prepared.body);
    for (const parameter of operation.parameters) {
      if (values.has(keyOf(parameter))) coverage.parameter(operation, parameter);
    }
  }
  const found = failures(checkAnswer(context, operation, answer, expected, pathValues(operation, values)), answer);
  await state.settle(operation, prepared, answer);
  return { found, answer, prepared };
}

function withCredentials(
  { credentials }: Context,
  operation: Operation,
  request: Request,
  which: NonNullable<Exchange['credentials']>,
): Request {
  if (which === 'none') return request;
  if (which === 'wrong') return credentials.wrong(operation, request) ?? request;
  return credentials.authorise(operation, request, which === 'right' ? undefined : which);
}

export const isSuccess = (status: number): boolean => status >= 200 && status < 300;

/**
 * The statuses that a request may get which its schema allows. Where the path may name nothing, or the ordinary
 * request was refused too, a documented refusal says nothing against the implementation.
 */
export function toAccept(context: Context, operation: Operation, isDeclared: boolean) {
  return (prepared: Prepared): Expectation => {
    const success = successes(operation);
    if (context.mayBeRefused(operation, prepared.body) !== undefined) return either(success, refusals(operation));
    if ((context.lenient || context.stateless) && !canBeSent(context, operation))
      return either(success, oneOf([401, 403]), anyRefusal(operation));
    if (!context.lenient) return isDeclared || context.stateless ? success : either(success, refusals(operation));
    if (prepared.known === false) return either(success, oneOf([404]), anyRefusal(operation));
    const outcome = context.bases.outcomes.get(operation);
    if (outcome?.accepted === false) return either(success, anyRefusal(operation));
    // If no scheme asks for credentials, they may be in the body, as in a login.
    const unauthorised = Credentials.isOpen(operation) ? [] : [401, 403];
    const body = operation.body !== undefined;
    // A required parameter may have to name something, too.
    const asks = operation.parameters.some((one) => one.required && one.in === 'query') && '404' in operation.responses;
    if (isDeclared && !body) return asks ? either(success, oneOf([404])) : success;
    if (isDeclared) return either(success, anyRefusal(operation, [400, 422, ...unauthorised]));
    return either(success, anyRefusal(operation, unauthorised));
  };
}

/** The statuses that a request must get which its schema forbids. */
export function toRefuse(context: Context, operation: Operation, documented: Expectation) {
  return (prepared: Prepared): Expectation => {
    if ((context.lenient || context.stateless) && !canBeSent(context, operation))
      return either(documented, oneOf([401, 403]));
    if (!context.lenient) return documented;
    const outcome = context.bases.outcomes.get(operation);
    // A request that is refused for another reason may be refused for that one first.
    if (prepared.known === false || outcome?.accepted === false) return either(documented, anyClientError);
    return documented;
  };
}
