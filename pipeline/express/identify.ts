import type { NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';
import type { RequestEnd } from './app.ts';
import { type State, state } from './state.ts';

class RequestState implements State {
  readonly id: string;
  readonly method: string;
  readonly #log: Logger;
  #child: Logger | undefined;
  pathParams = {};

  constructor(id: string, method: string, log: Logger) {
    this.id = id;
    this.method = method;
    this.#log = log;
  }

  /** Made when it is asked for: most requests log nothing of their own. */
  get log(): Logger {
    this.#child ??= this.#log.child({ requestId: this.id });
    return this.#child;
  }
}

/** Gives each request an id and, when it has ended, one line in the log. Bodies are never logged: they hold secrets. */
export function identify(newId: () => string, log: Logger, onRequestEnd: (end: RequestEnd) => void) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const id = newId();
    const start = performance.now();
    const { method, path } = request;
    response.locals = new RequestState(id, method, log);
    response.setHeader('x-amzn-RequestId', id);
    response.once('close', () => {
      const ms = Math.round((performance.now() - start) * 10) / 10;
      const aborted = response.writableFinished ? {} : { aborted: true };
      const operation = state(response).operationId;
      const { statusCode: status } = response;
      log.info({ requestId: id, method, path, operation, status, ms, ...aborted }, 'request');
      onRequestEnd({ requestId: id, method, path, operation, status, ms });
    });
    next();
  };
}
