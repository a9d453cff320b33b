import type { IncomingHttpHeaders } from 'node:http';

export interface Request {
  readonly method: string;
  /** Below the base URL, encoded, with its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | undefined;
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
