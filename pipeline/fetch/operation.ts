import type { Answer, ExceptionClass } from './errors.ts';
import type { Attempt, CallOptions, CredentialsByScheme, Forms, HeadersInput } from './options.ts';
import type { ConvertBody } from './values.ts';

/** How an operation travels: the part of a document that the client needs at run time. `gen` writes it. */
export interface OperationDetails {
  readonly method: string;
  /** Path template, with the names of its parameters in braces. */
  readonly path: string;
  readonly query?: readonly string[];
  readonly header?: readonly string[];
  readonly cookie?: readonly string[];
  /** Writes the parameters whose style is not the usual one of their place. */
  readonly styles?: Readonly<Record<string, (value: never) => string>>;
  /** `members`: an object whose members are part of the input. `value`: given whole, as one member of the input. */
  readonly body?: 'members' | 'value';
  /** The member that holds a whole body. @default body */
  readonly bodyName?: string;
  /** The media type of the body. @default application/json */
  readonly type?: string;
  /** Writes the body in its media type, or in the one that the caller chose. @default JSON */
  readonly write?: Write;
  /** Turns the values of an input into those that are sent. */
  readonly send?: (input: Values) => Values;
  /** The body may be left out. */
  readonly optional?: boolean;
  /** The `Accept` header. @default none, which leaves the choice to the server */
  readonly accept?: string;
  /** Reads the body of a success. @default JSON */
  readonly read?: Read;
  /** Turns the values of a body into those that the caller sees. */
  readonly convert?: ConvertBody;
  /** A 200 may be empty. Without this only a 201 and above may be. */
  readonly empty?: boolean;
  /** Reads the headers that the document gives the successes, by name. */
  readonly headers?: Readonly<Record<string, (text: string) => unknown>>;
  /** The classes of its errors, by status: `404`, `4XX` or `default`. */
  readonly errors?: Readonly<Record<string, ExceptionClass>>;
  /** Puts credentials on a request. Answers whether a credential was renewed after a 401. */
  readonly security?: Secure;
  /** Adds the iterators of an operation that answers in pages. */
  readonly pages?: (call: Call) => Method;
}

/** A body in the form in which fetch sends it, with its media type. */
export type Write = (body: never, type: string) => Written | Promise<Written>;
export type Written = readonly [body: BodyInit, type: string];

/** Reads a body. `reopen` asks for the rest of a stream of events. */
export type Read = (
  response: Response,
  reopen: (headers: HeadersInput) => Promise<Response>,
  options: CallOptions,
) => unknown;

export type Secure = (
  attempt: Attempt,
  credentials: CredentialsByScheme | undefined,
  isRefused?: boolean,
) => Promise<boolean>;

export type Values = Record<string, unknown>;
export interface Result extends Pick<Answer, 'status' | 'requestId'> {
  body: unknown;
  headers: Values;
  response: Response;
}
export type Call = (input?: Values, options?: FormOptions, url?: string) => Promise<Result>;
export type Method = (input?: Values, options?: FormOptions) => Promise<unknown>;
export interface FormOptions extends CallOptions {
  readonly as?: keyof Forms;
  readonly type?: string;
}
