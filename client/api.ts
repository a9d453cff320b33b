// Written by `npm run gen` from openapi.yaml. Changes made here are lost.

import { ApiException, type ApiClient, type ClientOptions, createApiClient } from 'openapi-strict-fetch';
import { operations as table } from '../generated/operations.ts';
import type { components, operations, paths } from '../generated/schema.ts';

/** The request is malformed, breaks the schema, or asks for what can't be done now. `message` has one line for each fault, with its place. (status 400) */
export class BadRequestException extends ApiException<
  components['responses']['BadRequestException']['content']['application/json']
> {
  static override readonly name = 'BadRequestException';
}

/** The app, environment, resource or job does not exist. (status 404) */
export class NotFoundException extends ApiException<
  components['responses']['NotFoundException']['content']['application/json']
> {
  static override readonly name = 'NotFoundException';
}

/** The caller exceeds a limit of the server. The AWS SDKs wait and try again. (status 429) */
export class LimitExceededException extends ApiException<
  components['responses']['LimitExceededException']['content']['application/json']
> {
  static override readonly name = 'LimitExceededException';
}

/** The server could not process the request now. The AWS SDKs try again. (status 504) */
export class InternalServiceException extends ApiException<
  components['responses']['InternalServiceException']['content']['application/json']
> {
  static override readonly name = 'InternalServiceException';
}

/** By the name on the wire. */
const exceptions = {
  BadRequestException,
  NotFoundException,
  TooManyRequestsException: LimitExceededException,
  GatewayTimeoutException: InternalServiceException,
};

export type Client = ApiClient<paths, operations, typeof table>;

export const createClient = (options: ClientOptions): Client =>
  createApiClient<paths, operations, typeof table>(table, exceptions, options);
