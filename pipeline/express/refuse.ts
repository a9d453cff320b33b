import type { Request } from 'express';
import { hasBody } from './body/readBody.ts';
import { CUT_SHORT, tooLarge } from './body/readBytes.ts';
import { HttpError, InvalidRequest, type Violation } from './errors.ts';
import type { Exchange } from './exchange.ts';
import type { Protocol, Refusal, RefusalAnswer } from './protocol/protocol.ts';
import { reasonOf } from './statuses.ts';

const UNEXPECTED = 'The service could not process the request. Try again later.';

type Thrown = Pick<Refusal, 'status' | 'message' | 'type' | 'members' | 'headers' | 'violations'>;

/** Sends an error in the protocol's form. An error that nobody foresaw goes to the log, and the caller learns nothing of it. */
export function refuse(
  exchange: Exchange,
  protocol: Required<Pick<Protocol, 'refuse'>>,
  fallback: Protocol,
  thrown: unknown,
): void {
  const { request, response, log, served } = exchange;
  const known = foreseen(thrown);
  if (known === undefined) log.error({ err: thrown, operation: served?.operation.id }, 'unexpected error');
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const refusal: Refusal = {
    ...(known ?? { status: 500, message: UNEXPECTED, members: {}, headers: {}, violations: [] }),
    requestId: exchange.id,
    unexpected: known === undefined,
  };
  const answer = formOf(exchange, protocol, fallback, refusal);
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
  const isUnread = !request.complete && hasBody(request);
  // The rest of a refused body may be endless, so the connection can't be used again.
  if (isUnread) response.setHeader('Connection', 'close');
  response.statusCode = answer.status;
  const text =
    typeof answer.body === 'string' && !/\bjson\b/i.test(answer.type) ? answer.body : JSON.stringify(answer.body);
  response.setHeader('Content-Type', withCharset(answer.type));
  response.setHeader('Content-Length', Buffer.byteLength(text));
  if (!isUnread) return void response.end(text);
  response.write(text);
  afterSome(request, () => response.end());
}

const MOST_UNREAD = 16 * 1024 * 1024; // bytes
const LONGEST_UNREAD = 1_000; // ms

/**
 * Waits, within bounds, until a client has sent the rest of its body, which is thrown away. The answer is on its way
 * by then. Closing at once would reset the connection, and the client would see that instead of the answer.
 */
function afterSome(request: Request, done: () => void): void {
  if (request.headers.expect !== undefined) return done();
  let left = MOST_UNREAD;
  const end = (): void => {
    clearTimeout(timer);
    request.off('data', count).off('end', end).off('close', end);
    done();
  };
  const count = (chunk: Buffer): void => {
    left -= chunk.length;
    if (left < 0) end();
  };
  const timer = setTimeout(end, LONGEST_UNREAD);
  request.on('data', count).once('end', end).once('close', end);
  request.resume();
}

/** A fault of the protocol must not keep the caller from an answer. */
function formOf(
  { served, atPath, log }: Exchange,
  protocol: Required<Pick<Protocol, 'refuse'>>,
  fallback: Protocol,
  refusal: Refusal,
): RefusalAnswer {
  const operation = served?.operation;
  try {
    const own = protocol.refuse(refusal, operation, atPath) ?? fallback.refuse(refusal, operation, atPath);
    if (own !== undefined) return own;
  } catch (error) {
    log.error({ err: error, operation: operation?.id }, 'The protocol could not give an error its form.');
  }
  const { status, message, headers } = refusal;
  const body = { type: 'about:blank', title: reasonOf(status), status, detail: message };
  return { status, type: 'application/problem+json', body, headers };
}

/** Text is UTF-8, and says so. `application/json` says so for the sake of old readers. */
export const withCharset = (type: string): string =>
  /^(text\/(?!event-stream)|application\/json$)/i.test(type) && !/;\s*charset=/i.test(type)
    ? `${type}; charset=utf-8`
    : type;

/** An error thrown on purpose: by the app, by a handler or by body-parser. */
function foreseen(thrown: unknown): Thrown | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const error = thrown as Error & Partial<Thrown> & { readonly expose?: boolean };
  const { status, members = {}, headers = {} } = error;
  if (typeof status !== 'number' || status < 400 || status > 599) return undefined;
  const violations: readonly Violation[] = thrown instanceof InvalidRequest ? thrown.violations : [];
  if (typeof error.type === 'string' && error.type in BODY_PARSER) {
    const message = BODY_PARSER[error.type]?.(thrown as unknown as BodyParserError) ?? '';
    return { status, message, members: {}, headers: {}, violations };
  }
  if (error.expose !== true) return undefined;
  const { message } = error;
  return { status, message, members, headers, violations, ...(typeof error.type === 'string' && { type: error.type }) };
}

interface BodyParserError {
  readonly limit?: number;
}

/** body-parser's errors by their `type`. None of the sentences repeats the body. */
const BODY_PARSER: Readonly<Record<string, (error: BodyParserError) => string>> = {
  'entity.too.large': ({ limit }) => tooLarge(limit),
  'encoding.unsupported': () => 'The Content-Encoding of the body is not supported; leave it out.',
  'request.aborted': () => CUT_SHORT,
  'request.size.invalid': () => 'The body is not as long as its Content-Length says.',
};

export const tooLate = () => new HttpError(504, 'The request took too long. Try again later.');
