import { NetworkError, TimeoutError } from './errors.ts';
import type { Secure } from './operation.ts';
import type { Attempt, CallOptions, ClientOptions } from './options.ts';
import { requestIdOf } from './protocol.ts';

/** A request, in the parts from which each attempt is made. */
export interface Sent extends RequestInit {
  readonly url: string;
  readonly method: string;
  /** Given for a body that is a stream, which can be sent once. */
  readonly duplex?: 'half' | undefined;
  /** Left out where there are none: making them takes as long as all else here. */
  readonly headers?: Headers | undefined;
}

/** The options of a client with those of a call. */
export type Settings = ClientOptions & CallOptions;

/** What a call is about, and what has become of it. */
export interface Attempted {
  /** The id of the operation. */
  readonly id: string;
  readonly security?: Secure | undefined;
  /** Takes the body within the time of the attempt: as a text, or it sets the value. */
  read?: (response: Response) => Promise<string>;
  text?: string;
  value?: unknown;
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
export async function attempts(sent: Sent, call: Attempted, settings: Settings): Promise<Response> {
  const { onRequest, onResponse, signal, retry: { attempts: most = 3, timeout = 30_000 } = {} } = settings;
  const { headers, isSafe, mark } = begun(sent, call, settings);
  const until = Date.now() + (settings.timeout ?? 120_000);
  for (let number = 1, isRenewed = false; ; number++) {
    signal?.throwIfAborted();
    const clock = clockOf(call.id, Math.min(timeout, until - Date.now()), settings);
    const outgoing = { operation: call.id, number, method: sent.method, url: sent.url, headers } as Attempt;
    const mayRepeat = number < most && !sent.duplex;
    let response: Response | undefined;
    try {
      if (call.security) await call.security(outgoing, settings.security);
      mark?.(number, most);
      if (onRequest) await onRequest(outgoing);
      const init = { ...sent, headers, signal: clock.signal } as RequestInit;
      response = (await fetched(outgoing.url, init, settings).catch(clock.fail)) as Response | undefined;
      if (response && onResponse) await onResponse(response, outgoing);
      const isRefused: boolean = response?.status === 401 && !isRenewed && !sent.duplex;
      // A credential is renewed once.
      isRenewed ||= isRefused && !!(await call.security?.(outgoing, settings.security, true));
      if (isRefused && isRenewed) number--;
      else {
        const isPassing = response ? (isSafe ? AGAIN : UNTOUCHED).includes(response.status) : isSafe;
        let wait = isPassing && mayRepeat && pauseAfter(response, number, until);
        if (response && !wait && call.read) {
          call.text = (await call.read(response).catch((cause) => clock.fail(cause, response))) as string;
          wait = isSafe && !!clock.failure && mayRepeat && pauseAfter(response, number, until);
        }
        if (!wait) return clock.result(response);
        await sleep(wait, signal);
      }
      response?.body?.cancel().catch(() => {});
    } finally {
      clock.end();
    }
  }
}

/** What all attempts of a call share: the headers, and the key by which a server knows that they are one. */
function begun({ method, headers }: Sent, { security }: Attempted, settings: Settings) {
  const { protocol, onRequest, retry: { newId = randomId } = {} } = settings;
  const { idempotencyHeader = protocol?.idempotencyHeader ?? 'Idempotency-Key' } = settings;
  const isRepeatable = REPEATABLE.test(method);
  let key = '';
  let sent = headers;
  if (!isRepeatable && idempotencyHeader) {
    sent ??= new Headers();
    key = newId();
    if (!sent.has(idempotencyHeader)) sent.set(idempotencyHeader, key);
  }
  if (security || onRequest || protocol?.mark) sent ??= new Headers();
  const mark =
    protocol?.mark &&
    ((number: number, most: number) => {
      // A first GET needs no mark: each header costs time.
      if (isRepeatable && number === 1) return;
      key ||= newId();
      protocol.mark?.(sent as Headers, { id: key, number, most });
    });
  return { headers: sent, isSafe: isRepeatable || !!idempotencyHeader, mark };
}

const fetched = (url: string, init: RequestInit, { fetch: own }: Settings): Promise<Response> =>
  own ? handedTo(own, url, init) : fetch(url, init);
const handedTo = async (own: (request: Request) => Promise<Response>, url: string, init: RequestInit) =>
  own(new Request(url, init));

/** The time of an attempt. A signal that has fired stays so: each attempt has its own. */
function clockOf(id: string, time: number, { signal, protocol }: Settings) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(new TimeoutError(`${id}: no answer within ${time} ms`)), time);
  const abort = () => stop.abort(signal?.reason);
  signal?.addEventListener('abort', abort);
  let isOpen: unknown;
  const clock = {
    signal: stop.signal,
    failure: undefined as Error | undefined,
    /** Keeps a failure of the network or of the clock. Throws what an abort says. */
    fail(cause: unknown, answer?: Response) {
      signal?.throwIfAborted();
      clock.failure = stop.signal.aborted ? stop.signal.reason : new NetworkError(`${id}: ${cause}`, { cause });
      const requestId = answer && requestIdOf(answer.headers, protocol);
      if (answer) Object.assign(clock.failure as Error, { status: answer.status, requestId });
    },
    result(response?: Response): Response {
      if (clock.failure) throw clock.failure;
      // An abort ends a stream too, which is yet to be read.
      isOpen = response?.body && !response.bodyUsed;
      return response as Response;
    },
    end() {
      clearTimeout(timer);
      if (!isOpen) signal?.removeEventListener('abort', abort);
    },
  };
  return clock;
}

/** In ms: by `Retry-After`, seconds or a date (RFC 9110, 10.2.3), else a random time that grows. 0 where that is too late. */
function pauseAfter(response: Response | undefined, number: number, until: number): number {
  const after = response?.headers.get('retry-after');
  const ms = +`${after}` * 1000 || Date.parse(`${after}`) - Date.now();
  const wait = ms > 0 ? ms : 1 + Math.random() * Math.min(LONGEST, BASE * 2 ** number);
  return Date.now() + wait < until ? wait : 0;
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
