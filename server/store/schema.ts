import type { Insertable, Kysely, Selectable } from 'kysely';
import type { JobStatus } from '../../generated/enums.ts';
import { literal } from './statement.ts';

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
    /** JSON: what the provisioner made or adopted, such as the user pool's id. */
    resources: string;
    update_time: number;
  };
  job: {
    id: string;
    app_id: string;
    operation: string;
    status: JobStatus;
    error: string | null;
    create_time: number;
    update_time: number;
    /** JSON: the changes to make, secrets sealed. */
    changes: string;
    /** The earliest time to run it. */
    run_time: number;
    /** The worker that has it, or null while none does. */
    claimed_by: string | null;
    /** When another worker may take it over, unless its own says before that it still has it. */
    lease_until: number | null;
    /** How often that happened. */
    leases_lost: number;
    /** What a caller's automatic retry of the request has in common with it. */
    retry_key: string | null;
  };
  job_environment: {
    job_id: string;
    app_id: string;
    environment: string;
    /** The job's, for listing without a join. */
    create_time: number;
    /** Whether the job is found under this environment. */
    listed: number;
    /** Whether the job keeps others out of it. */
    held: number;
  };
  setting: {
    name: string;
    value: string;
  };
}

export type Database = Kysely<Tables>;
export type JobRow = Selectable<Tables['job']>;
export type NewJobRow = Insertable<Tables['job']>;

// As the partial indexes say it.
export const RUNNING = literal('RUNNING');
export const HELD = literal(1);
