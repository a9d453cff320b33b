import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { openStore as open, StoreError } from '../../../server/store/store.ts';
import { temporaryFolder } from '../../helpers/folder.ts';

const openStore = (database: string) => open(database, pino({ level: 'silent' }));

async function refusal(database: string): Promise<string> {
  const error = await openStore(database).then(
    async (store) => {
      await store.close();
      return undefined;
    },
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(StoreError);
  const { message } = error as StoreError;
  expect(message).not.toContain('\n');
  return message;
}

it('makes the file and its folders', async () => {
  const database = join(temporaryFolder(), 'a', 'b', 'backend.db');
  await (await openStore(database)).close();
  expect(existsSync(database)).toBe(true);
});

it('opens again what it made, with what is in it', async () => {
  const database = join(temporaryFolder(), 'backend.db');
  const first = await openStore(database);
  const app = { app_id: 'd1', app_name: 'shop', create_time: 1 };
  await first.write((transaction) => transaction.insertInto('app').values(app).execute());
  await first.close();
  const second = await openStore(database);
  expect(await second.db.selectFrom('app').selectAll().execute()).toEqual([app]);
  await second.close();
});

it('keeps nothing of a write that fails', async () => {
  const store = await openStore(':memory:');
  const app = { app_id: 'd1', app_name: 'shop', create_time: 1 };
  const failing = store.write(async (transaction) => {
    await transaction.insertInto('app').values(app).execute();
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await store.db.selectFrom('app').selectAll().execute()).toEqual([]);
  await store.close();
});

it('refuses a database that a newer version has written, in one sentence', async () => {
  const database = join(temporaryFolder(), 'backend.db');
  const store = await openStore(database);
  await store.write((transaction) =>
    transaction
      .insertInto('kysely_migration' as never)
      .values({ name: '999-from-the-future', timestamp: '2099-01-01T00:00:00.000Z' } as never)
      .execute(),
  );
  await store.close();
  expect(await refusal(database)).toBe(
    'The database was written by a newer version (it has the migration 999-from-the-future). Use that version, or another database.',
  );
});

it('refuses a database that another server uses', async () => {
  const database = join(temporaryFolder(), 'backend.db');
  const store = await openStore(database);
  expect(await refusal(database)).toContain('is in use by another process');
  await store.close();
});

it('refuses a file that is not a database, and leaves it alone', async () => {
  const file = join(temporaryFolder(), 'notes.txt');
  writeFileSync(file, 'These are my notes, which are longer than the header of a SQLite file would be.'.repeat(20));
  expect(await refusal(file)).toContain('is not a SQLite database');
});

it('refuses a folder', async () => {
  expect(await refusal(temporaryFolder())).toContain("can't be opened");
});

it('lets one job hold an environment, and one request start a job, by constraints of the database', async () => {
  const store = await openStore(':memory:');
  const hold = (job_id: string) =>
    store.db.insertInto('hold').values({ app_id: 'd1', environment: 'staging', job_id }).execute();
  await hold('1');
  await expect(hold('2')).rejects.toThrow(/UNIQUE/);
  const job = (id: string, retry_key: string | null) =>
    store.db
      .insertInto('job')
      .values({
        ...{ id, retry_key, app_id: 'd1', environment: 'staging', operation: 'X', status: 'RUNNING' },
        ...{ create_time: 1, update_time: 1, work: '[]', outside: 1, run_time: 1, leases_lost: 0 },
      })
      .execute();
  await job('1', 'key');
  await job('2', null);
  await job('3', null);
  await expect(job('4', 'key')).rejects.toThrow(/UNIQUE/);
  await store.close();
});
