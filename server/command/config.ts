import type { Command } from 'commander';
import { isLoopbackHost } from 'openapi-strict-express';
import { JOB_DEFAULTS, ROLES } from '../compose/defaults.ts';
import type { KeepJobs } from '../compose/jobs.ts';
import type { ServerOptions } from '../compose/server.ts';
import { isPostgres } from '../store/store.ts';
import { type Given, oneOf, reader, UsageError, url, wholeNumber } from './flags.ts';
import { LOG_LEVELS, SERVE } from './serveFlags.ts';

const DAY = 24 * 60 * 60 * 1000; // ms

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

/** Reads the command's flags and the environment; a flag wins over its variable. Throws a `UsageError`. */
export function readConfig(command: Command, env: NodeJS.ProcessEnv): Config {
  const { read, isOn } = reader(command, SERVE);
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
