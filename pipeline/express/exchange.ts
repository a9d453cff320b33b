import type { Request, Response } from 'express';
import type { Operation } from '../document/operations.ts';
import type { Match } from './dispatch.ts';
import { type Log, withFields } from './log.ts';
import type { Served } from './served.ts';

/** The sender of a request, as the app's `authentication` found out. */
export interface Identity {
  readonly id: string;
}

/** A request and its answer, with what the steps of `handle` have found out so far. */
export class Exchange {
  readonly request: Request;
  readonly response: Response;
  readonly id: string;
  readonly #log: Log;
  #ownLog: Log | undefined;
  #gone: AbortController | undefined;

  /** Set once the operation is found. */
  served: Served | undefined;
  /** The route that matches the request's path. */
  match: Match | undefined;
  /** The path's parameters as they were sent. */
  rawPath: Readonly<Record<string, string>> = {};
  /** Completes the authentication once the body has been read. */
  authenticate: ((body: Buffer | undefined) => Identity) | undefined;
  identity: Identity | undefined;
  /** The answers of the security handlers, by scheme. */
  principal: Readonly<Record<string, unknown>> = {};
  /** The body as it was parsed. */
  body: unknown;
  /** Reads the long lists of the body. */
  items: ((pointer: string) => AsyncIterable<readonly unknown[]>) | undefined;
  /** Released when the answer has been sent: files of the body. */
  readonly cleanUps: (() => void)[] = [];

  constructor(request: Request, response: Response, id: string, log: Log) {
    this.request = request;
    this.response = response;
    this.id = id;
    this.#log = log;
  }

  get method(): string {
    return this.request.method;
  }

  /** The operations of the request's path, whatever its method. */
  get atPath(): readonly Operation[] {
    return this.match?.atPath ?? [];
  }

  /** Ends the request as one that took too long, unless it is refreshed. */
  deadline: NodeJS.Timeout | undefined;

  /** Gives the request its whole time again: it is still being sent. */
  keepAlive(): void {
    this.deadline?.refresh();
  }

  /** Adds the request's id to each line. Made on demand, since most requests log nothing. */
  get log(): Log {
    this.#ownLog ??= withFields(this.#log, { requestId: this.id });
    return this.#ownLog;
  }

  /** Aborts when the caller goes away before the answer is complete. Made on demand. */
  get signal(): AbortSignal {
    if (this.#gone === undefined) {
      this.#gone = new AbortController();
      if (this.response.destroyed && !this.response.writableFinished) this.leave();
    }
    return this.#gone.signal;
  }

  /** Tells those who listen to the signal that the caller has gone. */
  leave(): void {
    this.#gone?.abort(new Error('The caller has gone.'));
  }
}

export const exchangeOf = (response: Response): Exchange => response.locals.exchange as Exchange;
