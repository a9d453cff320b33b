import { createRequire } from 'node:module';
import type { Request, RequestHandler, Response } from 'express';
import type * as limiting from 'express-rate-limit';
import { HttpError } from './errors.ts';
import { type Exchange, exchangeOf } from './exchange.ts';

const require = createRequire(import.meta.url);
const WINDOW = 1000; // ms

/** Each function rejects with a 429 for a caller that has asked too often. */
export interface RateLimit {
  /** Comes before anything is computed of a request, or read of its body. */
  beforeBody(exchange: Exchange): Promise<void>;
  /** Comes once the sender is known. */
  afterBody(exchange: Exchange): Promise<void>;
  /** Counts a request that was refused in between. */
  refused(exchange: Exchange, thrown: unknown): Promise<void>;
}

/**
 * Refuses more than `limit` requests a second of one caller. Where requests are authenticated, a caller is an identity,
 * and an address once `limit` requests from it have been refused within a second: nothing is computed for the next
 * ones, whoever sent them. Elsewhere a caller is an address.
 */
export function rateLimit(limit: number, authenticated: boolean): RateLimit {
  // Loaded only where there is a limit.
  const { ipKeyGenerator, rateLimit: limiter, MemoryStore } = require('express-rate-limit') as typeof limiting;
  const addressOf = ({ socket }: Request): string => ipKeyGenerator(socket.remoteAddress ?? '');
  const tooMany = () =>
    new HttpError(
      429,
      `More than ${limit} requests in a second. Try again in a second.`,
      { limitType: 'RequestRate' },
      { 'Retry-After': '1' },
    );
  const limited = limiter({
    windowMs: WINDOW,
    limit,
    standardHeaders: false,
    legacyHeaders: false,
    keyGenerator: (request: Request, response: Response) => exchangeOf(response).identity?.id ?? addressOf(request),
    handler: (_request, _response, next) => next(tooMany()),
  });
  const ask = (exchange: Exchange): Promise<void> => run(limited, exchange);
  if (!authenticated) return { beforeBody: ask, afterBody: nothing, refused: nothing };

  const refusals = new MemoryStore();
  refusals.init({ windowMs: WINDOW } as Parameters<limiting.MemoryStore['init']>[0]);
  return {
    async beforeBody({ request }) {
      const refused = await refusals.get(addressOf(request));
      if ((refused?.totalHits ?? 0) >= limit) throw tooMany();
    },
    afterBody: ask,
    async refused(exchange, thrown) {
      if (exchange.identity !== undefined) return ask(exchange);
      // A refusal by the limit is no news.
      if (!(thrown instanceof HttpError && thrown.status === 429))
        await refusals.increment(addressOf(exchange.request));
    },
  };
}

const nothing = async (): Promise<void> => {};

function run(handler: RequestHandler, { request, response }: Exchange): Promise<void> {
  return new Promise((resolve, reject) => {
    void handler(request, response, (error?: unknown) => (error ? reject(error) : resolve()));
  });
}
