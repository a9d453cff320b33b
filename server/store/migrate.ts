import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { StoreError } from './faults.ts';
import * as initial from './migrations/001-initial.ts';
import * as holds from './migrations/002-holds.ts';
import * as resources from './migrations/003-resources.ts';

/** In the order they run. A name, once released, stays. */
const MIGRATIONS = { '001-initial': initial, '002-holds': holds, '003-resources': resources };

/** The last change to the schema that this version knows. */
export const LAST_MIGRATION = Object.keys(MIGRATIONS).at(-1) ?? '';

export const isKnownMigration = (name: string): boolean => Object.hasOwn(MIGRATIONS, name);

/** Brings the database to this version. Refuses one that a newer version has written. */
export async function migrate<T>(db: Kysely<T>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } });
  const known = new Set(Object.keys(MIGRATIONS));
  const executed = await executedMigrations(db);
  const unknown = executed.find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw new StoreError(
      `The database was written by a newer version (it has the migration ${unknown}). Use that version, or another database.`,
    );
  }
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

async function executedMigrations<T>(db: Kysely<T>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return [];
  const rows = await (db as unknown as Kysely<{ kysely_migration: { name: string } }>)
    .selectFrom('kysely_migration')
    .select('name')
    .execute();
  return rows.map(({ name }) => name);
}
