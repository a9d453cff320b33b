import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('app')
    .addColumn('app_id', 'text', (column) => column.primaryKey())
    .addColumn('app_name', 'text', (column) => column.notNull())
    .addColumn('create_time', 'bigint', (column) => column.notNull())
    .execute();

  await db.schema
    .createTable('backend_environment')
    .addColumn('app_id', 'text', (column) => column.notNull().references('app.app_id'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('create_time', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('backend_environment_pk', ['app_id', 'name'])
    .execute();

  // An environment has at most one: "Auth has already been added to this project", says the Amplify CLI.
  await db.schema
    .createTable('auth_resource')
    .addColumn('app_id', 'text', (column) => column.notNull())
    .addColumn('environment', 'text', (column) => column.notNull())
    .addColumn('resource_name', 'text', (column) => column.notNull())
    .addColumn('config', 'text', (column) => column.notNull())
    .addColumn('resources', 'text', (column) => column.notNull())
    .addColumn('update_time', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('auth_resource_pk', ['app_id', 'environment'])
    .addForeignKeyConstraint('auth_resource_environment_fk', ['app_id', 'environment'], 'backend_environment', [
      'app_id',
      'name',
    ])
    .execute();

  // No foreign key: a job comes before its environment, and its history outlives it.
  await db.schema
    .createTable('job')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('app_id', 'text', (column) => column.notNull())
    .addColumn('operation', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('error', 'text')
    .addColumn('create_time', 'bigint', (column) => column.notNull())
    .addColumn('update_time', 'bigint', (column) => column.notNull())
    .addColumn('changes', 'text', (column) => column.notNull())
    .addColumn('run_time', 'bigint', (column) => column.notNull())
    .addColumn('claimed_by', 'text')
    .addColumn('lease_until', 'bigint')
    .addColumn('leases_lost', 'integer', (column) => column.notNull())
    .addColumn('retry_key', 'text')
    .execute();
  await db.schema
    .createIndex('job_waiting')
    .on('job')
    .column('run_time')
    .where(sql<boolean>`status = 'RUNNING'`)
    .where(sql<boolean>`claimed_by is null`)
    .execute();
  await db.schema
    .createIndex('job_claimed')
    .on('job')
    .column('lease_until')
    .where(sql<boolean>`claimed_by is not null`)
    .execute();
  await db.schema
    .createIndex('job_retry_key')
    .on('job')
    .column('retry_key')
    .where(sql<boolean>`retry_key is not null`)
    .execute();

  // No foreign key here either: what keeps others out is written first, before it is known what the job will do.
  await db.schema
    .createTable('job_environment')
    .addColumn('job_id', 'text', (column) => column.notNull())
    .addColumn('app_id', 'text', (column) => column.notNull())
    .addColumn('environment', 'text', (column) => column.notNull())
    .addColumn('create_time', 'bigint', (column) => column.notNull())
    .addColumn('listed', 'integer', (column) => column.notNull())
    .addColumn('held', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('job_environment_pk', ['job_id', 'app_id', 'environment'])
    .execute();
  // One mutation at a time for each environment, held by the database and not by a lock in memory.
  await db.schema
    .createIndex('job_environment_one_holder')
    .on('job_environment')
    .columns(['app_id', 'environment'])
    .unique()
    .where(sql<boolean>`held = 1`)
    .execute();
  await db.schema
    .createIndex('job_environment_newest')
    .on('job_environment')
    .columns(['app_id', 'environment', 'create_time desc', 'job_id desc'])
    .execute();

  await db.schema
    .createTable('setting')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute();
}
