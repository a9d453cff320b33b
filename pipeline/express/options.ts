import type { Document } from '../document/types.ts';
import type { Authentication } from './authentication.ts';
import type { LongBodies } from './body/longBody.ts';
import type { UploadOptions } from './body/multipart.ts';
import type { AnyHandler } from './handler.ts';
import type { Log } from './log.ts';
import type { MetricsSource } from './metrics.ts';
import type { BrowserAccess } from './otherSites.ts';
import type { PagesOptions } from './pages.ts';
import type { Protocol } from './protocol/protocol.ts';
import type { SecurityHandlers } from './security.ts';
import type { StaticPages } from './staticPages.ts';

/** The parts of an app. Only the document and its handlers have to be given. */
export type AppOptions<Services> = CommonOptions<Services> &
  (object extends Services ? { readonly services?: Services | undefined } : { readonly services: Services });

interface CommonOptions<Services> {
  /** The bundled OpenAPI document, `generated/openapi.json`. */
  readonly document: Document;
  /** One function for each operation, by its id. An operation without one answers 501. */
  readonly handlers: Readonly<Record<string, AnyHandler<Services>>>;
  /** One function for each security scheme, by its name. A scheme without one refuses everybody. */
  readonly security?: SecurityHandlers;
  /** The form of errors, and the other choices that a document leaves open. @default the document's own forms, else RFC 9457 */
  readonly protocol?: Protocol;
  /** @default warnings and errors on standard error, as JSON lines */
  readonly log?: Log;
  /** Makes the id of a request. @default a random UUID */
  readonly newId?: () => string;
  /** The largest body, in bytes after decompression. Files of multipart bodies have limits of their own. @default 1 MiB */
  readonly bodyLimit?: number;
  /**
   * Lists of JSON bodies that may be long, by operation: `{ ImportState: ['/state/jobs'] }`. They are checked a few items at a
   * time, while others are served, and are empty in the handler's input: it has them by `request.items('/state/jobs')`.
   * `createApp` throws where there is no such operation or list, or its schema is about the list as a whole (`uniqueItems`).
   */
  readonly longBodies?: LongBodies;
  readonly uploads?: UploadOptions;
  /** The time until an answer has to begin, in ms; it starts anew with each part of an upload. @default 29 s */
  readonly requestTimeout?: number;
  /** Identifies the sender of each request before and after its body is read, beside the document's security. */
  readonly authentication?: Authentication;
  /** The most requests a second of one caller. @default unlimited */
  readonly rateLimit?: number;
  /** Whether an answer that breaks the document is logged and sent, or becomes a 500. @default log */
  readonly onInvalidResponse?: 'log' | 'throw';
  /** Compiles the validators while no request is served. @default false: at each operation's first request */
  readonly warm?: boolean;
  /** The document, its reference page and the server's health. @default none */
  readonly pages?: PagesOptions;
  /** Pages that were built beforehand, such as a console. */
  readonly staticPages?: StaticPages;
  /** Called when a request has ended. */
  readonly onRequestEnd?: (end: RequestEnd) => void;
  /** Serves /metrics to this machine, and to others that send the token. */
  readonly metrics?: { readonly source: MetricsSource; readonly token: string | undefined };
  /** Sends CORS headers, so that pages of any origin may read what the operations answer. @default true */
  readonly cors?: boolean;
  /** The browsers' requests that are served. @default those of any page */
  readonly browsers?: BrowserAccess;
}

/** A request that has ended. */
export interface RequestEnd {
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
  /** The operation's id, or undefined where none was found. */
  readonly operation: string | undefined;
  readonly status: number;
  readonly ms: number;
}
