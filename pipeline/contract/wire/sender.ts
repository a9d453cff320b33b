import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { CouldNotRun } from '../couldNotRun.ts';
import { type Signing, signatureOf } from './sigv4.ts';

export interface Request {
  readonly method: string;
  /** Below the base URL, encoded, with its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body, where it is JSON. */
  readonly json: unknown;
  readonly request: Request;
  /** A line for a shell that sends the request again. */
  readonly curl: string;
}

export interface SenderOptions {
  /** Of the implementation, with the base path that it has. */
  readonly url: string;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly signing?: Signing;
  /** How long to wait for an answer, in ms; 10,000 unless told. */
  readonly timeout?: number;
}

const TIMEOUT = 10_000; // ms

/** A request that got no answer, though the implementation is there: a violation, unlike one that is not there at all. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly curl: string;

  constructor(message: string, curl: string) {
    super(message);
    this.curl = curl;
  }
}

/** Sends exactly what it is told to: no header of its own but Host, Content-Length and what it is to sign with. */
export class Sender {
  readonly #base: URL;
  readonly #options: SenderOptions;
  readonly #agent: Agent;
  #answered = false;

  constructor(options: SenderOptions) {
    this.#options = options;
    this.#base = new URL(options.url.replace(/\/+$/, ''));
    this.#agent = new (this.#base.protocol === 'https:' ? HttpsAgent : Agent)({ keepAlive: true });
  }

  /** Whether each request gets more than it is given here. */
  get addsHeaders(): boolean {
    return this.#options.signing !== undefined || Object.keys(this.#options.headers ?? {}).length > 0;
  }

  get url(): string {
    return this.#options.url.replace(/\/+$/, '');
  }

  async send(request: Request): Promise<Answer> {
    const url = new URL(this.url + request.path);
    const given = { ...request.headers, ...this.#options.headers };
    const signed =
      this.#options.signing === undefined
        ? {}
        : signatureOf({ ...request, url, headers: given }, this.#options.signing, new Date());
    const headers = { ...given, ...signed };
    const curl = curlLine(url, { ...request, headers: given });
    try {
      const answer = await this.#exchange(url, { ...request, headers });
      this.#answered = true;
      return { ...answer, request, curl };
    } catch (error) {
      const { message, code } = error as NodeJS.ErrnoException;
      if (this.#answered && code !== 'ECONNREFUSED') throw new NoAnswer(message || String(code), curl);
      const when = this.#answered ? `stopped answering at ${request.method} ${request.path}` : 'does not answer';
      throw new CouldNotRun(`${this.url} ${when}: ${message || code}.`);
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  #exchange(url: URL, { method, headers, body }: Request): Promise<Omit<Answer, 'request' | 'curl'>> {
    const { promise, resolve, reject } = Promise.withResolvers<Omit<Answer, 'request' | 'curl'>>();
    const length =
      body === undefined
        ? method === 'GET'
          ? {}
          : { 'content-length': '0' }
        : { 'content-length': String(Buffer.byteLength(body)) };
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const sent = send(url, { method, headers: { ...headers, ...length }, agent: this.#agent }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: parsed(text) }),
      );
    });
    const timeout = this.#options.timeout ?? TIMEOUT;
    sent.setTimeout(timeout, () => sent.destroy(new Error(`no answer within ${timeout / 1000} s`)));
    sent.on('error', reject);
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

function curlLine(url: URL, { method, headers, body }: Request): string {
  const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const parts = ['curl -sS -i', `-X ${method}`, quote(url.href)];
  // curl gives a body a Content-Type of its own unless it is told not to.
  if (body !== undefined && headers['content-type'] === undefined) parts.push("-H 'content-type:'");
  for (const [name, value] of Object.entries(headers)) {
    const shown = /authorization|token|secret|key/i.test(name) ? '***' : value;
    parts.push(`-H ${quote(`${name}: ${shown}`)}`);
  }
  if (body !== undefined) parts.push(`--data-raw ${quote(body)}`);
  return parts.join(' ');
}
