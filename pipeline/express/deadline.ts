import type { NextFunction, Request, Response } from 'express';
import { HttpError } from './errors.ts';

/** Answers a request that takes longer than `limit` ms as one that timed out. What is still done for it is not undone. */
export function deadline(limit: number) {
  return (_request: Request, response: Response, next: NextFunction): void => {
    const timer = setTimeout(() => {
      if (!response.headersSent) next(new HttpError(504, 'The request took too long. Try again later.'));
    }, limit);
    response.once('close', () => clearTimeout(timer));
    next();
  };
}
