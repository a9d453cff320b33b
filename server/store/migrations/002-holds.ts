import { type Kysely, SqliteAdapter, sql } from 'kysely';

/** The part of the previous schema that this migration reads and changes. */
interface Before {
  job: { id: string; status: string; environment: string; also_holds: string };
  job_environment: { job_id: string; environment: string; listed: number; held: number };
}

/**
 * A hold becomes a row that is deleted, and a job has its environment in its own row: starting and ending a job touches
 * half as many indexes. A job of a whole app holds it by one row, however many environments it has.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const withoutRowid = db.getExecutor().adapter instanceof SqliteAdapter;

  await db.schema.alterTable('job').renameColumn('changes', 'work').execute();
  await db.schema
    .alterTable('job')
    .addColumn('environment', 'text', (column) => column.notNull().defaultTo(''))
    .execute();
  await db.schema.alterTable('job').addColumn('also_holds', 'text').execute();
  await db.schema
    .alterTable('job')
    .addColumn('outside', 'integer', (column) => column.notNull().defaultTo(1))
    .execute();
  await sql`
    update job set environment = (select environment from job_environment where job_id = job.id and listed = 1)
    where (select count(*) from job_environment where job_id = job.id and listed = 1) = 1
  `.execute(db);
  await keepFurtherHolds(db as Kysely<Before>);

  await db.schema
    .createTable('hold')
    .addColumn('app_id', 'text', (column) => column.notNull())
    .addColumn('environment', 'text', (column) => column.notNull())
    .addColumn('job_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('hold_pk', ['app_id', 'environment'])
    .$call((table) => (withoutRowid ? table.modifyEnd(sql`without rowid`) : table))
    .execute();
  await sql`
    insert into hold (app_id, environment, job_id)
    select distinct held.app_id, case job.environment when '' then '' else held.environment end, held.job_id
    from job_environment as held join job on job.id = held.job_id
    where held.held = 1
  `.execute(db);

  await db.schema
    .createTable('job_listing')
    .addColumn('job_id', 'text', (column) => column.notNull())
    .addColumn('environment', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('job_listing_pk', ['job_id', 'environment'])
    .$call((table) => (withoutRowid ? table.modifyEnd(sql`without rowid`) : table))
    .execute();
  await sql`
    insert into job_listing (job_id, environment)
    select listed.job_id, listed.environment
    from job_environment as listed join job on job.id = listed.job_id
    where listed.listed = 1 and job.environment = ''
  `.execute(db);
  await db.schema.dropTable('job_environment').execute();

  // Two instances could start two jobs for one request. The newest keeps the key.
  await sql`
    update job set retry_key = null
    where retry_key is not null and exists (
      select 1 from job as newer
      where newer.retry_key = job.retry_key
        and (newer.create_time > job.create_time or (newer.create_time = job.create_time and newer.id > job.id))
    )
  `.execute(db);
  await sql`update job set work = '[]' where status <> 'RUNNING'`.execute(db);

  for (const index of ['job_waiting', 'job_claimed', 'job_retry_key']) await db.schema.dropIndex(index).execute();
  await db.schema
    .createIndex('job_running')
    .on('job')
    .column('run_time')
    .where(sql<boolean>`status = 'RUNNING'`)
    .execute();
  await db.schema
    .createIndex('job_one_for_retry_key')
    .on('job')
    .column('retry_key')
    .unique()
    .where(sql<boolean>`retry_key is not null`)
    .execute();
  await db.schema
    .createIndex('job_newest')
    .on('job')
    .columns(['app_id', 'environment', 'create_time desc', 'id desc'])
    .execute();
  await db.schema
    .createIndex('backend_environment_oldest')
    .on('backend_environment')
    .columns(['app_id', 'create_time', 'name'])
    .execute();
}

/** Only the copy of an environment holds another one than it is found under. */
async function keepFurtherHolds(db: Kysely<Before>): Promise<void> {
  const rows = await db
    .selectFrom('job_environment')
    .innerJoin('job', 'job.id', 'job_environment.job_id')
    .select(['job.id', 'job_environment.environment'])
    .where('job_environment.held', '=', 1)
    .where('job_environment.listed', '=', 0)
    .execute();
  for (const { id, environment } of rows) {
    await db
      .updateTable('job')
      .set({ also_holds: JSON.stringify([environment]) })
      .where('id', '=', id)
      .execute();
  }
}
