import type { Logger } from 'pino';

/** What an operation's parameters of one place (`path`, `query`, `header`) are, or nothing where it has none. */
type Parameters<Operation, Place extends string> = Operation extends { parameters: infer All }
  ? All extends { [P in Place]?: infer Members }
    ? [Members] extends [undefined]
      ? unknown
      : NonNullable<Members>
    : unknown
  : unknown;

// What a document gives in other forms only is unknown here.
type JsonContent<T> = T extends { content: infer Content }
  ? Content extends object
    ? [keyof Content & JsonType] extends [never]
      ? unknown
      : Content[keyof Content & JsonType]
    : unknown
  : unknown;
type JsonType = `${string}/json${string}` | `${string}+json${string}`;

/** What the table of operations says of a body, or `auto`: an object's members are the input's, another is `body`. */
export type BodyKind = 'none' | 'members' | 'value' | 'auto';

type Body<Operation, Kind extends BodyKind> = Kind extends 'none'
  ? unknown
  : Operation extends { requestBody?: infer Request }
    ? [NonNullable<Request>] extends [never]
      ? unknown
      : Placed<JsonContent<NonNullable<Request>>, Kind, Operation extends { requestBody: unknown } ? true : false>
    : unknown;

type Placed<Content, Kind, Required> = Kind extends 'members'
  ? Required extends true
    ? Content
    : Partial<Content>
  : Kind extends 'value'
    ? Required extends true
      ? { body: Content }
      : { body?: Content }
    : Content extends readonly unknown[] | string | number | boolean | null
      ? { body: Content }
      : Content;

/** What a handler is given: path, query and header parameters and the body's members, by their names on the wire. */
export type InputOf<Operation, Kind extends BodyKind = 'auto'> = Parameters<Operation, 'path'> &
  Parameters<Operation, 'query'> &
  Parameters<Operation, 'header'> &
  Body<Operation, Kind>;

type SuccessStatus = 200 | 201 | 202 | 203 | 204 | 205 | 206 | 207 | 208 | 226 | '2XX';

/** What a handler answers: the JSON body of the operation's success, or of its default answer where it names none. */
export type OutputOf<Operation> = Operation extends { responses: infer Responses }
  ? [keyof Responses & SuccessStatus] extends [never]
    ? JsonContent<Responses['default' & keyof Responses]>
    : { [Status in keyof Responses & SuccessStatus]: JsonContent<Responses[Status]> }[keyof Responses & SuccessStatus]
  : never;

/** What a handler may want to know of the request beyond its input. */
export interface RequestContext {
  /** The id that the answer's header x-amzn-RequestId and the log carry. */
  readonly id: string;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The access key that signed it; undefined where nothing has to be signed. */
  readonly caller: string | undefined;
  readonly log: Logger;
}

export type HandlerOf<Operation, Services, Kind extends BodyKind = 'auto'> = (
  input: InputOf<Operation, Kind>,
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
  /** The media type of its body, where that is not `application/json`. */
  readonly bodyType?: string;
  /** Its success may be an empty 200. */
  readonly empty?: boolean;
  /** The status of its success. */
  readonly status: number;
}

export type OperationTable = Readonly<Record<string, OperationEntry>>;

/** A handler as the dispatcher sees it; its real type was checked where the table of handlers was made. */
export type AnyHandler<Services> = (input: never, services: Services, request: RequestContext) => Promise<unknown>;
