/** How a family of APIs speaks of requests and errors beyond its document. Every member can be left out. */
export interface ClientProtocol {
  /** The id by which the server's log knows a request. @default the header X-Request-Id or Request-Id */
  requestId?(headers: Headers): string | null | undefined;
  /** The name and the message of an error. @default RFC 9457 and the usual members, such as `message` and `error.code` */
  describe?(headers: Headers, body: unknown): { type?: unknown; message?: unknown };
  /** The header with the key of an unsafe request. @default Idempotency-Key */
  readonly idempotencyHeader?: string;
  /** Marks an attempt. `id` is the same for all attempts of a call. */
  mark?(headers: Headers, attempt: { id: string; number: number; most: number }): void;
}

/** The id of the request that an answer is to, if it has one. */
export const requestIdOf = (headers: Headers, protocol?: ClientProtocol): string | undefined =>
  (protocol?.requestId ? protocol.requestId(headers) : (headers.get('x-request-id') ?? headers.get('request-id'))) ??
  undefined;

/** The members that most APIs give their errors, at the top or within `error`. */
export function describeError(body: unknown): { type?: unknown; message?: unknown } {
  const top = Object(body);
  const { type, code, message, detail, title, error } = { ...top, ...Object(top.error) };
  return { type: code ?? type, message: message ?? detail ?? title ?? (error === Object(error) ? undefined : error) };
}
