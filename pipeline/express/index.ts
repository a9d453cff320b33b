/** `openapi-strict-express`: an Express server for any OpenAPI document. */
export { Answer, type AnswerOptions, answer, ServerSentEvent } from './answer.ts';
export type { Authentication, RequestHead } from './authentication.ts';
export type { UploadOptions } from './body/multipart.ts';
export { UploadedFile } from './body/uploadedFile.ts';
export { createApp } from './createApp.ts';
export { HttpError, NotImplemented, type Violation } from './errors.ts';
export type { Identity } from './exchange.ts';
export type { AnyHandler, RequestContext } from './handler.ts';
export type { Log } from './log.ts';
export { mockHandlers } from './mock/mockHandlers.ts';
export type { AppOptions, RequestEnd } from './options.ts';
export type { BrowserAccess } from './otherSites.ts';
export type { PagesOptions } from './pages.ts';
export type { Protocol, Refusal, RefusalAnswer } from './protocol/protocol.ts';
export type { BasicCredential, SecurityHandler, SecurityHandlers, SecurityRequest } from './security.ts';
export type { StaticPages } from './staticPages.ts';
export { isLoopbackHost } from './thisMachine.ts';
export type { BodyKind, HandlerOf, InputOf, OutputOf } from './types.ts';
