import type { Logger } from 'pino';

/** What an operation's parameters of one place (`path`, `query`, `header`) are, or nothing where it has none. */
type Parameters<Operation, Place extends string> = Operation extends { parameters: infer All }
  ? All extends { [P in Place]?: infer Members }
    ? [Members] extends [undefined]
      ? unknown
      : NonNullable<Members>
    : unknown
  : unknown;

type JsonContent<T> = T extends { content: infer Content }
  ? Content extends { 'application/json': infer Body }
    ? Body
    : unknown
  : unknown;

/** The members of an object body; a body of another kind is the member `body`. */
type Body<Operation> = Operation extends { requestBody?: infer Request }
  ? [Request] extends [undefined]
    ? unknown
    : JsonContent<NonNullable<Request>> extends infer Content
      ? Content extends readonly unknown[] | string | number | boolean | null
        ? { body: Content }
        : Content
      : unknown
  : unknown;

/** What a handler is given: path, query and header parameters and the body's members, by their names on the wire. */
export type InputOf<Operation> = Parameters<Operation, 'path'> &
  Parameters<Operation, 'query'> &
  Parameters<Operation, 'header'> &
  Body<Operation>;

type SuccessStatus = 200 | 201 | 202 | 203 | 204 | 205 | 206 | 207 | 208 | 226 | '2XX';

/** What a handler answers: the JSON body of the operation's success. */
export type OutputOf<Operation> = Operation extends { responses: infer Responses }
  ? { [Status in keyof Responses & SuccessStatus]: JsonContent<Responses[Status]> }[keyof Responses & SuccessStatus]
  : never;

/** What a handler may want to know of the request beyond its input. */
export interface RequestContext {
  /** The id that the answer's header x-amzn-RequestId and the log carry. */
  readonly id: string;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly log: Logger;
}

export type HandlerOf<Operation, Services> = (
  input: InputOf<Operation>,
  services: Services,
  request: RequestContext,
) => Promise<OutputOf<Operation>>;

/** One line of the table that `npm run gen` makes of each operation. */
export interface OperationEntry {
  readonly method: string;
  readonly path: string;
  readonly pathParams: readonly string[];
  readonly queryParams: readonly string[];
  readonly headerParams: readonly string[];
  readonly body: 'none' | 'members' | 'value';
  /** The status of its success. */
  readonly status: number;
}

export type OperationTable = Readonly<Record<string, OperationEntry>>;

/** A handler as the dispatcher sees it; its real type was checked where the table of handlers was made. */
export type AnyHandler<Services> = (input: never, services: Services, request: RequestContext) => Promise<unknown>;
