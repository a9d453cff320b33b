export interface RetryOptions {
  /** How often to send a request at the most; 3 unless told, as the AWS SDKs do. */
  readonly attempts?: number;
  /** How long one attempt may take, in ms; 30,000 unless told. */
  readonly timeout?: number;
  /** Makes the id that all attempts of one request carry. */
  readonly newId?: () => string;
}

const AGAIN = [429, 500, 502, 503, 504];
const BASE = 100; // ms, doubled with each attempt
const LONGEST = 20_000; // ms

/**
 * A `fetch` that sends a request again after a network error, a timeout, or one of the answers 429, 500, 502, 503 and
 * 504: after a random time that grows, or when `Retry-After` says. All attempts carry the same `amz-sdk-invocation-id`,
 * by which the server makes one job of them. Resolves with the last answer, or rejects with the last error.
 */
export function retrying(fetch: typeof globalThis.fetch, options: RetryOptions = {}): typeof globalThis.fetch {
  const { attempts = 3, timeout = 30_000, newId = () => crypto.randomUUID() } = options;
  return async (input, init) => {
    const request = new Request(input, init);
    const { signal } = request;
    const id = newId();
    for (let attempt = 1; ; attempt++) {
      const headers = new Headers(request.headers);
      headers.set('amz-sdk-invocation-id', id);
      headers.set('amz-sdk-request', `attempt=${attempt}; max=${attempts}`);
      // A signal that has timed out stays so: each attempt gets its own.
      const attemptSignal = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
      let wait = Math.random() * Math.min(LONGEST, BASE * 2 ** attempt);
      try {
        const answer = await fetch(new Request(request.clone(), { headers, signal: attemptSignal }));
        if (attempt >= attempts || !AGAIN.includes(answer.status)) return answer;
        const after = answer.headers.get('retry-after');
        if (after !== null) wait = Math.min(LONGEST, untilThen(after));
        await answer.body?.cancel();
      } catch (error) {
        if (signal.aborted || attempt >= attempts) throw error;
      }
      await sleep(wait, signal);
    }
  };
}

/** `Retry-After` in ms: seconds, or a date (RFC 9110, 10.2.3). */
function untilThen(after: string): number {
  const seconds = Number(after);
  const ms = Number.isNaN(seconds) ? Date.parse(after) - Date.now() : seconds * 1000;
  return Math.max(0, ms || 0);
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}
