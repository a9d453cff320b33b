import { randomUUID } from 'node:crypto';
import { CONTENDERS, run } from './processes.ts';

/** Where a server is that this may make databases on. */
const SERVER = process.env.POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';

/** `pg` belongs to the server's package, and to a process of its own here. */
const ask = (sql: string) =>
  run([process.execPath, `${CONTENDERS}/sql.mjs`, SERVER, sql]).then(
    () => true,
    () => false,
  );

/** A new database that is gone after `work`; undefined, without any work, where there is no PostgreSQL. */
export async function withPostgres<T>(work: (url: string) => Promise<T>): Promise<T | undefined> {
  const name = `backend_auth_bench_${randomUUID().replaceAll('-', '')}`;
  if (!(await ask(`create database ${name}`))) return undefined;
  const url = new URL(SERVER);
  url.pathname = `/${name}`;
  try {
    return await work(url.href);
  } finally {
    await ask(`drop database ${name} with (force)`);
  }
}
