import { randomUUID } from 'node:crypto';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { begin } from './begin.ts';
import { Dispatcher } from './dispatch.ts';
import { exchangeOf } from './exchange.ts';
import { handle } from './handle.ts';
import { stderrLog } from './log.ts';
import { metricsPage } from './metrics.ts';
import type { AppOptions } from './options.ts';
import { pages } from './pages.ts';
import { problemProtocol } from './protocol/problem.ts';
import type { Protocol } from './protocol/protocol.ts';
import { refuse } from './refuse.ts';
import { staticPages } from './staticPages.ts';
import { Checks } from './validate/checks.ts';
import { warm } from './warm.ts';

const REQUEST_TIMEOUT = 29_000; // ms

/**
 * An Express app that serves a document: each request is validated and handed to its handler, and its answer validated.
 * It is a request listener, for `createServer` of node:http and for `use` of another Express app.
 */
export function createApp<Services>(options: AppOptions<Services>): Express {
  const { document, log = stderrLog, newId = randomUUID } = options;
  const report = (sentence: string): void => log.warn({}, sentence);
  const checks = new Checks(document, report);
  const dispatcher = new Dispatcher(document);
  const protocol: Protocol = options.protocol ?? { refuse: () => undefined };
  const { requestIdHeader = 'X-Request-Id' } = protocol;
  const documented = problemProtocol(document, checks, report);
  if (options.warm) void warm(document, checks);

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('strict routing');
  app.enable('case sensitive routing');

  const { requestTimeout = REQUEST_TIMEOUT, onRequestEnd = () => {} } = options;
  app.use(begin({ log, newId, requestIdHeader, requestTimeout, onRequestEnd }));
  if (options.metrics !== undefined) app.get('/metrics', metricsPage(options.metrics.source, options.metrics.token));
  if (options.pages !== undefined) {
    const isOperation = (path: string) => dispatcher.find('GET', path) !== undefined;
    app.use(options.pages.at ?? '/', pages(document, options.pages, isOperation));
  }
  if (options.staticPages !== undefined) app.use(options.staticPages.at, staticPages(options.staticPages));
  app.use(handle(options, dispatcher, checks, protocol, report));
  // Express knows an error handler by its four parameters.
  app.use((thrown: unknown, _request: Request, response: Response, _next: NextFunction) => {
    refuse(exchangeOf(response), protocol, documented, thrown);
  });
  return app;
}
