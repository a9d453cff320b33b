import { Agent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { CouldNotRun } from '../couldNotRun.ts';
import { curlLine, type Secret } from './curl.ts';
import type { Answer, Request } from './messages.ts';

/** Headers to add to a request, such as its signature. */
export type Sign = (request: Request, url: URL) => Readonly<Record<string, string>>;

export interface SenderOptions {
  /** Of the implementation, with the base path that it has. */
  readonly url: string;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly sign?: Sign;
  /** How long an exchange may take, from its first byte to its last, in ms. @default 10 s */
  readonly timeout?: number;
  /** Hidden in curl lines. */
  readonly secrets?: readonly Secret[];
}

const TIMEOUT = 10_000; // ms
const MAX_ANSWER = 20_000_000; // characters

/** A request that got no answer, though the implementation is there: a violation, unlike one that is not there at all. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly curl: string;
  /** Whether nobody is there any more. */
  readonly gone: boolean;

  constructor(message: string, curl: string, gone: boolean) {
    super(message);
    this.curl = curl;
    this.gone = gone;
  }
}

/** Thrown once the run has been stopped. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** Sends exactly what it is given: no header of its own but Host, Content-Length and a signature. */
export class Sender {
  readonly #base: URL;
  readonly #options: SenderOptions;
  readonly #agent: Agent;
  readonly #stop: AbortSignal;
  #answered = false;
  /** How many requests were sent. */
  count = 0;

  constructor(options: SenderOptions, stop: AbortSignal) {
    this.#options = options;
    this.#base = new URL(options.url.replace(/\/+$/, ''));
    this.#agent = new (this.#base.protocol === 'https:' ? HttpsAgent : Agent)({ keepAlive: true });
    this.#stop = stop;
  }

  /** Whether each request gets more than it is given here. */
  get addsHeaders(): boolean {
    return this.#options.sign !== undefined || Object.keys(this.#options.headers ?? {}).length > 0;
  }

  /** Whether none of the headers is among those that are added. */
  leavesAlone(names: readonly string[]): boolean {
    const added = Object.keys(this.#options.headers ?? {}).map((name) => name.toLowerCase());
    return this.#options.sign === undefined && !names.some((name) => added.includes(name));
  }

  get url(): string {
    return this.#options.url.replace(/\/+$/, '');
  }

  async send(request: Request, options: { readonly always?: boolean } = {}): Promise<Answer> {
    if (this.#stop.aborted && options.always !== true) throw new Stopped();
    const url = new URL(this.url + request.path);
    const given = { ...request.headers, ...this.#options.headers };
    const signed = this.#options.sign?.({ ...request, headers: given }, url) ?? {};
    const curl = curlLine(url, { ...request, headers: given }, this.#options.secrets ?? []);
    this.count += 1;
    for (let tries = 1; ; tries++) {
      try {
        const answer = await this.#exchange(
          url,
          { ...request, headers: { ...given, ...signed } },
          options.always === true,
        );
        this.#answered = true;
        return { ...answer, request, curl };
      } catch (error) {
        if (this.#stop.aborted && options.always !== true) throw new Stopped();
        const { message, code } = error as NodeJS.ErrnoException;
        // A connection that was kept alive may have been closed meanwhile: that says nothing of this request.
        if (code === 'ECONNRESET' && tries === 1) continue;
        const gone = code === 'ECONNREFUSED';
        if (this.#answered) throw new NoAnswer(gone ? 'nobody answers any more' : message || String(code), curl, gone);
        throw new CouldNotRun(`${this.url} does not answer: ${message || code}.`);
      }
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  #exchange(url: URL, { method, headers, body }: Request, always: boolean): Promise<Omit<Answer, 'request' | 'curl'>> {
    const { promise, resolve, reject } = Promise.withResolvers<Omit<Answer, 'request' | 'curl'>>();
    const timeout = this.#options.timeout ?? TIMEOUT;
    // A body of undefined is none, which for these methods is a length of 0.
    const length =
      body === undefined
        ? ['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(method)
          ? {}
          : { 'content-length': '0' }
        : { 'content-length': String(Buffer.byteLength(body)) };
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const sent = send(url, { method, headers: { ...headers, ...length }, agent: this.#agent }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      const finish = () => {
        clearTimeout(timer);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: parsed(text) });
      };
      response.on('data', (chunk: string) => {
        text += chunk;
        if (text.length > MAX_ANSWER) sent.destroy(new Error(`the answer is longer than ${MAX_ANSWER / 1e6} MB`));
        // Events may go on for ever; the first ones are enough.
        if (/event-stream/.test(response.headers['content-type'] ?? '') && text.includes('\n\n')) {
          finish();
          sent.destroy();
        }
      });
      response.on('error', reject);
      response.on('end', finish);
    });
    const timer = setTimeout(() => sent.destroy(new Error(`no whole answer within ${timeout / 1000} s`)), timeout);
    const stop = () => sent.destroy(new Stopped());
    if (!always) this.#stop.addEventListener('abort', stop, { once: true });
    sent.on('error', reject);
    sent.on('close', () => {
      clearTimeout(timer);
      this.#stop.removeEventListener('abort', stop);
    });
    sent.end(body);
    return promise;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
