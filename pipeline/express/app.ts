import express, { type Express } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { answerErrors } from './answerErrors.ts';
import { type Authentication, authenticate } from './authenticate.ts';
import { readBody } from './body.ts';
import { crossOrigin } from './crossOrigin.ts';
import { deadline } from './deadline.ts';
import type { OpenApiDocument } from './document.ts';
import { handle } from './handle.ts';
import type { AnyHandler, OperationTable } from './handler.ts';
import { identify } from './identify.ts';
import { type MetricsSource, metricsPage } from './metrics.ts';
import { type BrowserAccess, refuseOtherSites } from './otherSites.ts';
import { pages } from './pages.ts';
import { rateLimit } from './rateLimit.ts';
import { route } from './route.ts';
import { type StaticPages, staticPages } from './staticPages.ts';
import { validate } from './validate.ts';

export interface AppOptions<Services> {
  /** The bundled OpenAPI document. */
  readonly document: OpenApiDocument;
  /** The table of operations that `npm run gen` made of it. */
  readonly operations: OperationTable;
  /** One function for each operation. */
  readonly handlers: Readonly<Record<string, AnyHandler<Services>>>;
  /** What the handlers get as their second argument. */
  readonly services: Services;
  readonly log: Logger;
  /** Makes the id of a request. */
  readonly newId: () => string;
  /** The largest body taken, in bytes; 1 MiB unless told. */
  readonly bodyLimit?: number;
  /** How long a request may take, in ms; 29,000 unless told, as API Gateway allows it. */
  readonly requestTimeout?: number;
  /** Makes sure who each request to an operation is from; anyone may unless told. */
  readonly authentication?: Authentication;
  /** The most requests a second of one caller; any number unless told. */
  readonly rateLimit?: number;
  /** What to do with an answer that breaks the contract: `log` it and send it (default), or `throw` it away as a 5xx. */
  readonly onInvalidResponse?: 'log' | 'throw';
  /** Whether to make the validators while nothing is asked, instead of at each operation's first request (default). */
  readonly warm?: boolean;
  /** The file of the reference page. */
  readonly docs?: URL;
  /** Pages that are served beside it, such as a console; none unless told. */
  readonly staticPages?: StaticPages;
  /** Told of each request that has ended. */
  readonly onRequestEnd?: (end: RequestEnd) => void;
  /** What /metrics answers, and the token that lets other machines read it; without it /metrics is 404. */
  readonly metrics?: { readonly source: MetricsSource; readonly token: string | undefined };
  /** What /readyz answers; always ready unless told. */
  readonly ready?: () => Promise<boolean> | boolean;
  /** Where the document, its page and the health of the server are found, such as `/admin`; at the root unless told. */
  readonly pagesAt?: string;
  /** Sends CORS headers, so that pages of any origin may read what the operations answer. @default true */
  readonly cors?: boolean;
  /** The browsers' requests that are served. @default those of any page */
  readonly browsers?: BrowserAccess;
}

/** What is known of a request once it has been answered. */
export interface RequestEnd {
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
  /** The operation's id, or undefined where none was found. */
  readonly operation: string | undefined;
  readonly status: number;
  readonly ms: number;
}

const DEFAULT_BODY_LIMIT = 1024 * 1024;
const DEFAULT_REQUEST_TIMEOUT = 29_000; // ms

/** An Express app that serves a document: each request is validated, handed to its handler and its answer validated. */
export function createApp<Services>(options: AppOptions<Services>): Express {
  const { document, operations, log } = options;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('strict routing');
  app.enable('case sensitive routing');

  app.use(identify(options.newId, log, options.onRequestEnd ?? (() => {})));
  app.use(deadline(options.requestTimeout ?? DEFAULT_REQUEST_TIMEOUT));
  app.use(helmet.xContentTypeOptions());
  if (options.metrics !== undefined) app.get('/metrics', metricsPage(options.metrics.source, options.metrics.token));
  app.use(options.pagesAt ?? '/', pages({ document, docs: options.docs, ready: options.ready ?? (() => true) }));
  if (options.staticPages !== undefined) app.use(options.staticPages.at, staticPages(options.staticPages));
  if (options.cors ?? true) app.use(crossOrigin());
  if (options.browsers !== undefined) app.use(refuseOtherSites(options.browsers));
  app.use(route(document, operations));
  const { rateLimit: limit, authentication } = options;
  const limits = limit === undefined ? undefined : rateLimit(limit, authentication !== undefined);
  if (limits !== undefined) app.use(limits.byAddress);
  if (authentication !== undefined) app.use(authenticate(authentication));
  app.use(readBody(document, operations, options.bodyLimit ?? DEFAULT_BODY_LIMIT));
  for (const limit of limits?.byCaller ?? []) app.use(limit);
  app.use(validate(document, operations, options.onInvalidResponse ?? 'log', options.warm ?? false));
  app.use(handle(options));
  app.use(answerErrors(document, operations));
  return app;
}
