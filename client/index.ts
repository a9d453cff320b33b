export {
  type Answer,
  ApiException,
  type CallOptions,
  type ClientOptions,
  type HeadersInput,
  NetworkError,
} from 'openapi-strict-fetch';
export type { components, operations, paths } from '../generated/schema.ts';
export * from './api.ts';
export {
  type Job,
  JobFailedError,
  type JobInput,
  type WaitOptions,
  waitForJob,
} from './waitForJob.ts';
