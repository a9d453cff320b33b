import { type Client, type ClientOptions, createClient as createUnsigned } from './api.ts';
import { type Credentials, signHeaders } from './signHeaders.ts';

export type { RetryOptions } from './api.ts';
export type { Credentials } from './signHeaders.ts';

/** The options of a client that signs its requests. */
export interface SignedClientOptions extends Omit<ClientOptions, 'credentials'> {
  /** The key to sign with, or a function that gets it anew before each attempt. */
  readonly credentials: Credentials | (() => Credentials | Promise<Credentials>);
  readonly region: string;
  /** The time to sign with, in ms since 1970-01-01 UTC. @default Date.now */
  readonly clock?: () => number;
}

const SERVICE = 'amplifybackend';

/** A client that signs each attempt of a request by AWS Signature Version 4. */
export function createClient(options: SignedClientOptions): Client {
  const { credentials, region, clock, fetch = (request: Request) => globalThis.fetch(request), ...rest } = options;
  return createUnsigned({ ...rest, fetch: signing(fetch, { credentials, region, ...(clock && { clock }) }) });
}

/** A `fetch` that signs what it sends. */
export function signing(
  fetch: (request: Request) => Promise<Response>,
  { credentials, region, clock = Date.now }: Pick<SignedClientOptions, 'credentials' | 'region' | 'clock'>,
): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const key = typeof credentials === 'function' ? await credentials() : credentials;
    const { body } = request;
    const bytes = await request.arrayBuffer();
    const headers = await signHeaders(request, bytes, key, { region, service: SERVICE, time: clock() });
    return fetch(new Request(request, { headers, ...(body && { body: bytes }) }));
  };
}
