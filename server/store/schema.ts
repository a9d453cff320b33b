import type { Kysely, Selectable } from 'kysely';

/** Times are integers: milliseconds since 1970-01-01 UTC. Flags are 0 or 1. */
export interface Tables {
  app: {
    app_id: string;
    app_name: string;
    create_time: number;
  };
  backend_environment: {
    app_id: string;
    name: string;
    create_time: number;
  };
  auth_resource: {
    app_id: string;
    environment: string;
    resource_name: string;
    /** JSON: the configuration that the last completed job applied, its secrets sealed. */
    config: string;
    /** JSON: the provisioner's `Resources`, such as the user pool's id. */
    resources: string;
    update_time: number;
  };
  job: {
    id: string;
    app_id: string;
    /** The environment under which the job is found, and which it holds; '' for a job of a whole app. */
    environment: string;
    operation: string;
    status: 'RUNNING' | 'COMPLETED' | 'FAILED';
    error: string | null;
    create_time: number;
    update_time: number;
    /** JSON: what to do, secrets sealed; nothing of it is kept once the job has ended. */
    work: string;
    /** JSON: the names of further environments that it holds; null for none. */
    also_holds: string | null;
    /** Whether it may need something outside of this server, which may hang. */
    outside: number;
    /** The earliest time to run it. */
    run_time: number;
    /** The worker that has it, or null while none does. */
    claimed_by: string | null;
    /** When the worker loses it, unless it renews its claim before. */
    lease_until: number | null;
    /** How often that happened. */
    leases_lost: number;
    /** The same for all tries of a request. */
    retry_key: string | null;
  };
  /** Keeps other jobs out of an environment, or out of a whole app ('') until the job has ended. */
  hold: {
    app_id: string;
    environment: string;
    job_id: string;
  };
  /** The environments that a job of a whole app has removed: it is found under each. */
  job_listing: {
    job_id: string;
    environment: string;
  };
  job_journal: {
    job_id: string;
    /** Sealed: the state outside before the job wrote anything. */
    entry: string;
  };
  setting: {
    name: string;
    value: string;
  };
}

export type Database = Kysely<Tables>;
export type JobRow = Selectable<Tables['job']>;
