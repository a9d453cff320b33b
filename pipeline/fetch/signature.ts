import type { ApiException } from './errors.ts';
import type { OperationDetails } from './operation.ts';
import type { CallOptions, Forms } from './options.ts';

/** The facts about an operation that its types need besides those that openapi-typescript gives it. `gen` writes them. */
export interface Shape {
  /** Where the body goes: its members are members of the input, or it is one member of it. */
  readonly body?: 'members' | 'value';
  /** The member that holds a whole body. @default body */
  readonly bodyName?: string;
  /** The media type that is sent, as the document spells it. */
  readonly type?: string;
  /** The members of a multipart body that are files. */
  readonly files?: string;
  /** The media type is a range for which JSON is sent. */
  readonly json?: true;
  /** The media types among which a caller can choose, and ranges such as `image/*`; each with its `files` and `json`. */
  readonly types?: object;
  /** The media types that are asked for, where successes have others, too. */
  readonly accept?: string;
  /** Where a page has its items: a path such as `data.items`, or `''` where the page is the list. */
  readonly items?: string;
}

/** An operation of a document: its details, and the types that openapi-typescript gives it. */
export interface Operation<Op = unknown, Of extends Shape = Shape> extends OperationDetails {
  /** For the compiler alone: no such member exists. */
  readonly '~types'?: [Op, Of];
}

/** A file to upload. A stream is sent as it is read where the runtime can do that. */
export type Upload = Blob | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/** An event of a stream. */
export interface ServerSentEvent<Data = unknown> {
  /** The data: parsed where the document says that it is more than text. */
  readonly data: Data;
  /** @default message */
  readonly event: string;
  /** The id of this event or of the last one that had one. */
  readonly id: string;
}

type Key<Name> = `${Name & (string | number)}`;
type At<Object, Name> = Name extends keyof Object ? Object[Name] : undefined;

/** A body of each media type, as the client gives it. */
type Received<Content> = Content extends object
  ? {
      [Type in keyof Content]: Lowercase<Key<Type>> extends `${string}event-stream${string}`
        ? AsyncIterable<ServerSentEvent<Content[Type]>>
        : Lowercase<Key<Type>> extends
              | `${string}jsonl${string}`
              | `${string}ndjson${string}`
              | `${string}json-seq${string}`
              | `${string}jsonlines${string}`
              | `${string}stream+json${string}`
          ? AsyncIterable<Content[Type]>
          : Lowercase<Key<Type>> extends `${string}/json${string}` | `${string}+json${string}` | '*/*' | 'application/*'
            ? Content[Type]
            : Lowercase<Key<Type>> extends `text/${string}` | `${string}xml${string}` | `${string}yaml${string}`
              ? string
              : Blob;
    }[keyof Content]
  : undefined;

type BodyOf<Response, Accept = undefined> = Response extends { content: infer Content }
  ? [Content] extends [never]
    ? undefined
    : Received<[keyof Content & Accept] extends [never] ? Content : Pick<Content, keyof Content & Accept>>
  : undefined;
type HeadersOf<Response> = Response extends { headers: infer Headers }
  ? {
      readonly [Name in keyof Headers as string extends Name ? never : number extends Name ? never : Name]?: Exclude<
        Headers[Name],
        undefined
      >;
    }
  : object;

type Responses<Op> = Op extends { responses: infer All } ? All : object;
type SuccessKeys<All> = {
  [Status in keyof All]: Key<Status> extends `2${string}` ? Status : never;
}[keyof All];
/** The statuses of the successes; `default` where the document names no other. */
type Successes<Op> = [SuccessKeys<Responses<Op>>] extends [never]
  ? 'default' & keyof Responses<Op>
  : SuccessKeys<Responses<Op>>;

/** An answer with all that it says, told apart by `status` where the operation has several successes. */
export type Result<Op, Accept = undefined> = [Successes<Op>] extends [never]
  ? ResultOf<number, object, Accept>
  : { [Status in Successes<Op>]: ResultOf<Status, Responses<Op>[Status], Accept> }[Successes<Op>];
