import type { ColumnType, Insertable, Kysely, Selectable } from 'kysely';

/** Times are integers: milliseconds since 1970-01-01 UTC. `text` columns named below as JSON hold a JSON document. */
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
    /** JSON: the configuration that the last completed job applied. */
    config: string;
    /** JSON: what the provisioner made, such as the user pool's id. */
    resources: string;
    update_time: number;
  };
  job: {
    id: string;
    app_id: string;
    environment: string;
    operation: string;
    status: ColumnType<JobStatus, JobStatus, JobStatus>;
    error: string | null;
    create_time: number;
    update_time: number;
    /** JSON: the changes to make. */
    changes: string;
    /** The earliest time to run it. */
    run_time: number;
    /** The worker that has it, or null while none does. */
    claimed_by: string | null;
  };
}

type JobStatus = import('../../generated/enums.ts').JobStatus;

export type Database = Kysely<Tables>;
export type JobRow = Selectable<Tables['job']>;
export type NewJobRow = Insertable<Tables['job']>;
