import {
  chmodSync,
  copyFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../../server/store/store.ts';
import { temporaryFolder } from '../../helpers/folder.ts';
import { silent } from '../../helpers/log.ts';
import {
  ended,
  readConfig,
  readiness,
  send,
  testServer,
  update,
  withAuth,
  withEnvironment,
} from '../../helpers/server.ts';

describe('a SQLite file', () => {
  it.skipIf(process.platform === 'win32')('is for its owner alone, as are the logs beside it', async () => {
    const database = join(temporaryFolder(), 'backend.db');
    writeFileSync(database, '', { mode: 0o644 });
    chmodSync(database, 0o644);
    const { url } = await testServer({ database });
    await withEnvironment(url);
    for (const file of [database, `${database}-wal`, `${database}.key`]) {
      expect((statSync(file).mode & 0o777).toString(8), file).toBe('600');
    }
  });

  it.skipIf(process.platform === 'win32')(
    'that is gone takes no write: changes get the documented 504, /readyz 503, until it is back',
    async () => {
      const database = join(temporaryFolder(), 'backend.db');
      const { url } = await testServer({ database });
      const place = await withAuth(url);
      expect(await readiness(url)).toBe(200);
      renameSync(database, `${database}.elsewhere`);
      const refused = await send(place.auth, update({ passwordPolicy: { minimumLength: 12 } }));
      expect([refused.status, refused.body.__type]).toEqual([504, 'GatewayTimeoutException']);
      expect(await readiness(url)).toBe(503);

      renameSync(`${database}.elsewhere`, database);
      expect(await readiness(url)).toBe(200);
      const answer = await send(place.auth, update({ passwordPolicy: { minimumLength: 12 } }));
      expect((await ended(url, answer)).status).toBe('COMPLETED');
    },
  );

  it.skipIf(process.platform === 'win32')(
    'whose log was deleted loses nothing: what it had is put into the file, and the log is made anew',
    async () => {
      const folder = temporaryFolder();
      const database = join(folder, 'backend.db');
      const { url } = await testServer({ database });
      const place = await withAuth(url);
      rmSync(`${database}-wal`);
      const answer = await send(place.auth, update({ passwordPolicy: { minimumLength: 12 } }));
      expect((await ended(url, answer)).status).toBe('COMPLETED');

      // As another process would find it after `kill -9`.
      const copy = join(folder, 'copy.db');
      for (const suffix of ['', '-wal', '.key']) copyFileSync(`${database}${suffix}`, `${copy}${suffix}`);
      const found = await testServer({ database: copy });
      const at = { ...place, auth: place.auth.replace(url, found.url) };
      expect(await readConfig(at)).toMatchObject({ userPoolConfigs: { passwordPolicy: { minimumLength: 12 } } });
    },
  );

  it('that is found damaged is said by /readyz for as long as it is open', async () => {
    const database = join(temporaryFolder(), 'backend.db');
    const first = await testServer({ database });
    await withEnvironment(first.url);
    await first.stop();
    // A request reads this, the start does not.
    damage(database, 'sqlite_autoindex_backend_environment_1');

    // Without a worker, which looks for old jobs when it starts, nobody finds it before the request does.
    const { url } = await testServer({ database, role: 'api' });
    expect(await readiness(url)).toBe(200);
    const answer = await send(`${url}/backend`, { appId: 'd1', appName: 'shop', backendEnvironmentName: 'staging' });
    expect([answer.status, answer.body.__type]).toEqual([504, 'GatewayTimeoutException']);
    expect(await readiness(url)).toBe(503);
  });
});

/** Overwrites the first page of a table or an index. */
function damage(file: string, table: string): void {
  const database = new DatabaseSync(file);
  const row = database.prepare('select rootpage from sqlite_master where name = ?').get(table);
  database.close();
  const bytes = readFileSync(file);
  const size = bytes.readUInt16BE(16);
  const page = Number(row?.rootpage);
  bytes.fill(0xa5, (page - 1) * size, page * size);
  writeFileSync(file, bytes);
}

it('an opened file that was not there before is made', async () => {
  const database = join(temporaryFolder(), 'new', 'backend.db');
  const store = await openStore(database, silent);
  await store.close();
  expect(existsSync(database)).toBe(true);
});
