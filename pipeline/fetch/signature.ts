import type { CallOptions } from './transport.ts';

/** How an operation travels: what the client needs of a document at run time. */
export interface Operation {
  readonly method: string;
  /** Path template, with the names of its parameters in braces. */
  readonly path: string;
  readonly queryParams?: readonly string[];
  readonly headerParams?: readonly string[];
  /** `members`: an object whose members are part of the input. `value`: given whole, as the input's `body`. */
  readonly body: 'none' | 'members' | 'value';
  /** The media type of the body, where that is not `application/json`. */
  readonly bodyType?: string;
  /** Its success may be an empty 200. Without this only a 201 and above may be empty. */
  readonly empty?: boolean;
}
export type OperationTable = Readonly<Record<string, Operation>>;

// The JSON of a content map; what a document gives in other forms only is for `client.raw`.
type Json<Content> = Content extends object
  ? Content[keyof Content & (`${string}/json${string}` | `${string}+json${string}`)]
  : undefined;

type BodyOf<Response> = Response extends { content: infer Content }
  ? [Json<Content>] extends [never]
    ? unknown
    : Json<Content>
  : undefined;
type SuccessKeys<Responses> = {
  [Key in keyof Responses]: `${Key & (string | number)}` extends `2${string}` ? Key : never;
}[keyof Responses];
type Output<Op> = Op extends { responses: infer Responses }
  ? [SuccessKeys<Responses>] extends [never]
    ? BodyOf<Responses['default' & keyof Responses]>
    : { [Key in SuccessKeys<Responses>]: BodyOf<Responses[Key]> }[SuccessKeys<Responses>]
  : unknown;

// `unknown` is what adds nothing to an intersection.
type Parameters<Op, In extends string> = Op extends { parameters: { [Key in In]?: infer Values } }
  ? [NonNullable<Values>] extends [never]
    ? unknown
    : NonNullable<Values>
  : unknown;
type RequestJson<Op> = Op extends { requestBody?: infer Request }
  ? NonNullable<Request> extends { content: infer Content }
    ? Json<Content>
    : unknown
  : unknown;
type RequestPart<Op, Kind> = Kind extends 'members'
  ? RequestJson<Op>
  : Kind extends 'value'
    ? Op extends { requestBody: unknown }
      ? { body: RequestJson<Op> }
      : { body?: RequestJson<Op> }
    : unknown;

/** One flat object in wire names: parameters of path, query and header, and the body's members. */
export type Input<Op, Kind> = Parameters<Op, 'path'> &
  Parameters<Op, 'query'> &
  Parameters<Op, 'header'> &
  RequestPart<Op, Kind>;

type Arguments<In> = unknown extends In
  ? [input?: Record<string, never>, options?: CallOptions]
  : object extends In
    ? [input?: In, options?: CallOptions]
    : [input: In, options?: CallOptions];
/** The method of an operation, as `paths` or `operations` of openapi-typescript describe it; `Kind` is the table's `body`. */
export type Method<Op, Kind> = (...args: Arguments<Input<Op, Kind>>) => Promise<Output<Op>>;

type At<Object, Key> = Object[Key & keyof Object];

/** A method for each operation of the table, named after it, its first letter in lower case. */
export type Methods<Paths, Operations, Table extends OperationTable> = {
  readonly [Id in keyof Table as Uncapitalize<Id & string>]: Method<
    // An operation whose id is not the document's own is known to its path only.
    Id extends keyof Operations ? Operations[Id] : At<At<Paths, Table[Id]['path']>, Lowercase<Table[Id]['method']>>,
    Table[Id]['body']
  >;
};