interface ResultOf<Status, Response, Accept> {
  readonly status: Status extends number ? Status : number;
  readonly body: BodyOf<Response, Accept>;
  /** The headers that the document gives the answer; `response.headers` has all. */
  readonly headers: HeadersOf<Response>;
  readonly requestId: string | undefined;
  /** The answer itself. Its body has been read, except where it is a stream. */
  readonly response: Response extends never ? never : globalThis.Response;
}
/** The body that an operation answers with. Where it has several successes, the union of theirs. */
export type Output<Op, Accept = undefined> = [Successes<Op>] extends [never]
  ? unknown
  : { [Status in Successes<Op>]: BodyOf<Responses<Op>[Status], Accept> }[Successes<Op>];

// `unknown` adds nothing to an intersection.
type Parameters<Op, In extends string> = Op extends { parameters: { [Key in In]?: infer Values } }
  ? [NonNullable<Values>] extends [never]
    ? unknown
    : NonNullable<Values>
  : unknown;
type SentContent<Op, Type> = Op extends { requestBody?: infer Request }
  ? NonNullable<Request> extends { content: infer Content }
    ? Type extends keyof Content
      ? Content[Type]
      : unknown
    : unknown
  : unknown;
type Files<Body, Names> = [Names] extends [string]
  ? {
      [Name in keyof Body]: Name extends Names
        ? NonNullable<Body[Name]> extends readonly unknown[]
          ? readonly Upload[]
          : Upload
        : Body[Name];
    }
  : Body;
type SentBody<Op, Of extends Shape> = Of['json'] extends true
  ? SentContent<Op, Of['type']>
  : Of['type'] extends string
    ? Lowercase<Of['type']> extends
        | `${string}/json${string}`
        | `${string}+json${string}`
        | `${string}form${string}`
        | `${string}jsonl${string}`
        | `${string}ndjson${string}`
      ? Files<SentContent<Op, Of['type']>, Of['files']>
      : Lowercase<Of['type']> extends `text/${string}` | `${string}xml${string}` | `${string}yaml${string}`
        ? string
        : Upload | string
    : SentContent<Op, 'application/json'>;
type RequestPart<Op, Of extends Shape> = Of['body'] extends 'members'
  ? IsOptional<Op> extends true
    ? Partial<SentBody<Op, Of>>
    : SentBody<Op, Of>
  : Of['body'] extends 'value'
    ? IsOptional<Op> extends true
      ? { [Name in BodyName<Of>]?: SentBody<Op, Of> }
      : { [Name in BodyName<Of>]: SentBody<Op, Of> }
    : unknown;
type BodyName<Of extends Shape> = Of['bodyName'] extends string ? Of['bodyName'] : 'body';
type IsOptional<Op> = Op extends { requestBody: unknown } ? false : true;

/** One flat object in wire names: parameters of path, query, header and cookie, and the body's members. */
export type Input<Op, Of extends Shape = Shape> = Parameters<Op, 'path'> &
  Parameters<Op, 'query'> &
  Parameters<Op, 'header'> &
  Parameters<Op, 'cookie'> &
  RequestPart<Op, Of>;

type Arguments<In, Options> = unknown extends In
  ? [input?: Record<string, never>, options?: Options]
  : object extends In
    ? [input?: In, options?: Options]
    : [input: In, options?: Options];

type ItemsOf<Page, Path> = Path extends ''
  ? Page extends readonly (infer Item)[]
    ? Item
    : never
  : Path extends `${infer Head}.${infer Rest}`
    ? ItemsOf<NonNullable<At<Page, Head>>, Rest>
    : NonNullable<At<Page, Path>> extends readonly (infer Item)[]
      ? Item
      : never;

type AnyInput<Op, Of extends Shape> = unknown extends Input<Op, Of> ? object : Input<Op, Of>;

