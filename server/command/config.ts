import type { Command } from 'commander';
import { isLoopbackHost } from 'openapi-strict-express';
import { JOB_DEFAULTS, type KeepJobs, ROLES } from '../compose/jobs.ts';
import { LISTENER_DEFAULTS } from '../compose/listener.ts';
import { DRAIN_TIMEOUT, type ServerOptions } from '../compose/server.ts';
import { isPostgres } from '../store/store.ts';
import { addFlags, type Flags, type Given, oneOf, reader, UsageError, url, wholeNumber } from './flags.ts';

const DAY = 24 * 60 * 60 * 1000; // ms
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** The settings of `serve`. Those in `server` are passed on as they are. */
export interface Config {
  readonly server: ServerOptions & { readonly host: string; readonly port: number };
  readonly credentialsFile: string | undefined;
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
  /** Skips the question before `--demo` touches a real account. */
  readonly yes: boolean;
  readonly drainTimeout: number;
  readonly logLevel: (typeof LOG_LEVELS)[number];
}

/** The database that `serve` and `state rekey` open. */
export const DATABASE = {
  database: {
    variable: 'DATABASE_URL',
    value: 'DB',
    default: './data/backend-auth.db',
    text: 'SQLite file, created if missing; :memory: to keep nothing; or postgres://…, which needs SECRETS_KEY',
  },
} as const satisfies Flags;

const FLAGS = {
  port: { variable: 'PORT', value: 'PORT', default: '3000', text: 'port to listen on; 0 takes a free one' },
  host: {
    variable: 'HOST',
    value: 'HOST',
    default: LISTENER_DEFAULTS.host,
    text: 'address to listen on; without --credentials it must be a loopback address',
  },
  ...DATABASE,
  credentials: {
    variable: 'CREDENTIALS_FILE',
    value: 'FILE',
    text: "keys that requests must be signed with, in the format of AWS's credentials file",
  },
  'allow-origin': {
    variable: 'ALLOW_ORIGIN',
    value: 'ORIGINS',
    text:
      'origins whose pages may call, separated by commas, or *; ' +
      'by default any origin with --credentials, and none without',
  },
  'rate-limit': { variable: 'RATE_LIMIT', value: 'N', text: 'most requests per second of one access key or address' },
  role: {
    variable: 'ROLE',
    value: 'ROLE',
    default: JOB_DEFAULTS.role,
    text: 'api answers requests, worker runs jobs, all does both',
  },
  lease: {
    variable: 'LEASE',
    value: 'MS',
    default: String(JOB_DEFAULTS.lease),
    text: 'how long a lost worker keeps its jobs before another worker takes them over',
  },
  'job-time': {
    variable: 'JOB_TIME',
    value: 'MS',
    default: String(JOB_DEFAULTS.jobTime),
    text: 'shortest duration of a job',
  },
  'job-timeout': {
    variable: 'JOB_TIMEOUT',
    value: 'MS',
    default: String(JOB_DEFAULTS.jobTimeout),
    text: 'longest duration of a job',
  },
  'keep-jobs': {
    variable: 'KEEP_JOBS',
    value: 'DAYS[,N]',
    default: `${JOB_DEFAULTS.keepJobs.days},${JOB_DEFAULTS.keepJobs.perEnvironment}`,
    text: 'how many days ended jobs are kept, and how many of each environment',
  },
  'drain-timeout': {
    variable: 'DRAIN_TIMEOUT',
    value: 'MS',
    default: String(DRAIN_TIMEOUT),
    text: 'how long to wait for requests and jobs when stopping',
  },
  provisioner: {
    variable: 'PROVISIONER',
    value: 'NAME',
    default: 'local',
    text: 'local invents ids and touches nothing, cognito configures Amazon Cognito',
  },
  region: { variable: 'AWS_REGION', value: 'REGION', default: 'us-east-1', text: 'region of Cognito' },
  'cognito-endpoint': {
    variable: 'COGNITO_ENDPOINT',
    value: 'URL',
    text: 'endpoint for user pools, such as an emulator instead of AWS',
  },
  'cognito-identity-endpoint': {
    variable: 'COGNITO_IDENTITY_ENDPOINT',
    value: 'URL',
    text: 'endpoint for identity pools; by default that of --cognito-endpoint',
  },
  'sms-role-arn': { variable: 'SMS_ROLE_ARN', value: 'ARN', text: 'IAM role that lets Cognito send text messages' },
  'auth-role-arn': { variable: 'AUTH_ROLE_ARN', value: 'ARN', text: 'IAM role of signed-in users of an identity pool' },
  'unauth-role-arn': { variable: 'UNAUTH_ROLE_ARN', value: 'ARN', text: 'IAM role of guests of an identity pool' },
  demo: { text: 'create an app, an environment and an auth resource to try things on' },
  yes: { text: 'do not ask before --demo touches a real account' },
  admin: { text: 'serve /admin, which resets, saves and restores the state and injects faults; for tests' },
  'log-level': { variable: 'LOG_LEVEL', value: 'LEVEL', default: 'info', text: LOG_LEVELS.join(', ') },
} as const satisfies Flags;

