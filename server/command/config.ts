import type { Command } from 'commander';
import { isLoopbackHost } from '../../pipeline/express/thisMachine.ts';
import { ROLES, type Role } from '../compose/jobs.ts';
import { isPostgres } from '../store/store.ts';
import { addFlags, type Flags, type Given, oneOf, reader, UsageError, url, wholeNumber } from './flags.ts';

const DAY = 24 * 60 * 60 * 1000; // ms

export interface Config {
  readonly port: number;
  readonly host: string;
  /** The keys that requests must be signed with, if they must. */
  readonly credentialsFile: string | undefined;
  /** `postgres://…`, a SQLite file, or `:memory:`. */
  readonly database: string;
  /** The least duration of a local job, in ms. */
  readonly jobTime: number;
  readonly role: Role;
  /** How long a job may take, in ms. */
  readonly jobTimeout: number;
  /** How long a worker's claim of a job lasts unless it is renewed, in ms. */
  readonly lease: number;
  /** The most requests a second of one caller, if there is a limit. */
  readonly rateLimit: number | undefined;
  /** How long to wait for requests and jobs when stopping, in ms. */
  readonly drainTimeout: number;
  readonly demo: boolean;
  /** Whether to serve /admin. */
  readonly admin: boolean;
  /** Whether to make the validators before they are needed. */
  readonly provisioner: 'local' | 'cognito';
  readonly cognito: {
    readonly region: string;
    readonly endpoint: string | undefined;
    readonly identityEndpoint: string | undefined;
    readonly roles: {
      readonly sms: string | undefined;
      readonly authenticated: string | undefined;
      readonly unauthenticated: string | undefined;
    };
  };
  /** Whether to touch a real account without asking. */
  readonly yes: boolean;
  /** What seals secrets in the database; a key file beside it where this is undefined. */
  readonly secretsKey: string | undefined;
  /** What lets other machines read /metrics. */
  readonly metricsToken: string | undefined;
  readonly logLevel: string;
}

const FLAGS = {
  port: { variable: 'PORT', value: 'PORT', default: '3000', text: 'port to listen on; 0 takes a free one' },
  host: {
    variable: 'HOST',
    value: 'HOST',
    default: '127.0.0.1',
    text: 'address to listen on; loopback only, unless there are --credentials',
  },
  database: {
    variable: 'DATABASE_URL',
    value: 'DB',
    default: './data/backend-auth.db',
    text: 'SQLite file, made if missing; :memory: to keep nothing; or postgres://…, which needs SECRETS_KEY',
  },
  role: {
    variable: 'ROLE',
    value: 'ROLE',
    default: 'all',
    text: 'api answers requests, worker runs jobs, all does both',
  },
  'job-timeout': { variable: 'JOB_TIMEOUT', value: 'MS', default: '900000', text: 'longest duration of a job' },
  lease: {
    variable: 'LEASE',
    value: 'MS',
    default: '30000',
    text: 'how long a lost worker keeps its jobs before another one takes them over',
  },
  credentials: {
    variable: 'CREDENTIALS_FILE',
    value: 'FILE',
    text: "keys that requests must be signed with, in the format of AWS's credentials file",
  },
  'rate-limit': { variable: 'RATE_LIMIT', value: 'N', text: 'most requests a second of one access key or address' },
  'drain-timeout': {
    variable: 'DRAIN_TIMEOUT',
    value: 'MS',
    default: '10000',
    text: 'how long to wait for requests and jobs when stopping',
  },
  'job-time': { variable: 'JOB_TIME', value: 'MS', default: '0', text: 'least duration of a job in milliseconds' },
  provisioner: {
    variable: 'PROVISIONER',
    value: 'NAME',
    default: 'local',
    text: 'what jobs configure: local invents ids, cognito configures Amazon Cognito',
  },
  region: { variable: 'AWS_REGION', value: 'REGION', default: 'us-east-1', text: 'region of Cognito' },
  'cognito-endpoint': { variable: 'COGNITO_ENDPOINT', value: 'URL', text: 'user pools of an emulator instead of AWS' },
  'cognito-identity-endpoint': {
    variable: 'COGNITO_IDENTITY_ENDPOINT',
    value: 'URL',
    text: 'identity pools of an emulator; --cognito-endpoint unless given',
  },
  'sms-role-arn': { variable: 'SMS_ROLE_ARN', value: 'ARN', text: 'IAM role that lets Cognito send text messages' },
  'auth-role-arn': { variable: 'AUTH_ROLE_ARN', value: 'ARN', text: 'IAM role of signed-in users of an identity pool' },
  'unauth-role-arn': { variable: 'UNAUTH_ROLE_ARN', value: 'ARN', text: 'IAM role of guests of an identity pool' },
  yes: { text: 'do not ask before --demo touches a real account' },
  demo: { text: 'make an app, an environment and an auth resource to try things on' },
  admin: { text: 'serve /admin: reset, save and restore the state, faults and the like, for tests' },
  'log-level': {
    variable: 'LOG_LEVEL',
    value: 'LEVEL',
    default: 'info',
    text: 'fatal, error, warn, info, debug, trace or silent',
  },
} as const satisfies Flags;

