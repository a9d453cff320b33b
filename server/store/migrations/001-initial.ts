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
    .addColumn('environment', 'text', (column) => column.notNull())
    .addColumn('operation', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('error', 'text')
    .addColumn('create_time', 'bigint', (column) => column.notNull())
    .addColumn('update_time', 'bigint', (column) => column.notNull())
    .addColumn('changes', 'text', (column) => column.notNull())
    .addColumn('run_time', 'bigint', (column) => column.notNull())
    .addColumn('claimed_by', 'text')
    .execute();

  // One mutation at a time for each environment, held by the database and not by a lock in memory.
  await db.schema
    .createIndex('job_one_running_per_environment')
    .on('job')
    .columns(['app_id', 'environment'])
    .unique()
    .where(sql<boolean>`status = 'RUNNING'`)
    .execute();

  await db.schema
    .createIndex('job_waiting')
    .on('job')
    .column('run_time')
    .where(sql<boolean>`status = 'RUNNING'`)
    .where(sql<boolean>`claimed_by is null`)
    .execute();
}
