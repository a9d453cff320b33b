import { DRAIN_TIMEOUT, JOB_DEFAULTS, LISTENER_DEFAULTS } from '../compose/defaults.ts';
import type { Flags } from './flags.ts';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** The database that `serve` and `state rekey` open. */
export const DATABASE = {
  database: {
    variable: 'DATABASE_URL',
    value: 'DB',
    default: './data/backend-auth.db',
    text: 'SQLite file, created if missing; :memory: to keep nothing; or postgres://…, which needs SECRETS_KEY',
  },
} as const satisfies Flags;

/** The flags of `serve`. */
export const SERVE = {
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