export const addServeFlags = (command: Command): Command => addFlags(command, FLAGS);

/** Reads the flags of the command, and the environment; a flag wins over its variable. Throws a `UsageError`. */
export function readConfig(command: Command, env: NodeJS.ProcessEnv): Config {
  const { read, isOn } = reader(command, FLAGS);
  return {
    port: wholeNumber(read('port'), 65_535),
    host: host(read('host'), read('credentials').value !== ''),
    credentialsFile: read('credentials').value || undefined,
    database: database(read('database'), env.SECRETS_KEY),
    role: oneOf(read('role'), ROLES),
    jobTimeout: wholeNumber(read('job-timeout'), DAY, 1),
    lease: wholeNumber(read('lease'), DAY, 1000),
    rateLimit: read('rate-limit').value === '' ? undefined : wholeNumber(read('rate-limit'), 1_000_000, 1),
    drainTimeout: wholeNumber(read('drain-timeout'), DAY),
    jobTime: wholeNumber(read('job-time'), DAY),
    demo: isOn('demo'),
    admin: isOn('admin'),
    provisioner: oneOf(read('provisioner'), ['local', 'cognito']),
    cognito: {
      region: read('region').value,
      endpoint: url(read('cognito-endpoint')),
      identityEndpoint: url(read('cognito-identity-endpoint')),
      roles: {
        sms: roleArn(read('sms-role-arn')),
        authenticated: roleArn(read('auth-role-arn')),
        unauthenticated: roleArn(read('unauth-role-arn')),
      },
    },
    yes: isOn('yes'),
    secretsKey: secretsKey(env.SECRETS_KEY),
    metricsToken: env.METRICS_TOKEN || undefined,
    logLevel: oneOf(read('log-level'), ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
  };
}

function roleArn({ value, source }: Given): string | undefined {
  if (value === '') return undefined;
  if (/^arn:[\w-]+:iam::\d{12}:role\/.+$/.test(value)) return value;
  throw new UsageError(`${source} must be the ARN of an IAM role, not ${JSON.stringify(value)}.`);
}

/** Only a variable: command lines are seen by everyone on the machine. Its value is repeated nowhere. */
function secretsKey(value: string | undefined): string | undefined {
  if (value === undefined || value === '') return undefined;
  if (value.length >= 32) return value;
  throw new UsageError('SECRETS_KEY must have at least 32 characters; openssl rand -base64 32 makes one.');
}

/** Nothing listens beyond loopback as long as nothing asks who is calling. */
function host({ value, source }: Given, authenticates: boolean): string {
  if (authenticates || isLoopbackHost(value)) return value;
  throw new UsageError(
    `${source} must be a loopback address such as 127.0.0.1, not ${JSON.stringify(value)}: anyone could call this server; ` +
      'give it --credentials to have requests signed.',
  );
}

function database({ value, source }: Given, secretsKey: string | undefined): string {
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(value)?.[1];
  if (scheme === undefined) return value;
  if (!isPostgres(value) || !URL.canParse(value)) {
    throw new UsageError(`${source} must be a SQLite file, :memory: or postgres://user@host/database.`);
  }
  if (secretsKey) return value;
  throw new UsageError('With postgres:// the variable SECRETS_KEY must be set, the same for every instance.');
}