export const addServeFlags = (command: Command): Command => addFlags(command, FLAGS);

/** Reads the command's flags and the environment; a flag wins over its variable. Throws a `UsageError`. */
export function readConfig(command: Command, env: NodeJS.ProcessEnv): Config {
  const { read, isOn } = reader(command, FLAGS);
  const credentialsFile = read('credentials').value || undefined;
  const secretsKey = secretsKeys(env.SECRETS_KEY);
  return {
    server: {
      port: wholeNumber(read('port'), 65_535),
      host: host(read('host'), credentialsFile !== undefined),
      database: database(read('database'), secretsKey),
      secretsKey,
      role: oneOf(read('role'), ROLES),
      jobTime: wholeNumber(read('job-time'), DAY),
      jobTimeout: wholeNumber(read('job-timeout'), DAY, 1),
      lease: wholeNumber(read('lease'), DAY, 1000),
      keepJobs: keepJobs(read('keep-jobs')),
      rateLimit: read('rate-limit').value === '' ? undefined : wholeNumber(read('rate-limit'), 1_000_000, 1),
      allowOrigin: origins(read('allow-origin')),
      metricsToken: env.METRICS_TOKEN || undefined,
      demo: isOn('demo'),
      admin: isOn('admin'),
    },
    credentialsFile,
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
    drainTimeout: wholeNumber(read('drain-timeout'), DAY),
    logLevel: oneOf(read('log-level'), LOG_LEVELS),
  };
}

/**
 * The keys in SECRETS_KEY, separated by commas. There is no flag for it, since other users of the machine can see command
 * lines. No message repeats the value.
 */
export function secretsKeys(value: string | undefined): readonly string[] | undefined {
  if (value === undefined || value === '') return undefined;
  const keys = value.split(',').map((key) => key.trim());
  if (keys.every((key) => key.length >= 32)) return keys;
  const subject = keys.length === 1 ? 'SECRETS_KEY' : 'Each key in SECRETS_KEY';
  throw new UsageError(`${subject} must have at least 32 characters; \`openssl rand -base64 32\` prints one.`);
}

/** Checks the database that was named. PostgreSQL has no file beside which a key could be kept. */
export function database({ value, source }: Given, keys: readonly string[] | undefined): string {
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(value)?.[1];
  if (scheme === undefined) return value;
  if (!isPostgres(value) || !URL.canParse(value)) {
    throw new UsageError(`${source} must be a SQLite file, :memory: or postgres://user@host/database.`);
  }
  if (keys !== undefined) return value;
  throw new UsageError('With postgres:// the variable SECRETS_KEY must be set, to the same value for every instance.');
}

function roleArn({ value, source }: Given): string | undefined {
  if (value === '') return undefined;
  if (/^arn:[\w-]+:iam::\d{12}:role\/.+$/.test(value)) return value;
  throw new UsageError(`${source} must be the ARN of an IAM role, not ${JSON.stringify(value)}.`);
}

/** Without credentials nobody is asked who they are, so only this machine may reach the server. */
function host({ value, source }: Given, authenticates: boolean): string {
  if (authenticates || isLoopbackHost(value)) return value;
  throw new UsageError(
    `${source} must be a loopback address such as 127.0.0.1, not ${JSON.stringify(value)}: anyone could call this server. ` +
      'To listen on other addresses, give it --credentials.',
  );
}

function origins({ value, source }: Given): readonly string[] | undefined {
  if (value === '') return undefined;
  const given = value.split(',').map((origin) => origin.trim());
  const wrong = given.find((origin) => origin !== '*' && !(URL.canParse(origin) && new URL(origin).origin === origin));
  if (wrong === undefined) return given;
  throw new UsageError(
    `${source} must be *, or origins such as http://localhost:5173 without a path, not ${JSON.stringify(wrong)}.`,
  );
}

function keepJobs({ value, source }: Given): KeepJobs {
  const [days = '', perEnvironment = String(JOB_DEFAULTS.keepJobs.perEnvironment), ...more] = value.split(',');
  if (more.length > 0) throw new UsageError(`${source} must be DAYS or DAYS,N, not ${JSON.stringify(value)}.`);
  return {
    days: wholeNumber({ value: days, source }, 36_500, 1),
    perEnvironment: wholeNumber({ value: perEnvironment, source: `N in ${source}` }, 1_000_000, 1),
  };
}
