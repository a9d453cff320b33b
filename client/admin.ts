// Written by `npm run gen` from admin.yaml. Changes made here are lost.

import {
  ApiException,
  type ClientOptions as Options,
  createApiClient,
  type IsError,
  isErrorOf,
  type Method,
  type Operation,
} from 'openapi-strict-fetch';
import type { components, operations } from '../generated/admin/schema.js';
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
export type { components, operations, paths } from '../generated/admin/schema.js';

/** The request is malformed, breaks the schema, or asks for what can't be done now. `message` has one line for each fault, with its place. */
export class BadRequestException extends ApiException<components['responses']['BadRequestException']['content']['application/json']> {
  static override readonly name = 'BadRequestException';
}

/** The server could not process the request now. The AWS SDKs try again. */
export class InternalServiceException extends ApiException<components['responses']['InternalServiceException']['content']['application/json']> {
  static override readonly name = 'InternalServiceException';
}

/** The app, environment, resource or job does not exist. */
export class NotFoundException extends ApiException<components['responses']['NotFoundException']['content']['application/json']> {
  static override readonly name = 'NotFoundException';
}

export const ResetState: Operation<operations['ResetState']> = {
  method: 'POST',
  path: '/admin/state/reset',
  headers: { 'x-amzn-RequestId': String },
  errors: { '400': BadRequestException, '504': InternalServiceException },
};

export const ExportState: Operation<operations['ExportState'], { body: 'members' }> = {
  method: 'POST',
  path: '/admin/state/export',
  body: 'members',
  headers: { 'x-amzn-RequestId': String },
  errors: { '400': BadRequestException, '504': InternalServiceException },
};

export const ImportState: Operation<operations['ImportState'], { body: 'members' }> = {
  method: 'POST',
  path: '/admin/state/import',
  body: 'members',
  headers: { 'x-amzn-RequestId': String },
  errors: { '400': BadRequestException, '504': InternalServiceException },
};

export const HoldJobs: Operation<operations['HoldJobs']> = {
  method: 'POST',
  path: '/admin/jobs/hold',
  headers: { 'x-amzn-RequestId': String },
  errors: { '400': BadRequestException, '504': InternalServiceException },
};

export const ReleaseJobs: Operation<operations['ReleaseJobs']> = {
  method: 'POST',
  path: '/admin/jobs/release',
  headers: { 'x-amzn-RequestId': String },
  errors: { '400': BadRequestException, '504': InternalServiceException },
};

export const FailNextJob: Operation<operations['FailNextJob'], { body: 'members' }> = {
  method: 'POST',
  path: '/admin/jobs/fail',
  body: 'members',
  headers: { 'x-amzn-RequestId': String },
  errors: { '400': BadRequestException, '504': InternalServiceException },
};

export const PlanUpdate: Operation<operations['PlanUpdate'], { body: 'members' }> = {
  method: 'POST',
  path: '/admin/auth/plan',
  body: 'members',
  headers: { 'x-amzn-RequestId': String },
  errors: { '400': BadRequestException, '404': NotFoundException, '504': InternalServiceException },
};

export const ListFaults: Operation<operations['ListFaults']> = {
  method: 'GET',
  path: '/admin/faults',
  headers: { 'x-amzn-RequestId': String },
  errors: { '400': BadRequestException, '504': InternalServiceException },
};

export const AddFault: Operation<operations['AddFault'], { body: 'members' }> = {
  method: 'POST',
  path: '/admin/faults',
  body: 'members',
  headers: { 'x-amzn-RequestId': String },
  errors: { '400': BadRequestException, '504': InternalServiceException },
};

export const ClearFaults: Operation<operations['ClearFaults']> = {
  method: 'DELETE',
  path: '/admin/faults',
  headers: { 'x-amzn-RequestId': String },
  errors: { '400': BadRequestException, '504': InternalServiceException },
};

export const SetSeed: Operation<operations['SetSeed'], { body: 'members' }> = {
  method: 'POST',
  path: '/admin/seed',
  body: 'members',
  headers: { 'x-amzn-RequestId': String },
  errors: { '400': BadRequestException, '504': InternalServiceException },
};

export const AdvanceClock: Operation<operations['AdvanceClock'], { body: 'members' }> = {
  method: 'POST',
  path: '/admin/clock/advance',
  body: 'members',
  headers: { 'x-amzn-RequestId': String },
  errors: { '400': BadRequestException, '504': InternalServiceException },
};

