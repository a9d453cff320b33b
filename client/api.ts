// Written by `npm run gen` from openapi.yaml. Changes made here are lost.

import {
  ApiException,
  byToken,
  type ClientOptions as Options,
  createApiClient,
  type IsError,
  isErrorOf,
  type Method,
  type Operation,
} from 'openapi-strict-fetch';
import type { components, operations } from '../generated/schema.js';
import { protocol } from './protocol.ts';

export {
  type Answer,
  ApiException,
  type Attempt,
  type CallOptions,
  type Credential,
  type HeadersInput,
  NetworkError,
  type RetryOptions,
  type ServerSentEvent,
  TimeoutError,
  UnreadableError,
  type Upload,
} from 'openapi-strict-fetch';
export type { components, operations, paths } from '../generated/schema.js';

/** The request is malformed, breaks the schema, or asks for what can't be done now. `message` has one line for each fault, with its place. */
export class BadRequestException extends ApiException<components['responses']['BadRequestException']['content']['application/json']> {
  static override readonly name = 'BadRequestException';
}

/** The app, environment, resource or job does not exist. */
export class NotFoundException extends ApiException<components['responses']['NotFoundException']['content']['application/json']> {
  static override readonly name = 'NotFoundException';
}

/** The caller exceeds a limit of the server. The AWS SDKs wait and try again. */
export class LimitExceededException extends ApiException<components['responses']['LimitExceededException']['content']['application/json']> {
  static override readonly name = 'LimitExceededException';
}

/** The server could not process the request now. The AWS SDKs try again. */
export class InternalServiceException extends ApiException<components['responses']['InternalServiceException']['content']['application/json']> {
  static override readonly name = 'InternalServiceException';
}

export const CreateBackend: Operation<operations['CreateBackend'], { body: 'members' }> = {
  method: 'POST',
  path: '/backend',
  body: 'members',
  headers: { 'x-amzn-RequestId': String },
  errors: { '400': BadRequestException, '404': NotFoundException, '429': LimitExceededException, '504': InternalServiceException },
};

export const GetBackend: Operation<operations['GetBackend'], { body: 'members' }> = {
  method: 'POST',
  path: '/backend/{appId}/details',
  body: 'members',
  headers: { 'x-amzn-RequestId': String },
  errors: { '400': BadRequestException, '404': NotFoundException, '429': LimitExceededException, '504': InternalServiceException },
};

export const CloneBackend: Operation<operations['CloneBackend'], { body: 'members' }> = {
  method: 'POST',
  path: '/backend/{appId}/environments/{backendEnvironmentName}/clone',
  body: 'members',
  headers: { 'x-amzn-RequestId': String },
  errors: { '400': BadRequestException, '404': NotFoundException, '429': LimitExceededException, '504': InternalServiceException },
};

export const DeleteBackend: Operation<operations['DeleteBackend']> = {
  method: 'POST',
  path: '/backend/{appId}/environments/{backendEnvironmentName}/remove',
  headers: { 'x-amzn-RequestId': String },
  errors: { '400': BadRequestException, '404': NotFoundException, '429': LimitExceededException, '504': InternalServiceException },
};

export const RemoveAllBackends: Operation<operations['RemoveAllBackends'], { body: 'members' }> = {
  method: 'POST',
  path: '/backend/{appId}/remove',
  body: 'members',
  headers: { 'x-amzn-RequestId': String },
  errors: { '400': BadRequestException, '404': NotFoundException, '429': LimitExceededException, '504': InternalServiceException },
};

export const CreateBackendAuth: Operation<operations['CreateBackendAuth'], { body: 'members' }> = {
  method: 'POST',
  path: '/backend/{appId}/auth',
  body: 'members',
  headers: { 'x-amzn-RequestId': String },
  errors: { '400': BadRequestException, '404': NotFoundException, '429': LimitExceededException, '504': InternalServiceException },
};

export const UpdateBackendAuth: Operation<operations['UpdateBackendAuth'], { body: 'members' }> = {
  method: 'POST',
  path: '/backend/{appId}/auth/{backendEnvironmentName}',
  body: 'members',
  headers: { 'x-amzn-RequestId': String },
  errors: { '400': BadRequestException, '404': NotFoundException, '429': LimitExceededException, '504': InternalServiceException },
};

export const GetBackendAuth: Operation<operations['GetBackendAuth'], { body: 'members' }> = {
  method: 'POST',
  path: '/backend/{appId}/auth/{backendEnvironmentName}/details',
  body: 'members',
  headers: { 'x-amzn-RequestId': String },
  errors: { '400': BadRequestException, '404': NotFoundException, '429': LimitExceededException, '504': InternalServiceException },
};

export const ImportBackendAuth: Operation<operations['ImportBackendAuth'], { body: 'members' }> = {
  method: 'POST',
  path: '/backend/{appId}/auth/{backendEnvironmentName}/import',
  body: 'members',
  headers: { 'x-amzn-RequestId': String },
  errors: { '400': BadRequestException, '404': NotFoundException, '429': LimitExceededException, '504': InternalServiceException },
};

export const DeleteBackendAuth: Operation<operations['DeleteBackendAuth'], { body: 'members' }> = {
  method: 'POST',
  path: '/backend/{appId}/auth/{backendEnvironmentName}/remove',
  body: 'members',
  headers: { 'x-amzn-RequestId': String },
  errors: { '400': BadRequestException, '404': NotFoundException, '429': LimitExceededException, '504': InternalServiceException },
};

