import type { NextFunction, Request, Response } from 'express';
import { Exchange } from './exchange.ts';
import type { Log } from './log.ts';
import type { RequestEnd } from './options.ts';
import { tooLate } from './refuse.ts';

interface BeginOptions {
  readonly log: Log;
  readonly newId: () => string;
  readonly requestIdHeader: string;
  /** In ms. */
  readonly requestTimeout: number;
  readonly onRequestEnd: (end: RequestEnd) => void;
}

/**
 * Gives each request an id, a time by which its answer has to begin and, when it has ended, one line in the log. Bodies
 * are never logged: they may hold secrets.
 */
export function begin({ log, newId, requestIdHeader, requestTimeout, onRequestEnd }: BeginOptions) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const id = newId();
    const start = performance.now();
    const { method, path } = request;
    const exchange = new Exchange(request, response, id, log);
    response.locals = { exchange };
    response.setHeader(requestIdHeader, id);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    // Work that is done for a request beyond its time is not undone.
    exchange.deadline = setTimeout(() => {
      if (!response.headersSent) next(tooLate());
    }, requestTimeout);
    response.on('close', () => {
      clearTimeout(exchange.deadline);
      const isComplete = response.writableFinished;
      if (!isComplete) exchange.leave();
      for (const cleanUp of exchange.cleanUps) cleanUp();
      const ms = Math.round((performance.now() - start) * 10) / 10;
      const operation = exchange.served?.operation.id;
      const { statusCode: status } = response;
      const fields = { requestId: id, method, path, operation, status, ms };
      log.info(isComplete ? fields : { ...fields, aborted: true }, 'request');
      onRequestEnd(fields);
    });
    next();
  };
}
