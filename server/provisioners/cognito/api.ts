import { CognitoIdentityClient } from '@aws-sdk/client-cognito-identity';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { ConfiguredRetryStrategy } from '@smithy/core/retry';

export interface CognitoOptions {
  readonly region: string;
  /** Where an emulator of Cognito user pools listens; AWS itself unless told. */
  readonly endpoint: string | undefined;
  /** The same for identity pools; `endpoint` unless told. */
  readonly identityEndpoint: string | undefined;
  readonly roles: Roles;
}

/** IAM roles that must exist already: this server has no rights to make any. */
export interface Roles {
  /** Lets Cognito send text messages. */
  readonly sms: string | undefined;
  /** What signed-in users and guests of an identity pool may do. */
  readonly authenticated: string | undefined;
  readonly unauthenticated: string | undefined;
}

/** Calls Cognito on behalf of one job. */
export interface Cognito {
  readonly region: string;
  readonly roles: Roles;
  /** Sends a command and names, in the error of one that fails, the call and the resource it was about. */
  userPools<Output extends object>(about: string, command: UserPoolCommand<Output>): Promise<Output>;
  identityPools<Output extends object>(about: string, command: IdentityPoolCommand<Output>): Promise<Output>;
}

type UserPoolCommand<Output extends object> = Sendable<CognitoIdentityProviderClient, Output>;
type IdentityPoolCommand<Output extends object> = Sendable<CognitoIdentityClient, Output>;

// A command of the SDK, as far as `send` of its client is concerned.
interface Sendable<Client, Output extends object> {
  resolveMiddleware(...stack: never[]): (input: never) => Promise<{ output: Output }>;
  readonly __client?: Client;
}

const MAX_ATTEMPTS = 8;
const MAX_DELAY = 20_000; // ms
const CONNECTION_TIMEOUT = 5_000; // ms
const REQUEST_TIMEOUT = 30_000; // ms

/** Why a call of Cognito failed: which call, about what, and Cognito's own words. */
export class CognitoError extends Error {
  override readonly name = 'CognitoError';
  /** Cognito's name of the error, such as `ResourceNotFoundException`. */
  readonly code: string;

  constructor(call: string, about: string, cause: Error) {
    super(`${call} of ${about} failed: ${cause.name}: ${cause.message}`, { cause });
    this.code = cause.name;
  }
}

/** Makes the SDK's clients once; what is answered binds them to the signal of a job. */
export function connect(options: CognitoOptions): (signal: AbortSignal) => Cognito {
  const { region, endpoint, identityEndpoint = endpoint, roles } = options;
  const common = {
    region,
    retryStrategy: new Retries(MAX_ATTEMPTS, backOff),
    requestHandler: { connectionTimeout: CONNECTION_TIMEOUT, requestTimeout: REQUEST_TIMEOUT },
  };
  const userPools = new CognitoIdentityProviderClient({ ...common, ...(endpoint !== undefined && { endpoint }) });
  const identityPools = new CognitoIdentityClient({
    ...common,
    ...(identityEndpoint !== undefined && { endpoint: identityEndpoint }),
  });
  return (signal) => ({
    region,
    roles,
    userPools: (about, command) => send(userPools, about, command, signal),
    identityPools: (about, command) => send(identityPools, about, command, signal),
  });
}

async function send<Output extends object>(
  client: { send(command: never, options: { abortSignal: AbortSignal }): Promise<unknown> },
  about: string,
  command: object,
  signal: AbortSignal,
): Promise<Output> {
  signal.throwIfAborted();
  try {
    return (await client.send(command as never, { abortSignal: signal })) as Output;
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw new CognitoError(command.constructor.name.replace(/Command$/, ''), about, error as Error);
  }
}

/** Doubles from 100 ms, with jitter so that many jobs do not come back at once. */
const backOff = (attempt: number): number => Math.min(MAX_DELAY, 100 * 2 ** attempt) * (0.5 + Math.random() / 2);

/** The SDK's own retries of throttling and passing faults, but for a call that an emulator says it will never know. */
class Retries extends ConfiguredRetryStrategy {
  override refreshRetryTokenForRetry(
    ...[token, info]: Parameters<ConfiguredRetryStrategy['refreshRetryTokenForRetry']>
  ): ReturnType<ConfiguredRetryStrategy['refreshRetryTokenForRetry']> {
    // cognito-local answers 500 with the type `CognitoLocal#Unsupported`, moto 501.
    const error = info.error as (Error & { $metadata?: { httpStatusCode?: number } }) | undefined;
    if (error?.name === 'Unsupported' || error?.$metadata?.httpStatusCode === 501) throw error;
    return super.refreshRetryTokenForRetry(token, info);
  }
}

/** What `work` answers, or undefined where Cognito does not have the thing. */
export async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof CognitoError && error.code === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}
