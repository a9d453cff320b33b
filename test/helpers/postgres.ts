import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { onTestFinished } from 'vitest';

/** Where a server is that this may make databases on. */
const SERVER = process.env.POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';

/** A bound on a connection that hangs; where no one listens, it is refused at once. A busy machine takes its time (ms). */
const PATIENCE = 60_000;

async function ask(sql: string): Promise<void> {
  const client = new Client({ connectionString: SERVER, connectionTimeoutMillis: PATIENCE });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Whether there is one. Where there is none its tests are skipped, but never in CI. */
export const hasPostgres = await ask('select 1').then(
  () => true,
  () => process.env.CI === 'true',
);
if (!hasPostgres) console.warn('Skipped: no PostgreSQL at 127.0.0.1:5432; set POSTGRES_URL to test with another one.');

/** The url of a new database that is dropped when the test ends. */
export async function postgresDatabase(): Promise<string> {
  const name = `backend_auth_${randomUUID().replaceAll('-', '')}`;
  await ask(`create database ${name}`);
  onTestFinished(() => ask(`drop database ${name} with (force)`));
  const url = new URL(SERVER);
  url.pathname = `/${name}`;
  return url.href;
}
