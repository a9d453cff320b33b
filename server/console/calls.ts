import { type Client as AdminClient, createClient as createAdminClient } from '../../client/admin.ts';
import { ApiException, type Client, createClient } from '../../client/index.ts';
import { type Credentials, createClient as createSignedClient, signing } from '../../client/sigv4.ts';
import type { Outcome } from '../../pipeline/forms/outcome.ts';

/** The key that signs requests. It stays in memory and is gone with the page. */
export interface Signer {
  readonly credentials: Credentials;
  readonly region: string;
}

/** A client for the admin surface of the same server. */
export function adminClientFor(signer: Signer | undefined): AdminClient {
  const fetch = globalThis.fetch.bind(globalThis);
  return createAdminClient({
    baseUrl: location.origin,
    fetch: signer === undefined ? fetch : signing(fetch, signer),
    retry: { attempts: 1 },
  });
}

export type Call = (operationId: string, input: object) => Promise<Outcome>;
export type Refusal = Extract<Outcome, { ok: false }>;

/** A client for the server that the page came from; it signs where there is someone to sign for. */
export function clientFor(signer: Signer | undefined, fetch = globalThis.fetch.bind(globalThis)): Client {
  // Nothing is tried again behind the user's back.
  const options = { baseUrl: location.origin, fetch, retry: { attempts: 1 } };
  return signer === undefined ? createClient(options) : createSignedClient({ ...options, ...signer });
}

/** Calls an operation by its id and returns the outcome. Never rejects. */
export function callFor(signer: Signer | undefined, send: typeof fetch = globalThis.fetch.bind(globalThis)): Call {
  return async (operationId, input) => {
    let answer: Response | undefined;
    const client = clientFor(signer, async (...request) => {
      answer = await send(...request);
      return answer;
    });
    const name = operationId.charAt(0).toLowerCase() + operationId.slice(1);
    try {
      const method = client[name as keyof Client] as unknown as (input: object) => Promise<unknown>;
      const body = await method(input);
      return { ok: true, status: answer?.status ?? 0, ...idOf(answer), body };
    } catch (error) {
      return refusalOf(error);
    }
  };
}

const idOf = (answer: Response | undefined) => {
  const requestId = answer?.headers.get('x-amzn-RequestId');
  return requestId ? { requestId } : {};
};

/** An error of the client, as the pages show it. */
export function refusalOf(error: unknown): Refusal {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof ApiException)) return { ok: false, message };
  const { status, requestId, type, body } = error;
  return { ok: false, status, message, body, ...(requestId && { requestId }), ...(type && { type }) };
}
