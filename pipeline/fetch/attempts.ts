import { NetworkError, TimeoutError } from './errors.ts';
import type { Secure } from './operation.ts';
import { type Attempt, type CallOptions, type ClientOptions, NO_OPTIONS } from './options.ts';
import { requestIdOf } from './protocol.ts';

/** A request, in the parts from which each attempt is made. */
export interface Sent extends RequestInit {
  readonly url: string;
  readonly method: string;
  /** Given for a body that is a stream, which can be sent once. */
  readonly duplex?: 'half';
  /** Left out where there are none: making them takes as long as all else here. */
  readonly headers?: Headers | undefined;
}

export interface Attempted {
  /** The id of the operation. */
  readonly id: string;
  readonly options: CallOptions;
  readonly security?: Secure | undefined;
  /** Takes the body, within the time of the attempt. */
  readonly read?: (response: Response) => Promise<unknown>;
}

const REPEATABLE = /^(GET|HEAD|OPTIONS|TRACE|PUT|DELETE|QUERY)$/;
/** The server did nothing, and says so. */
const UNTOUCHED = [429, 503];
const AGAIN = [408, 500, 502, 504, ...UNTOUCHED];
const BASE = 100; // ms, doubled with each attempt
const LONGEST = 20_000; // ms

/**
 * Sends a request again after a network error, a timeout, or one of the answers 408, 429, 500, 502, 503 and 504: after a
 * random time that grows, or when `Retry-After` says. Resolves with the last answer, or rejects with the last error.
 */
export async function attempts(sent: Sent, call: Attempted, client: ClientOptions): Promise<Response> {
  const { id, options, security, read } = call;
  const settings = options === NO_OPTIONS ? client : { ...client, ...options };
  const { protocol, onRequest, onResponse, signal }: CallOptions & ClientOptions = settings;
  const { idempotencyHeader = protocol?.idempotencyHeader ?? 'Idempotency-Key' } = settings;
  const { attempts: most = 3, timeout = 30_000, newId = randomId } = { ...client.retry, ...options.retry };
  const { method } = sent;
  let { headers } = sent;
  const isRepeatable = REPEATABLE.test(method);
  const isSafe = isRepeatable || !!idempotencyHeader;
  let key = '';
  if (!isRepeatable && idempotencyHeader) {
    headers ??= new Headers();
    key = newId();
    if (!headers.has(idempotencyHeader)) headers.set(idempotencyHeader, key);
  }
  if (security || onRequest || protocol?.mark) headers ??= new Headers();
  const until = Date.now() + (settings.timeout ?? 120_000);

  for (let number = 1, isRenewed = false; ; number++) {
    signal?.throwIfAborted();
    // A signal that has fired stays so: each attempt has its own.
    const stop = new AbortController();
    const abort = () => stop.abort(signal?.reason);
    let unlink = () => signal?.removeEventListener('abort', abort);
    signal?.addEventListener('abort', abort);
    const time = Math.min(timeout, until - Date.now());
    const timer = setTimeout(() => stop.abort(new TimeoutError(`${id}: no answer within ${time} ms`)), time);
    let response: Response | undefined;
    let failure: Error | undefined;
    /** Keeps a failure of the network or of the clock, and throws what an abort says. */
    const attempt = async (work: unknown) => {
      try {
        return await work;
      } catch (cause) {
        signal?.throwIfAborted();
        failure = stop.signal.aborted ? stop.signal.reason : new NetworkError(`${id}: ${cause}`, { cause });
        if (response && failure) {
          const requestId = requestIdOf(response.headers, protocol);
          Object.assign(failure, { status: response.status, requestId });
        }
      }
    };
    try {
      const outgoing = { operation: id, number, method, url: sent.url, headers } as Attempt;
      if (security) await security(outgoing, client.security);
      // A first GET needs no mark: each header costs time.
      if (protocol?.mark && (!isRepeatable || number > 1)) {
        key ||= newId();
        protocol.mark(outgoing.headers, { id: key, number, most });
      }
      if (onRequest) await onRequest(outgoing);
      const init = { ...client, ...sent, headers, signal: stop.signal } as RequestInit;
      const { url } = outgoing;
      response = (await attempt(client.fetch ? client.fetch(new Request(url, init)) : fetch(url, init))) as
        | Response
        | undefined;
      if (response && onResponse) await onResponse(response, outgoing);
      // A credential is renewed once.
      if (
        response?.status === 401 &&
        !isRenewed &&
        !sent.duplex &&
        (await security?.(outgoing, client.security, true))
      ) {
        isRenewed = true;
        number--;
      } else {
        let wait = 0;
        const mayRepeat = () => {
          wait = pauseAfter(response, number);
          return !sent.duplex && number < most && Date.now() + wait < until;
        };
        let isAgain = (response ? (isSafe ? AGAIN : UNTOUCHED).includes(response.status) : isSafe) && mayRepeat();
        if (response && !isAgain) {
          if (read) await attempt(read(response));
          isAgain = isSafe && !!failure && mayRepeat();
        }
        if (!isAgain) {
          if (failure) throw failure;
          // An abort ends a stream too, which is yet to be read.
          if (response?.body && !response.bodyUsed) unlink = () => {};
          return response as Response;
        }
        await sleep(wait, signal);
      }
      response?.body?.cancel().catch(() => {});
    } finally {
      clearTimeout(timer);
      unlink();
    }
  }
}

/** In ms: by `Retry-After`, seconds or a date (RFC 9110, 10.2.3), else a random time that grows. */
function pauseAfter(response: Response | undefined, number: number): number {
  const after = response?.headers.get('retry-after');
  const ms = +`${after}` * 1000 || Date.parse(`${after}`) - Date.now();
  return ms > 0 ? ms : Math.random() * Math.min(LONGEST, BASE * 2 ** number);
}

// Pages that did not come by https have no randomUUID.
const randomId = () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;

/** Ends early on an abort. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end);
  });
}
