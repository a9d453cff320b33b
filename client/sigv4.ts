import type { ClientOptions } from 'openapi-strict-fetch';
import { type RetryOptions, retrying } from '../pipeline/fetch/retry.ts';
import { type Client, createClient as createUnsigned } from './api.ts';
import { type Credentials, signHeaders } from './signHeaders.ts';

export type { RetryOptions } from '../pipeline/fetch/retry.ts';
export type { Credentials } from './signHeaders.ts';

export interface SignedClientOptions extends ClientOptions {
  /** The key to sign with, or what gets it anew before each attempt. */
  readonly credentials: Credentials | (() => Credentials | Promise<Credentials>);
  readonly region: string;
  /** How to try again; see `retrying`. */
  readonly retry?: RetryOptions;
  /** The time to sign with, in ms since 1970-01-01 UTC; `Date.now` unless told. */
  readonly clock?: () => number;
}

const SERVICE = 'amplifybackend';

/** A client that signs each attempt of a request by AWS Signature Version 4, and tries again what may pass. */
export function createClient(options: SignedClientOptions): Client {
  // What is left are options of the client, which go on to `fetch`: it has a meaning of its own for `credentials`.
  const { credentials, region, clock, retry, fetch = globalThis.fetch, ...rest } = options;
  const signed = signing(fetch, { credentials, region, ...(clock && { clock }) });
  return createUnsigned({ ...rest, fetch: retrying(signed, retry) });
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