export const ListRequests: Operation<operations['ListRequests']> = {
  method: 'GET',
  path: '/admin/requests',
  query: ['operation', 'limit'],
  headers: { 'x-amzn-RequestId': String },
  errors: { '400': BadRequestException, '504': InternalServiceException },
};

const table = {
  ResetState,
  ExportState,
  ImportState,
  HoldJobs,
  ReleaseJobs,
  FailNextJob,
  PlanUpdate,
  ListFaults,
  AddFault,
  ClearFaults,
  SetSeed,
  AdvanceClock,
  ListRequests,
};

/** The credentials of `security` go by the names of the document's security schemes. */
export type ClientOptions = Options<never>;

/** A method for each operation. */
export interface Client {
  /**
   * Empty the state
   *
   * Deletes all apps, environments, authentication resources and jobs; jobs that run are interrupted first. Lets go of
   * jobs that are held, takes back faults, and forgets the recorded requests. A demo is made again, and a seed
   * begins anew. What jobs made in Amazon
   * Cognito stays there.
   */
  readonly resetState: Method<typeof ResetState>;
  /**
   * Save the whole state
   *
   * Returns the whole state at one moment. The secrets of social providers are in it only where
   * there is a passphrase, and then encrypted with it (scrypt and AES-256-GCM); the passphrase is kept nowhere.
   * It is sent as it is read, an item in each line, and others are served meanwhile.
   */
  readonly exportState: Method<typeof ExportState>;
  /**
   * Replace the whole state
   *
   * Puts a saved state in the place of all that the server keeps, in one transaction: either all of it or, where anything
   * is wrong with it or the caller goes away before the end, nothing. Jobs that run are interrupted first; jobs of the saved state that had not ended run again.
   * A file with encrypted secrets needs its passphrase. A job that another instance has at work is not interrupted, and
   * the import is refused.
   */
  readonly importState: Method<typeof ImportState>;
  /**
   * Hold jobs
   *
   * Jobs that are started stay `RUNNING` until they are released. Those that run already go on to their end.
   */
  readonly holdJobs: Method<typeof HoldJobs>;
  /**
   * Release held jobs
   *
   * Runs what was held, in the order in which it was started.
   */
  readonly releaseJobs: Method<typeof ReleaseJobs>;
  /**
   * Make the next jobs fail
   *
   * The next jobs that are taken up, of one operation or of any, end as `FAILED` with this error and change nothing.
   */
  readonly failNextJob: Method<typeof FailNextJob>;
  /**
   * Preview an update
   *
   * Reads what is there and answers the changes that `UpdateBackendAuth` with this request would make outside: in Amazon
   * Cognito, member by member. Writes nothing. An empty list means that the update changes nothing outside; the local
   * provisioner never does.
   */
  readonly planUpdate: Method<typeof PlanUpdate>;
  /**
   * List the pending faults
   *
   * Faults that were used up are not listed.
   */
  readonly listFaults: Method<typeof ListFaults>;
  /**
   * Make the next calls of an operation fail or wait
   *
   * The next calls of the operation that are valid are answered with the error that the contract has for the status, or
   * wait before they are served, or both. Faults of one operation are met in the order in which they were added.
   */
  readonly addFault: Method<typeof AddFault>;
  /**
   * Remove all faults
   *
   * Calls that wait because of one are served at once.
   */
  readonly clearFaults: Method<typeof ClearFaults>;
  /**
   * Make ids and times reproducible
   *
   * From now on the ids of jobs and of what the local provisioner invents follow from the seed, and the clock stands still
   * until it is advanced. The ids of requests, and the time that signatures are held against, stay as they are. Refused on a
   * database that other instances share.
   */
  readonly setSeed: Method<typeof SetSeed>;
  /**
   * Advance the clock
   *
   * Advances a clock that a seed has stopped. Jobs that are due by then run.
   */
  readonly advanceClock: Method<typeof AdvanceClock>;
  /**
   * List the last requests
   *
   * The last requests to the API that were answered, the newest first; at most 1000 are kept. What is not named by the
   * contract and what is secret is in none of them.
   */
  readonly listRequests: Method<typeof ListRequests>;
}

/** Makes a client of the whole API. `createApiClient` of openapi-strict-fetch makes one of a few operations. */
export const createClient = (options: ClientOptions): Client =>
  createApiClient<typeof table, Client>(table, { protocol, ...options });

/** Whether an error is the answer of an operation, with this status where one is given. Narrows its body. */
export const isError: IsError<typeof table> = isErrorOf as IsError<typeof table>;
