import type { NextFunction, Request, Response } from 'express';
import { ipKeyGenerator, rateLimit as limiter } from 'express-rate-limit';
import { HttpError } from './errors.ts';
import { state } from './state.ts';

const WINDOW = 1000; // ms

/** Refuses more than `limit` requests a second of one caller: its access key once that is known, else its address. */
export function rateLimit(limit: number) {
  return limiter({
    windowMs: WINDOW,
    limit,
    standardHeaders: false,
    legacyHeaders: false,
    keyGenerator: (request: Request, response: Response) =>
      state(response).identity?.accessKeyId ?? ipKeyGenerator(request.socket.remoteAddress ?? ''),
    handler: (_request: Request, _response: Response, next: NextFunction) => {
      next(
        new HttpError(429, `More than ${limit} requests in a second. Try again in a second.`, {
          headers: { 'Retry-After': '1' },
          members: { limitType: 'RequestRate' },
        }),
      );
    },
  });
}
