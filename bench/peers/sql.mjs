// node sql.mjs URL STATEMENT: runs one statement on a PostgreSQL server.
import pg from 'pg';

const [connectionString, statement] = process.argv.slice(2);
const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2_000 });
await client.connect();
await client.query(statement);
await client.end();
