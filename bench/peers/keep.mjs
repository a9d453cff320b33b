// The least that an update must do to be durable: one row a request, on disk before it is answered.
import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';

/** Keeps the request in the SQLite file named by the first argument; answers as UpdateBackendAuth does. */
export function keeper(file) {
  const database = new DatabaseSync(file);
  database.exec('pragma journal_mode = wal; pragma synchronous = full');
  database.exec('create table job (id text primary key, app_id text, environment text, config text) strict');
  const insert = database.prepare('insert into job values (?, ?, ?, ?)');
  return (appId, backendEnvironmentName, body) => {
    const jobId = randomUUID();
    insert.run(jobId, appId, backendEnvironmentName, JSON.stringify(body.resourceConfig));
    return { appId, backendEnvironmentName, jobId, operation: 'UpdateBackendAuth', status: 'RUNNING' };
  };
}
