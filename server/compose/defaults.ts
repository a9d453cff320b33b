/** The defaults of a server's options, apart from what they are options of: the help of the command shows them and loads no server. */

export const LISTENER_DEFAULTS = {
  host: '127.0.0.1',
  port: 0,
  receiveTimeout: 20_000,
  maxConnections: 10_000,
} as const;

export const ROLES = ['all', 'api', 'worker'] as const;
export type Role = (typeof ROLES)[number];

export const JOB_DEFAULTS = {
  role: 'all',
  jobTime: 0,
  jobTimeout: 15 * 60_000,
  lease: 30_000,
  keepJobs: { days: 90, perEnvironment: 10_000 },
} as const;

export const DRAIN_TIMEOUT = 10_000; // ms
