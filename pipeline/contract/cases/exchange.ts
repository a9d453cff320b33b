import type { Operation } from '../document/document.ts';
import { exampleOf, type Prepared } from '../state.ts';
import { checkAnswer } from '../wire/check.ts';
import type { Answer, Request } from '../wire/sender.ts';
import { type Context, type Failure, failures } from './case.ts';

export interface Exchange {
  /** What the operation is sent, before the names of what exists are put into it. */
  readonly body: unknown;
  readonly expected: (sent: unknown) => readonly number[];
  /** Changes what goes over the wire. */
  readonly change?: (request: Request) => Request;
  /** Changes where it goes. */
  readonly parameters?: (given: Readonly<Record<string, string>>) => Readonly<Record<string, string>>;
}

/** Sends one request of an operation and checks the answer. */
export async function exchange(context: Context, operation: Operation, what: Exchange): Promise<Failure[]> {
  return (await exchanged(context, operation, what)).found;
}

export async function exchanged(
  context: Context,
  operation: Operation,
  { body, expected, change = (request) => request, parameters = (given) => given }: Exchange,
): Promise<{ found: Failure[]; answer: Answer; prepared: Prepared }> {
  const { sender, state, coverage } = context;
  const prepared = await state.prepare(operation, body);
  const path = parameters(prepared.parameters);
  const may = expected(prepared.body);
  const answer = await sender.send(change(requestOf(context, operation, path, prepared.body)));
  coverage.answered(operation, answer.status);
  // What a rule beyond the schema forbids was tried all the same, and answered as it must be.
  const bound = context.mayBeRefused(operation, prepared.body) !== undefined && may.some(isSuccess);
  if (isSuccess(answer.status) || (bound && may.includes(answer.status))) coverage.taken(operation, prepared.body);
  const found = failures(checkAnswer(context, operation, answer, may, path), answer);
  await state.settle(operation, prepared, answer);
  return { found, answer, prepared };
}

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

export function requestOf(
  { document }: Pick<Context, 'document'>,
  operation: Operation,
  parameters: Readonly<Record<string, string>>,
  body: unknown,
): Request {
  const path = operation.path.replaceAll(/\{([^}]+)\}/g, (_, name) => encodeURIComponent(parameters[name] ?? ''));
  const required = operation.parameters.filter((parameter) => parameter.required);
  const valuesIn = (place: string) =>
    required.filter((one) => one.in === place).map((one) => [one.name, String(exampleOf(document, one))] as const);
  const query = new URLSearchParams(valuesIn('query').map(([name, value]) => [name, value])).toString();
  return {
    method: operation.method,
    path: query === '' ? path : `${path}?${query}`,
    headers: {
      accept: acceptOf(operation),
      ...(body !== undefined && operation.body !== undefined && { 'content-type': operation.body.mediaType }),
      ...Object.fromEntries(valuesIn('header').map(([name, value]) => [name.toLowerCase(), value])),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  };
}

/** What the document says may come back. */
function acceptOf({ responses }: Operation): string {
  const types = Object.values(responses).flatMap(({ content }) => Object.keys(content));
  return types.length === 0 ? '*/*' : [...new Set(types)].join(', ');
}
