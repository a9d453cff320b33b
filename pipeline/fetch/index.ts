export { blob, byType, flag, listOf, text } from './answers.ts';
export { createApiClient } from './core.ts';
export {
  type Answer,
  ApiException,
  type ExceptionClass,
  isErrorOf,
  NetworkError,
  TimeoutError,
  UnreadableError,
} from './errors.ts';
export { createRawClient, type RawClient } from './openapiFetch.ts';
export type { OperationDetails } from './operation.ts';
export type {
  Attempt,
  CallOptions,
  ClientOptions,
  Credential,
  CredentialsByScheme,
  HeadersInput,
  RetryOptions,
  SharedOptions,
} from './options.ts';
export { byCursor, byLink, byOffset, byPage, byToken } from './pages.ts';
export type { ClientProtocol } from './protocol.ts';
export { basic, http, keyInCookie, keyInHeader, keyInQuery, secured } from './security.ts';
export type {
  ApiClient,
  Input,
  IsError,
  Method,
  Operation,
  Output,
  Result,
  ServerSentEvent,
  Shape,
  Upload,
} from './signature.ts';
export { eventsOf, jsonEvents, jsonLines, linesOf, textEvents } from './streams.ts';
export { cookieStyle, headerStyle, pathStyle, queryString, queryStyle } from './styles.ts';
export { form, lines, linesWith, multipart, whole } from './uploads.ts';
export * as values from './values.ts';
export { inType, json } from './written.ts';
