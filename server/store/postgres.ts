import { Kysely, PostgresDialect } from 'kysely';
import { Pool, types } from 'pg';
import type { Logger } from 'pino';
import type { Tables } from './schema.ts';
import type { Connection } from './store.ts';

const CONNECTIONS = 10;
// A database that is away is told to the caller at once, and one that hangs soon (ms).
const CONNECT_TIMEOUT = 2_000;
const QUERY_TIMEOUT = 10_000;

const BIGINT = 20; // pg_type: int8

/** Connects to PostgreSQL as requests need it; a lost connection is replaced by the next request. */
export function connectPostgres(url: string, log: Logger): Connection {
  const pool = new Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    query_timeout: QUERY_TIMEOUT,
    statement_timeout: QUERY_TIMEOUT,
    application_name: 'amplify-backend-auth',
    types: {
      // Times fit a double: milliseconds until the year 287396.
      getTypeParser: ((type: number, format?: 'text' | 'binary') =>
        type === BIGINT ? Number : types.getTypeParser(type, format as 'text')) as typeof types.getTypeParser,
    },
  });
  // Without a listener, the loss of a connection would end the process: the pool has those that are idle, and each
  // client itself is told while it is in use but between two queries.
  const lost = (error: Error) => log.warn({ err: error }, 'a database connection was lost');
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', lost));
  const connections = () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount });
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return {
    db,
    pool: connections,
    write: (work) => db.transaction().execute(work),
    close: () => db.destroy(),
  };
}
