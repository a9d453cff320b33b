import type { Answer } from './answer.ts';
import type { RequestContext } from './handler.ts';

/** The parameters of an operation in one place (`path`, `query`, `header`); `unknown` where it has none. */
type Parameters<Operation, Place extends string> = Operation extends { parameters: infer All }
  ? All extends { [P in Place]?: infer Members }
    ? [Members] extends [undefined]
      ? unknown
      : NonNullable<Members>
    : unknown
  : unknown;

// Content in other forms is `unknown`.
type JsonContent<T> = T extends { content: infer Content }
  ? Content extends object
    ? [keyof Content & JsonType] extends [never]
      ? unknown
      : Content[keyof Content & JsonType]
    : unknown
  : unknown;
type JsonType = `${string}/json${string}` | `${string}+json${string}`;

/** How a body becomes input. `auto`: an object's members are the input's, another value is `body`. */
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

/** A handler's input: path, query and header parameters and the body's members, by their names on the wire. */
export type InputOf<Operation, Kind extends BodyKind = 'auto'> = Parameters<Operation, 'path'> &
  Parameters<Operation, 'query'> &
  Parameters<Operation, 'header'> &
  Body<Operation, Kind>;

type SuccessStatus = 200 | 201 | 202 | 203 | 204 | 205 | 206 | 207 | 208 | 226 | '2XX';

/** A handler's result: the JSON body of the operation's success, or of its default response where it names none. */
export type OutputOf<Operation> = Operation extends { responses: infer Responses }
  ? [keyof Responses & SuccessStatus] extends [never]
    ? JsonContent<Responses['default' & keyof Responses]>
    : { [Status in keyof Responses & SuccessStatus]: JsonContent<Responses[Status]> }[keyof Responses & SuccessStatus]
  : never;

/** The handler of an operation: its input and its result follow from the types of the document. */
export type HandlerOf<Operation, Services, Kind extends BodyKind = 'auto'> = (
  input: InputOf<Operation, Kind>,
  services: Services,
  request: RequestContext,
) => Promise<OutputOf<Operation> | Answer>;