interface Call<Op, Of extends Shape> {
  /** Takes the body of the success in a form of the caller's choice. */
  <As extends keyof Forms>(input: AnyInput<Op, Of>, options: CallOptions & { readonly as: As }): Promise<Forms[As]>;
  (
    ...args: Arguments<Input<Op, Of>, CallOptions>
  ): Of['items'] extends string ? Promise<Output<Op, Of['accept']>> & Paged<Op, Of> : Promise<Output<Op, Of['accept']>>;
  /** Answers status, headers and the response beside the body. */
  readonly withResponse: WithResponse<Op, Of> & InOtherTypes<Op, Of, Promise<Result<Op, Of['accept']>>>;
}
interface WithResponse<Op, Of extends Shape> {
  <As extends keyof Forms>(
    input: AnyInput<Op, Of>,
    options: CallOptions & { readonly as: As },
  ): Promise<WithBody<Result<Op, Of['accept']>, Forms[As]>>;
  (...args: Arguments<Input<Op, Of>, CallOptions>): Promise<Result<Op, Of['accept']>>;
}
type WithBody<Of, Body> = Of extends unknown ? Omit<Of, 'body'> & { readonly body: Body } : never;

/** Calls that send the body in a media type of the caller's choice: an overload for each. */
type InOtherTypes<Op, Of extends Shape, Answered> = Of['types'] extends object
  ? AllOf<
      {
        [Type in keyof Of['types']]: (
          input: Input<Op, InType<Of, Key<Type>> & Of['types'][Type]>,
          options: CallOptions & { readonly type: InRange<Key<Type>> },
        ) => Answered;
      }[keyof Of['types']]
    >
  : unknown;
interface InType<Of extends Shape, Type extends string> {
  readonly body: NonNullable<Of['body']>;
  readonly bodyName: BodyName<Of>;
  readonly type: Type;
}
type InRange<Type> = Type extends '*/*'
  ? `${string}/${string}`
  : Type extends `${infer Main}/*`
    ? `${Main}/${string}`
    : Type;
type AllOf<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;
interface Pages<Op, Of extends Shape> {
  /** Asks for one page after the other. `break` ends it. */
  pages(...args: Arguments<Input<Op, Of>, CallOptions>): AsyncGenerator<Output<Op, Of['accept']>, void>;
}
/** The answer of an operation with pages: to be awaited for the first page, or iterated for the items of all. */
interface Paged<Op, Of extends Shape> extends AsyncIterable<ItemsOf<Output<Op, Of['accept']>, Of['items']>> {
  pages(): AsyncGenerator<Output<Op, Of['accept']>, void>;
}

type Types<Entry> = Entry extends { readonly '~types'?: [infer Op, infer Of extends Shape] | undefined }
  ? [Op, Of]
  : [unknown, Shape];

/** Calls an operation of a table. */
export type Method<Entry> = Call<Types<Entry>[0], Types<Entry>[1]> &
  InOtherTypes<Types<Entry>[0], Types<Entry>[1], Promise<Output<Types<Entry>[0], Types<Entry>[1]['accept']>>> &
  (Types<Entry>[1]['items'] extends string ? Pages<Types<Entry>[0], Types<Entry>[1]> : unknown);

/** A method for each operation of the table, named after it, its first letter in lower case. */
export type ApiClient<Table> = { readonly [Id in keyof Table as Uncapitalize<Id & string>]: Method<Table[Id]> };

/** The body that an operation documents for the status of an error. */
type ErrorBody<Op, Status> = BodyOf<ErrorResponse<Responses<Op>, Status>>;
type ErrorResponse<All, Status> = Status extends keyof All
  ? All[Status]
  : Key<Status> extends `${infer Digit}${infer _}`
    ? `${Digit}XX` extends keyof All
      ? All[`${Digit}XX`]
      : At<All, 'default'>
    : never;
/** The statuses of errors that an operation documents. */
type ErrorStatus<Op> =
  | {
      [Status in keyof Responses<Op>]: Key<Status> extends `${4 | 5}${string}` ? Extract<Status, number> : never;
    }[keyof Responses<Op>]
  | (number & {});

/**
 * Whether an error is the answer of an operation, with this status where one is given. Narrows the body to what the
 * document gives that status.
 */
export type IsError<Table> = {
  <Id extends keyof Table & string, Status extends ErrorStatus<Types<Table[Id]>[0]>>(
    error: unknown,
    operation: Id,
    status: Status,
  ): error is ApiException<ErrorBody<Types<Table[Id]>[0], Status>> & { readonly status: Status };
  <Id extends keyof Table & string>(error: unknown, operation: Id): error is ApiException;
};
