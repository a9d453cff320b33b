import type { JsonText } from './jsonText.ts';

/** Options of an answer beside its status and body. */
export interface AnswerOptions<Headers, Type> {
  /** By the document's spelling. Values are encoded as the document says: a list becomes `a,b`. */
  readonly headers?: Headers;
  /** One of the media types that the document gives the status. @default the one that fits the body and the caller's Accept */
  readonly type?: Type;
}

/** An answer with its status: what `answer` makes. */
export class Answer<Status extends number = number, Body = unknown, Headers = unknown, Type = unknown> {
  readonly status: Status;
  readonly body: Body;
  readonly headers: Headers;
  readonly type: Type;

  constructor(status: Status, body: Body, headers: Headers, type: Type) {
    this.status = status;
    this.body = body;
    this.headers = headers;
    this.type = type;
  }
}

/**
 * Answers any status that the document gives the operation, with its headers and one of its media types.
 *
 * The body of JSON is its value, or a `JsonText`. Text is a string. Any other type is a `Uint8Array`, a web or Node stream, or an async
 * iterable of chunks. `text/event-stream` and JSON lines take an async iterable of their items.
 */
export function answer<const Status extends number>(status: Status): Answer<Status, undefined, undefined, undefined>;
export function answer<const Status extends number, const Body>(
  status: Status,
  body: Body,
): Answer<Status, Plain<Body>, undefined, undefined>;
// The options are one type, since TypeScript would take headers that are not given from what the handler returns.
export function answer<
  const Status extends number,
  const Body,
  Options extends AnswerOptions<object, Type>,
  Type extends string,
>(
  status: Status,
  body: Body,
  options: Options,
): Answer<Status, Plain<Body>, Given<Options, 'headers'>, Given<Options, 'type'>>;
export function answer(
  status: number,
  body?: unknown,
  { headers, type }: AnswerOptions<object, string> = {},
): Answer<number, unknown, unknown, unknown> {
  return new Answer(status, body, headers, type);
}

/** A text stands for its value. A body written in place keeps the values of its enums, but may still be a list that can be changed. */
type Plain<Body> =
  Body extends JsonText<infer Value>
    ? Value
    : Body extends Uint8Array | AsyncIterable<unknown> | ((...input: never[]) => unknown)
      ? Body
      : Body extends object
        ? { -readonly [Name in keyof Body]: Plain<Body[Name]> }
        : Body;

type Given<Options, Name extends string> = Options extends { readonly [N in Name]: infer Value } ? Value : undefined;

/** An item of `text/event-stream` with more than its data. */
export class ServerSentEvent<Data = unknown> {
  readonly data: Data;
  readonly event: string | undefined;
  readonly id: string | undefined;
  /** In ms. */
  readonly retry: number | undefined;

  constructor(data: Data, { event, id, retry }: { event?: string; id?: string; retry?: number } = {}) {
    this.data = data;
    this.event = event;
    this.id = id;
    this.retry = retry;
  }
}
