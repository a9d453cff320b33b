import { CognitoIdentityClient } from '@aws-sdk/client-cognito-identity';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import { blotted } from '../../auth/providerSecrets.ts';
import type { Work } from '../provisioner.ts';

export interface CognitoOptions {
  readonly region: string;
  /** The URL of an emulator of Cognito user pools. @default AWS */
  readonly endpoint: string | undefined;
  /** The URL of an emulator of identity pools. @default `endpoint` */
  readonly identityEndpoint: string | undefined;
  readonly roles: Roles;
  readonly patience?: Patience;
}

/** How long to wait for Cognito, and how often to ask again after throttling and passing faults. */
export interface Patience {
  readonly attempts: number;
  /** Before the first repetition, in ms; each later one waits twice as long. */
  readonly firstDelay: number;
  /** For an answer, in ms. */
  readonly timeout: number;
}

/** IAM roles that must exist already: this server has no rights to make any. */
export interface Roles {
  /** Lets Cognito send text messages. */
  readonly sms: string | undefined;
  /** The roles of signed-in users and guests of an identity pool. */
  readonly authenticated: string | undefined;
  readonly unauthenticated: string | undefined;
}

/** The part of a job's work that calls depend on. */
export type CallWork = Pick<Work, 'signal' | 'beforeWrite'>;

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

const PATIENCE: Patience = { attempts: 8, firstDelay: 200, timeout: 30_000 };
const MAX_DELAY = 20_000; // ms
const CONNECTION_TIMEOUT = 5_000; // ms

/** A call of Cognito failed. The message names the call and the resource, and quotes Cognito. */
export class CognitoError extends Error {
  override readonly name = 'CognitoError';
  /** Cognito's name of the error, such as `ResourceNotFoundException`. */
  readonly code: string;
  /** Whether the call may have done its work although it failed: no answer came, or one that leaves it open. */
  readonly uncertain: boolean;
  /** Whether it was sent more than once: the first may have done its work although the last was refused. */
  readonly repeated: boolean;

  /** `details` are the settings of a provider that were sent: Cognito may quote secrets in them. */
  constructor(call: string, about: string, cause: Fault, details: unknown) {
    // Not as the cause: what is quoted in it would be in the log.
    super(`${call} of ${about} failed: ${blotted(reason(cause), details)}`);
    this.code = cause.name;
    this.uncertain = !isUnsupported(cause) && (cause.$metadata?.httpStatusCode ?? 500) >= 500;
    this.repeated = (cause.$metadata?.attempts ?? 1) > 1;
  }
}

/** Whether Cognito, or this server, refused to do anything. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof CognitoError && !error.uncertain && !error.repeated;

type Fault = Error & {
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number };
};

/** cognito-local answers 500 with the type `CognitoLocal#Unsupported`, moto 500 with a web page. */
const isUnsupported = (error: Fault): boolean => error.name === UNSUPPORTED || isWebPage(error);

const isWebPage = ({ name, $metadata }: Fault): boolean => name === 'SyntaxError' && $metadata?.httpStatusCode === 500;

function reason(error: Fault): string {
  if (isWebPage(error))
    return 'the endpoint answered 500 with something that is not JSON, as for a call it does not know';
  // Where a host has several addresses and none answers, the message is empty.
  return `${error.name}: ${error.message || error.code}`;
}

/** The code of a call that an emulator says it will never know. */
export const UNSUPPORTED = 'Unsupported';

/** Makes the SDK's clients once, and binds them to each job. */
export function connect(options: CognitoOptions): (work: CallWork) => Cognito {
  const { region, endpoint, identityEndpoint = endpoint, roles, patience = PATIENCE } = options;
  const common = (repeated: RetryInfo['errorType'][]) => ({
    region,
    retryStrategy: new Retries(patience, repeated),
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT,
      requestTimeout: patience.timeout,
      throwOnRequestTimeout: true,
    },
  });
  const clients = (repeated: RetryInfo['errorType'][]) => ({
    userPools: new CognitoIdentityProviderClient({
      ...common(repeated),
      ...(endpoint !== undefined && { endpoint }),
    }),
    identityPools: new CognitoIdentityClient({
      ...common(repeated),
      ...(identityEndpoint !== undefined && { endpoint: identityEndpoint }),
    }),
  });
  const repeating = clients(['THROTTLING', 'TRANSIENT', 'SERVER_ERROR']);
  // Asked twice, Cognito makes two. Only what was throttled was surely not made; the rest is for `createOnce`.
  const creating = clients(['THROTTLING']);
  const forCall = (command: object) => (command.constructor.name.startsWith('Create') ? creating : repeating);
  return (work) => ({
    region,
    roles,
    userPools: (about, command) => send(forCall(command).userPools, about, command, work),
    identityPools: (about, command) => send(forCall(command).identityPools, about, command, work),
  });
}

async function send<Output extends object>(
  client: { send(command: never, options: { abortSignal: AbortSignal }): Promise<unknown> },
  about: string,
  command: object,
  { signal, beforeWrite }: CallWork,
): Promise<Output> {
  signal.throwIfAborted();
  const call = command.constructor.name.replace(/Command$/, '');
  if (!/^(Describe|List|Get)/.test(call)) {
    await beforeWrite();
    signal.throwIfAborted();
  }
  try {
    return (await client.send(command as never, { abortSignal: signal })) as Output;
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    const { ProviderDetails } = (command as { readonly input: { readonly ProviderDetails?: unknown } }).input;
    throw new CognitoError(call, about, error as Fault, ProviderDetails);
  }
}

type RetryInfo = Parameters<ConfiguredRetryStrategy['refreshRetryTokenForRetry']>[1];

/** The SDK's retries, with back-off, of some kinds of errors. */
class Retries extends ConfiguredRetryStrategy {
  readonly #repeated: readonly RetryInfo['errorType'][];

  constructor({ attempts, firstDelay }: Patience, repeated: readonly RetryInfo['errorType'][]) {
    // With jitter, so that many jobs do not come back at once.
    const backOff = (attempt: number) =>
      Math.min(MAX_DELAY, firstDelay * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2);
    super(attempts, backOff);
    this.#repeated = repeated;
  }

  override async refreshRetryTokenForRetry(
    ...[token, info]: Parameters<ConfiguredRetryStrategy['refreshRetryTokenForRetry']>
  ): ReturnType<ConfiguredRetryStrategy['refreshRetryTokenForRetry']> {
    if (isUnsupported(info.error as Fault) || !this.#repeated.includes(info.errorType)) throw info.error;
    return super.refreshRetryTokenForRetry(token, info);
  }
}

const CREATE_ATTEMPTS = 3;

/** Makes something that must not be made twice: where it is uncertain whether it was made, it is looked for first. */
export async function createOnce<T>(create: () => Promise<T>, find: () => Promise<T | undefined>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await create();
    } catch (error) {
      if (!(error instanceof CognitoError && error.uncertain)) throw error;
      const made = await find().catch(() => {
        throw error;
      });
      if (made !== undefined) return made;
      if (attempt === CREATE_ATTEMPTS) throw error;
    }
  }
}

/** The result of `work`, or undefined where Cognito does not have the thing. */
export const unlessMissing = <T>(work: Promise<T>) => unless('ResourceNotFoundException', work);

/** The result of `work`, or undefined where an emulator does not implement the call. */
export const unlessUnsupported = <T>(work: Promise<T>) => unless(UNSUPPORTED, work);

async function unless<T>(code: string, work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof CognitoError && error.code === code) return undefined;
    throw error;
  }
}