export const ListBackendJobs: Operation<operations['ListBackendJobs'], { body: 'members'; items: 'jobs' }> = {
  method: 'POST',
  path: '/backend/{appId}/job/{backendEnvironmentName}',
  body: 'members',
  headers: { 'x-amzn-RequestId': String },
  errors: { '400': BadRequestException, '404': NotFoundException, '429': LimitExceededException, '504': InternalServiceException },
  pages: /* @__PURE__ */ byToken('jobs', 'nextToken', 'nextToken'),
};

export const GetBackendJob: Operation<operations['GetBackendJob']> = {
  method: 'GET',
  path: '/backend/{appId}/job/{backendEnvironmentName}/{jobId}',
  headers: { 'x-amzn-RequestId': String },
  errors: { '400': BadRequestException, '404': NotFoundException, '429': LimitExceededException, '504': InternalServiceException },
};

export const UpdateBackendJob: Operation<operations['UpdateBackendJob'], { body: 'members' }> = {
  method: 'POST',
  path: '/backend/{appId}/job/{backendEnvironmentName}/{jobId}',
  body: 'members',
  headers: { 'x-amzn-RequestId': String },
  errors: { '400': BadRequestException, '404': NotFoundException, '429': LimitExceededException, '504': InternalServiceException },
};

const table = {
  CreateBackend,
  GetBackend,
  CloneBackend,
  DeleteBackend,
  RemoveAllBackends,
  CreateBackendAuth,
  UpdateBackendAuth,
  GetBackendAuth,
  ImportBackendAuth,
  DeleteBackendAuth,
  ListBackendJobs,
  GetBackendJob,
  UpdateBackendJob,
};

/** The credentials of `security` go by the names of the document's security schemes. */
export type ClientOptions = Options<never>;

/** A method for each operation. */
export interface Client {
  /**
   * Create a backend environment
   *
   * Starts a job that creates the environment, and the app itself if no environment of it exists yet.
   * An environment that exists already is refused with a 400.
   */
  readonly createBackend: Method<typeof CreateBackend>;
  /**
   * Read a backend
   *
   * Returns the app, the names of its environments and, for a named environment, the resources that were made for it.
   */
  readonly getBackend: Method<typeof GetBackend>;
  /**
   * Copy an environment
   *
   * Starts a job that creates an environment with the same authentication as the one in the path: the same configuration,
   * with resources of its own. Both take no other job until it has ended.
   */
  readonly cloneBackend: Method<typeof CloneBackend>;
  /**
   * Delete an environment
   *
   * Starts a job that removes the environment with its authentication. Its jobs can still be read.
   */
  readonly deleteBackend: Method<typeof DeleteBackend>;
  /**
   * Delete all environments of an app
   *
   * Starts a job that removes every environment, and the app too if asked. The job is found under each environment that it
   * removes.
   */
  readonly removeAllBackends: Method<typeof RemoveAllBackends>;
  /**
   * Create the authentication of an environment
   *
   * Starts a job that creates the authentication resource as configured. An environment has at most one; a second one is
   * refused with a 400. Settings that are left out get the service's defaults.
   */
  readonly createBackendAuth: Method<typeof CreateBackendAuth>;
  /**
   * Update the authentication of an environment
   *
   * Starts a job that applies the change. A member of `userPoolConfigs` or `identityPoolConfigs` replaces the stored one
   * as a whole; a member that is left out stays. `oAuth: {}` removes OAuth.
   */
  readonly updateBackendAuth: Method<typeof UpdateBackendAuth>;
  /**
   * Read the authentication of an environment
   *
   * Returns the configuration that the last completed job applied, without the secrets of social providers.
   */
  readonly getBackendAuth: Method<typeof GetBackendAuth>;
  /**
   * Take over an existing user pool
   *
   * Starts a job that reads the user pool, its two app clients and, if given, the identity pool, checks that they can be
   * managed from here, and makes them the authentication resource of an environment that has none. The resource gets a name
   * of its own, which `GetBackend` reports in `amplifyMetaConfig`. Imported resources are never deleted.
   */
  readonly importBackendAuth: Method<typeof ImportBackendAuth>;
  /**
   * Delete the authentication of an environment
   *
   * Starts a job that removes the authentication resource. Imported resources stay as they are; the server only forgets them.
   */
  readonly deleteBackendAuth: Method<typeof DeleteBackendAuth>;
  /**
   * List the jobs of an environment
   *
   * Returns the jobs page by page, the newest first. Jobs stay listed after their environment is deleted.
   */
  readonly listBackendJobs: Method<typeof ListBackendJobs>;
  /**
   * Read a job
   *
   * Returns the state of the job. Poll until `status` is `COMPLETED` or `FAILED`.
   */
  readonly getBackendJob: Method<typeof GetBackendJob>;
  /**
   * End a job
   *
   * Sets a running job to `FAILED` or `COMPLETED`, for a job that is stuck. The job is stopped; its environment takes
   * another one then. What it has changed outside is put back, and the stored configuration stays as it was; `error` tells
   * what could not be put back. Without a `status` nothing changes, and a job that has ended keeps its state.
   */
  readonly updateBackendJob: Method<typeof UpdateBackendJob>;
}

/** Makes a client of the whole API. `createApiClient` of openapi-strict-fetch makes one of a few operations. */
export const createClient = (options: ClientOptions): Client =>
  createApiClient<typeof table, Client>(table, { protocol, ...options });

/** Whether an error is the answer of an operation, with this status where one is given. Narrows its body. */
export const isError: IsError<typeof table> = isErrorOf as IsError<typeof table>;
