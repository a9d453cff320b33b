import createOpenApiFetch, { type Client } from 'openapi-fetch';
import { fillPath } from './path.ts';

/** Headers to send. `null` takes one away that would be sent otherwise; `undefined` says nothing. */
export type HeadersInput = Headers | Record<string, string | null | undefined>;

export interface ClientOptions {
  /** Where the paths of the document start, such as `http://127.0.0.1:3000`. One slash at its end is ignored. */
  baseUrl: string;
  /** Sends every request. Default: the global `fetch`, looked up for each request. */
  fetch?: (request: Request) => Promise<Response>;
  /** Headers of every request. */
  headers?: HeadersInput;
}

/** The openapi-fetch client. Its errors are openapi-fetch's own; path values are checked as everywhere. */
export type RawClient<Paths extends object> = Client<Paths>;

export interface CallOptions {
  /** Stops the call: it then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Headers of this call; they win over the client's. */
  headers?: HeadersInput | undefined;
}

/** The raw client's `request`, as far as the methods use it. */
export type Send = (
  method: string,
  path: string,
  init: CallOptions & {
    params: Record<'path' | 'query' | 'header', object>;
    body: unknown;
    parseAs: 'text';
    fetch: NonNullable<ClientOptions['fetch']>;
  },
) => Promise<{
  response: Response;
  /** The body of a success. */
  data?: string;
  /** The body of anything else, parsed where it is JSON. */
  error?: unknown;
}>;

export function createRaw<Paths extends object>(options: ClientOptions): RawClient<Paths> {
  const raw = createOpenApiFetch<Paths>({ ...options, pathSerializer: fillPath });
  raw.use({
    // openapi-fetch asks the serializer only where there are values, and else sends the braces.
    onRequest({ schemaPath, params }) {
      fillPath(schemaPath, params.path ?? {});
    },
  });
  return raw;
}
