import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely, PostgresAdapter, PostgresDialect, sql } from 'kysely';
import { types } from 'pg';
import type { Logger } from 'pino';
import type { Connection } from './connection.ts';
import { DatabaseError } from './faults.ts';
import { PostgresConnections } from './postgresConnections.ts';
import type { Database, Tables } from './schema.ts';

const CONNECTIONS = 10;
// Every statement of ours takes milliseconds. One that takes longer than this met a connection that is silent (ms).
const QUERY_TIMEOUT = 5_000;
/** A transaction that gives way to another one is run so often at most. */
const ATTEMPTS = 6;
const FIRST_PAUSE = 5; // ms; doubles with each attempt

const BIGINT = 20; // pg_type: int8
const TYPES = {
  // Times fit a double: milliseconds until the year 287396.
  getTypeParser: ((type: number, format?: 'text' | 'binary') =>
    type === BIGINT ? Number : types.getTypeParser(type, format as 'text')) as typeof types.getTypeParser,
};
const CONFIG = { application_name: 'amplify-backend-auth', types: TYPES };

/** Connects to PostgreSQL as requests need it; a lost connection is replaced by the next request. */
export function connectPostgres(url: string, log: Logger): Connection {
  const connections = new PostgresConnections(
    {
      ...CONFIG,
      connectionString: url,
      max: CONNECTIONS,
      query_timeout: QUERY_TIMEOUT,
      statement_timeout: QUERY_TIMEOUT,
    },
    log,
  );
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: connections }) });
  return {
    db,
    pool: () => connections.counts(),
    write: (work) => writeUntilCommitted(db, work),
    async snapshot() {
      const started = db.startTransaction().setIsolationLevel('repeatable read').setAccessMode('read only');
      const transaction = await started.execute();
      const close = async () => {
        await transaction.rollback().execute();
      };
      return { db: transaction, close };
    },
    isDamaged: () => false,
    close: () => connections.end(),
  };
}

/** Kysely's own lock, which earlier versions take. */
const MIGRATION_LOCK = 3_853_314_791_062_309_107n;

/**
 * Runs `work`, a change to the schema, on a connection of its own, for as long as it takes. Other instances wait for its
 * end. The lock is the transaction's: behind a pooler, one of the session's would be held by whoever comes next.
 */
export async function alone(url: string, work: (db: Kysely<unknown>) => Promise<void>): Promise<void> {
  const connections = new PostgresConnections({ ...CONFIG, connectionString: url, max: 1 });
  const db = new Kysely<unknown>({ dialect: new LocklessDialect({ pool: connections }) });
  try {
    // It has to see what the one before it committed while it waited for the lock, whatever the database's default is.
    await db
      .transaction()
      .setIsolationLevel('read committed')
      .execute(async (transaction) => {
        for (const limit of ['lock_timeout', 'statement_timeout', 'idle_in_transaction_session_timeout']) {
          await sql`set local ${sql.raw(limit)} = 0`.execute(transaction);
        }
        await sql`select pg_advisory_xact_lock(${sql.lit(MIGRATION_LOCK)})`.execute(transaction);
        await work(transaction);
      });
  } finally {
    await connections.end();
  }
}

/** Its migrator leaves it to the caller that no other one runs. */
class LocklessDialect extends PostgresDialect {
  override createAdapter(): LocklessAdapter {
    return new LocklessAdapter();
  }
}

class LocklessAdapter extends PostgresAdapter {
  override async acquireMigrationLock(): Promise<void> {}
  override async releaseMigrationLock(): Promise<void> {}
}

/**
 * Locks and constraints keep concurrent writes apart, for which READ COMMITTED is enough, whatever
 * the database's default is. A transaction that the server has rolled back to let another one pass is run again.
 */
async function writeUntilCommitted<T>(db: Database, work: (transaction: Database) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().setIsolationLevel('read committed').execute(work);
    } catch (error) {
      if (!(error instanceof DatabaseError && error.rolledBack) || attempt === ATTEMPTS) throw error;
      await sleep(FIRST_PAUSE * 2 ** attempt * Math.random());
    }
  }
}
