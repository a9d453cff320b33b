import type { ClientProtocol } from './protocol.ts';

/** Headers to send, by name. `null` takes a header away that was set before; `undefined` changes nothing. */
export type HeadersInput = Headers | Record<string, string | null | undefined>;

/** How often a request is sent at the most, and how long it may take. */
export interface RetryOptions {
  /** How often a request is sent at the most. 1 turns retries off. @default 3 */
  readonly attempts?: number | undefined;
  /** How long one attempt may take, in ms: until its body is read, or until a stream begins. @default 30 s */
  readonly timeout?: number | undefined;
  /** Makes the id that all attempts of a call carry. @default crypto.randomUUID */
  readonly newId?: (() => string) | undefined;
}

/** An attempt that is about to be sent. A hook may change `headers` and `url`. */
export interface Attempt {
  readonly operation: string;
  /** Counts from 1. */
  readonly number: number;
  readonly method: string;
  url: string;
  readonly headers: Headers;
}

/** The options that a client has for all of its calls, and that each call can replace. */
export interface SharedOptions {
  readonly retry?: RetryOptions | undefined;
  /** How long a call may take with all its attempts and the pauses between, in ms. @default 120 s */
  readonly timeout?: number | undefined;
  /**
   * The header with the key by which a server knows a POST or PATCH that it has seen before. `false` sends none; these
   * requests are then sent again only after a 429 or a 503. @default Idempotency-Key
   */
  readonly idempotencyHeader?: string | false | undefined;
  /** Called before each attempt. An error that it throws ends the call. */
  readonly onRequest?: ((attempt: Attempt) => unknown) | undefined;
  /** Called after each answer, before its body is read. Read a `clone()` of it, not the answer itself. */
  readonly onResponse?: ((response: Response, attempt: Attempt) => unknown) | undefined;
  /**
   * Checks the body of a success, as the generated `validate` does. An answer with faults is thrown as an
   * `UnreadableError`. @default none
   */
  readonly validate?: ((operation: string, status: number, body: unknown) => readonly string[]) | undefined;
  /** The text with which an event stream says that it is complete, such as `[DONE]`. */
  readonly endOfStream?: string | undefined;
}

/** The options of a client. Those that `fetch` knows, such as `cache` or `mode`, are handed on to it. */
export interface ClientOptions<Schemes extends string = string>
  extends SharedOptions,
    Omit<RequestInit, 'body' | 'headers' | 'method' | 'signal'> {
  /** Where the paths of the document start, such as `http://127.0.0.1:3000`. One slash at its end is ignored. */
  baseUrl: string;
  /** Sends every request. @default the global `fetch`, looked up for each request */
  fetch?: ((request: Request) => Promise<Response>) | undefined;
  /** Headers of every request. */
  headers?: HeadersInput | undefined;
  /**
   * Credentials by the name of their security scheme: a value, or a function that gets one. The result of a function is
   * kept until the server answers 401; the function is then called once more and the request sent again.
   */
  readonly security?: CredentialsByScheme<Schemes> | undefined;
  readonly protocol?: ClientProtocol | undefined;
}

/** A key or token, or the name and password of HTTP Basic. */
export type Credential = string | { readonly username: string; readonly password: string };
/** Credentials by security scheme. A function is called when one is needed, and once more after a 401. */
export type CredentialsByScheme<Schemes extends string = string> = {
  readonly [Name in Schemes]?: Credential | (() => Credential | Promise<Credential>) | undefined;
};

/** The forms in which a caller can take a body, whatever the document says of it. */
export interface Forms {
  text: string;
  blob: Blob;
  bytes: ArrayBuffer;
  stream: ReadableStream<Uint8Array>;
}

/** Shared by all calls without options. */
export const NO_OPTIONS = {};

/** The options of one call. They win over those of the client. */
export interface CallOptions extends SharedOptions {
  /** Stops the call: it then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Headers of this call; they win over the client's. */
  readonly headers?: HeadersInput | undefined;
}
