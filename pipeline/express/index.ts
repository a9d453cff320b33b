/** What the package gives as `openapi-strict-express`: a server for any document. */
export { type AppOptions, createApp } from './createApp.ts';
export type { OpenApiDocument } from './document.ts';
export { HttpError, NotImplemented } from './errors.ts';
export type {
  AnyHandler,
  BodyKind,
  HandlerOf,
  InputOf,
  OperationEntry,
  OperationTable,
  OutputOf,
  RequestContext,
} from './handler.ts';
