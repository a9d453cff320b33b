import type { ErrorRequestHandler, NextFunction, Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit as limiter, MemoryStore } from 'express-rate-limit';
import { HttpError } from './errors.ts';
import { state } from './state.ts';

const WINDOW = 1000; // ms

export interface RateLimit {
  /** Comes before anything is computed of a request, or read of its body. */
  readonly byAddress: RequestHandler;
  /** Comes once it is known who a request is from. */
  readonly byCaller: readonly (RequestHandler | ErrorRequestHandler)[];
}

/**
 * Refuses more than `limit` requests a second of one caller. Where requests are signed a caller is an access key, and an
 * address once `limit` requests from it have been refused within a second: no signature is computed for the next ones,
 * whoever sent them. Where they are not, a caller is an address.
 */
export function rateLimit(limit: number, signed: boolean): RateLimit {
  const tooMany = (_request: Request, _response: Response, next: NextFunction): void => {
    next(
      new HttpError(429, `More than ${limit} requests in a second. Try again in a second.`, {
        headers: { 'Retry-After': '1' },
        members: { limitType: 'RequestRate' },
      }),
    );
  };
  const limited = limiter({
    windowMs: WINDOW,
    limit,
    standardHeaders: false,
    legacyHeaders: false,
    keyGenerator: (request: Request, response: Response) => state(response).identity?.accessKeyId ?? addressOf(request),
    handler: tooMany,
  });
  if (!signed) return { byAddress: limited, byCaller: [] };

  const refusals = new MemoryStore();
  refusals.init({ windowMs: WINDOW } as Parameters<MemoryStore['init']>[0]);
  return {
    async byAddress(request, response, next) {
      const refused = await refusals.get(addressOf(request));
      if ((refused?.totalHits ?? 0) < limit) next();
      else tooMany(request, response, next);
    },
    byCaller: [
      // What was thrown before the limit was asked counts too.
      async (thrown: unknown, request: Request, response: Response, next: NextFunction) => {
        const { identity, operationId } = state(response);
        if (identity !== undefined) return limited(request, response, (refusal) => next(refusal ?? thrown));
        // Without an operation nothing was computed, and what is refused by the limit is no news.
        const counts = operationId !== undefined && !(thrown instanceof HttpError && thrown.status === 429);
        if (counts) await refusals.increment(addressOf(request));
        next(thrown);
      },
      limited,
    ],
  };
}

const addressOf = ({ socket }: Request): string => ipKeyGenerator(socket.remoteAddress ?? '');
