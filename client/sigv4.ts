import { AwsV4Signer } from 'aws4fetch';
import { type Client, createClient as createUnsigned } from './api.ts';
import type { ClientOptions } from './core.ts';
import { type RetryOptions, retrying } from './retry.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

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
    const body = request.body === null ? undefined : await request.arrayBuffer();
    const { accessKeyId, secretAccessKey, sessionToken } =
      typeof credentials === 'function' ? await credentials() : credentials;
    const signer = new AwsV4Signer({
      method: request.method,
      url: request.url,
      headers: request.headers,
      ...(body !== undefined && { body }),
      accessKeyId,
      secretAccessKey,
      ...(sessionToken !== undefined && { sessionToken }),
      service: SERVICE,
      region,
      datetime: new Date(clock()).toISOString().replaceAll(/[:-]|\.\d{3}/g, ''),
      // As the AWS SDKs do: what they set is signed, the invocation id among it.
      allHeaders: true,
    });
    const { url, headers, method } = await signer.sign();
    return fetch(new Request(url, { method, headers, signal: request.signal, ...(body !== undefined && { body }) }));
  };
}
