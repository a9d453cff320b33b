import createOpenApiFetch, { type Client, mergeHeaders } from 'openapi-fetch';
import { attempts } from './attempts.ts';
import type { ClientOptions, HeadersInput } from './options.ts';
import { fillPath } from './path.ts';

/** The one module that knows openapi-fetch, which merges headers for the methods too. */

export const headersOf = (...all: (HeadersInput | object | undefined)[]): Headers => mergeHeaders(...(all as never[]));

/** The openapi-fetch client. Its errors are openapi-fetch's own. */
export type RawClient<Paths extends object> = Client<Paths>;

/**
 * openapi-fetch by itself: calls by method and path, and middlewares. It retries and checks path values as the methods
 * do, and sends no credentials but those of `headers`.
 */
export function createRawClient<Paths extends object>(options: ClientOptions): RawClient<Paths> {
  // openapi-fetch sends the braces of a template where it gets no values for it.
  function Checked(url: string, init: RequestInit) {
    return new Request(fillPath(url, {}), init);
  }
  // For the middlewares that answer a Request of their own.
  Checked.prototype = Request.prototype;
  return createOpenApiFetch<Paths>({
    ...(options as object),
    baseUrl: options.baseUrl,
    Request: Checked as never,
    pathSerializer: fillPath,
    async fetch(request) {
      const body = request.body ? await request.arrayBuffer() : undefined;
      const { url, method, headers, signal } = request;
      return attempts({ url, method, headers, ...(body && { body }) }, { id: 'fetch', options: { signal } }, options);
    },
  });
}
