import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Insertable, type RawBuilder, type Selectable, sql } from 'kysely';
import type { Store } from './connection.ts';
import type { Database, Tables } from './schema.ts';
import { literal, Statement } from './statement.ts';

/** The tables that hold what callers asked for, each with its key. Settings, which are the database's own, are not among them. */
const KEYS = {
  app: ['app_id'],
  backend_environment: ['app_id', 'name'],
  auth_resource: ['app_id', 'environment'],
  job: ['id'],
  hold: ['app_id', 'environment'],
  job_listing: ['job_id', 'environment'],
} as const satisfies { readonly [Name in keyof Tables]?: readonly (keyof Tables[Name] & string)[] };

export type StateTable = keyof typeof KEYS;
export type Row<Table extends StateTable> = Selectable<Tables[Table]>;

/** So many rows are read, written or deleted in one go, which takes a few milliseconds. */
const AT_ONCE = 200;

/** A worker of another process has a job, which what is written here would not stop. */
export class JobAtWorkElsewhere extends Error {
  override readonly name = 'JobAtWorkElsewhere';
}

/** All rows of a table by their key, some at a time. Between them, others have their turn. */
export async function* rowsOf<Table extends StateTable>(
  db: Database,
  table: Table,
): AsyncGenerator<readonly Row<Table>[], void> {
  const names: readonly string[] = KEYS[table];
  const keys = sql.join(names.map((name) => sql.ref(name)));
  for (let after: RawBuilder<unknown> = sql``; ; ) {
    const query = sql<
      Row<Table>
    >`select * from ${sql.table(table)} ${after} order by ${keys} limit ${literal(AT_ONCE)}`;
    const { rows } = await query.execute(db);
    const last: Readonly<Record<string, unknown>> | undefined = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    after = sql`where (${keys}) > (${sql.join(names.map((name) => last[name]))})`;
    await nextTurn();
  }
}

/** The names of the environments that a job of a whole app has removed, some at a time. */
export const removedBy = (db: Database, jobId: string): AsyncGenerator<readonly string[], void> =>
  namesIn((after) =>
    db
      .selectFrom('job_listing')
      .select('environment as name')
      .where('job_id', '=', jobId)
      .where('environment', '>', after)
      .orderBy('environment')
      .limit(AT_ONCE)
      .execute(),
  );

/** The names of the environments that an app had at a time and has still, some at a time. */
export const environmentsSince = (db: Database, appId: string, time: number): AsyncGenerator<readonly string[], void> =>
  namesIn((after) =>
    db
      .selectFrom('backend_environment')
      .select('name')
      .where('app_id', '=', appId)
      .where('create_time', '<=', time)
      .where('name', '>', after)
      .orderBy('name')
      .limit(AT_ONCE)
      .execute(),
  );

async function* namesIn(
  read: (after: string) => Promise<readonly { readonly name: string }[]>,
): AsyncGenerator<readonly string[], void> {
  for (let after = ''; ; ) {
    const names = (await read(after)).map(({ name }) => name);
    const last = names.at(-1);
    if (last === undefined) return;
    yield names;
    after = last;
    await nextTurn();
  }
}

/** Which of these environments an app had at a time and has still. */
export async function thereSince(
  db: Database,
  appId: string,
  time: number,
  names: readonly string[],
): Promise<Set<string>> {
  const found = new Set<string>();
  for (let start = 0; start < names.length; start += AT_ONCE) {
    const rows = await db
      .selectFrom('backend_environment')
      .select('name')
      .where('app_id', '=', appId)
      .where('create_time', '<=', time)
      .where('name', 'in', names.slice(start, start + AT_ONCE))
      .execute();
    for (const { name } of rows) found.add(name);
    await nextTurn();
  }
  return found;
}

/** How many rows there are. */
export async function countRows(db: Database, table: StateTable): Promise<number> {
  const row = await db
    .selectFrom(table)
    .select(({ fn }) => fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

const claimedNow = new Statement((db, { now }: { now: number }, { time }) =>
  db
    .selectFrom('job')
    .select('id')
    .where('claimed_by', 'is not', null)
    .where('lease_until', '>=', time(now))
    .limit(literal(1)),
);

/** Writes rows of a state. */
export type Insert = <Table extends StateTable>(
  table: Table,
  rows: readonly Insertable<Tables[Table]>[],
) => Promise<void>;

/**
 * Puts what `fill` writes in the place of all that there is, in one transaction: until its end, others see what there was,
 * and their writes wait. The notes of jobs to themselves go, too: they are about what was outside when the jobs began.
 * Throws a `JobAtWorkElsewhere` where a worker still says that it has a job, and the database's own error where the rows
 * contradict each other. `fill` may run several times.
 */
export async function replaceState(
  store: Store,
  now: number,
  fill: (insert: Insert, db: Database) => Promise<void>,
): Promise<void> {
  await store.write(async (db) => {
    // Others may read meanwhile, but not write.
    if (store.shared) {
      await sql`lock table app, backend_environment, auth_resource, job, hold, job_listing, job_journal in share row exclusive mode`.execute(
        db,
      );
    }
    const claimed = store.shared ? await claimedNow.first(db, { now }) : undefined;
    if (claimed !== undefined) throw new JobAtWorkElsewhere(`Job ${claimed.id} is at work.`);
    await db.deleteFrom('job_journal').execute();
    for (const table of ['auth_resource', 'backend_environment', 'app', 'hold', 'job_listing', 'job'] as const) {
      await (store.shared ? db.deleteFrom(table).execute() : empty(db, table));
    }
    await fill((table, rows) => insertAll(db, table, rows), db);
  });
}

/** SQLite runs in this thread: to delete all rows by one statement would hold everyone else up. */
async function empty(db: Database, table: StateTable): Promise<void> {
  const keys = sql.join(KEYS[table].map((name) => sql.ref(name)));
  for (let deleted = AT_ONCE; deleted > 0; await nextTurn()) {
    const some = sql`select ${keys} from ${sql.table(table)} limit ${literal(AT_ONCE)}`;
    const { numAffectedRows } = await sql`delete from ${sql.table(table)} where (${keys}) in (${some})`.execute(db);
    deleted = Number(numAffectedRows ?? 0);
  }
}

async function insertAll(db: Database, table: StateTable, rows: readonly object[]): Promise<void> {
  for (let start = 0; start < rows.length; start += AT_ONCE) {
    await db
      .insertInto(table)
      .values(rows.slice(start, start + AT_ONCE) as never)
      .execute();
    await nextTurn();
  }
}
