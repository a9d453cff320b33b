import { sql } from 'kysely';
import type { Database, Tables } from './schema.ts';
import type { Store } from './store.ts';

/** A column with sealed values in it, and the primary key of its table. */
type Column = {
  [Name in keyof Tables]: {
    readonly table: Name;
    readonly key: readonly (keyof Tables[Name] & string)[];
    readonly column: keyof Tables[Name] & string;
  };
}[keyof Tables];

const COLUMNS: readonly Column[] = [
  { table: 'auth_resource', key: ['app_id', 'environment'], column: 'config' },
  { table: 'auth_resource', key: ['app_id', 'environment'], column: 'resources' },
  { table: 'job', key: ['id'], column: 'work' },
  { table: 'job_journal', key: ['job_id'], column: 'entry' },
  { table: 'setting', key: ['name'], column: 'value' },
];

type Row = Readonly<Record<string, string>>;

const ROWS_AT_ONCE = 200;

/**
 * Replaces each text that has sealed values in it by what `reseal` returns, a few rows at a time. The setting that the key is
 * checked with comes last, so that a database of which only a part is done is opened with both keys. Returns how many
 * rows changed.
 */
export async function resealAll(store: Store, reseal: (text: string) => string): Promise<number> {
  let changed = 0;
  for (const column of COLUMNS) {
    let rows = await rowsAfter(store.db, column, undefined);
    while (rows.length > 0) {
      const batch = rows;
      changed += await store.write((transaction) => resealRows(transaction, column, batch, reseal));
      rows = await rowsAfter(store.db, column, rows.at(-1));
    }
  }
  return changed;
}

async function rowsAfter(db: Database, { table, key, column }: Column, last: Row | undefined): Promise<readonly Row[]> {
  const names = sql.join(key.map((name) => sql.ref(name)));
  const after = last && sql`where (${names}) > (${sql.join(key.map((name) => last[name]))})`;
  const { rows } = await sql<Row>`
    select ${names}, ${sql.ref(column)} from ${sql.table(table)} ${after ?? sql``}
    order by ${names} limit ${sql.lit(ROWS_AT_ONCE)}
  `.execute(db);
  return rows;
}

async function resealRows(
  db: Database,
  { table, key, column }: Column,
  rows: readonly Row[],
  reseal: (text: string) => string,
): Promise<number> {
  let changed = 0;
  for (const row of rows) {
    const before = row[column] ?? '';
    const value = reseal(before);
    if (value === before) continue;
    const names = sql.join(key.map((name) => sql.ref(name)));
    // A row that has changed meanwhile was sealed by an instance that seals with the new key already.
    const { numAffectedRows } = await sql`
      update ${sql.table(table)} set ${sql.ref(column)} = ${value}
      where (${names}) = (${sql.join(key.map((name) => row[name]))}) and ${sql.ref(column)} = ${before}
    `.execute(db);
    changed += Number(numAffectedRows ?? 0);
  }
  return changed;
}
