import { DatabaseSync } from 'node:sqlite';
import { setImmediate as turn } from 'node:timers/promises';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findApp } from '../../../server/auth/backends.ts';
import { GroupCommit } from '../../../server/store/groupCommit.ts';
import { openStore, type Store } from '../../../server/store/store.ts';

/** A database that counts what it commits. */
class Counting extends DatabaseSync {
  commits = 0;

  override exec(sql: string): void {
    super.exec(sql);
    if (sql === 'commit') this.commits++;
  }
}

function open() {
  const database = new Counting(':memory:');
  onTestFinished(() => database.close());
  database.exec('create table note (id integer primary key, text)');
  const add = (id: number, text = '') => database.prepare('insert into note values (?, ?)').run(id, text);
  const ids = () =>
    database
      .prepare('select id from note order by id')
      .all()
      .map(({ id }) => id);
  return { database, commits: new GroupCommit(database), add, ids };
}

async function openInMemory(): Promise<Store> {
  const store = await openStore(':memory:', pino({ level: 'silent' }));
  onTestFinished(() => store.close());
  return store;
}

const app = (app_id: string) => ({ app_id, app_name: 'shop', create_time: 1 });

describe('writes that arrive in the same turn of the event loop', () => {
  it('share one transaction, and each gets its own answer', async () => {
    const { database, commits, add, ids } = open();
    const written = [1, 2, 3].map((id) => commits.write(async () => add(id) && id * 10));
    expect(await Promise.all(written)).toEqual([10, 20, 30]);
    expect([ids(), database.commits]).toEqual([[1, 2, 3], 1]);
  });

  it('are answered only once all of them are committed', async () => {
    const { database, commits, add } = open();
    const committed = [1, 2, 3].map((id) => commits.write(async () => add(id)).then(() => database.commits));
    expect(await Promise.all(committed)).toEqual([1, 1, 1]);
  });

  it('do not fail with a neighbour, which takes back its own work alone', async () => {
    const { database, commits, add, ids } = open();
    const failing = async () => {
      add(2);
      await null;
      throw new Error('no');
    };
    const outcomes = await Promise.allSettled([
      commits.write(async () => add(1)),
      commits.write(failing),
      commits.write(async () => add(1)), // breaks a constraint
      commits.write(async () => add(3)),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect([ids(), database.commits]).toEqual([[1, 3], 1]);
  });

  it('fail together where the whole transaction is lost, and leave nothing; the next ones work', async () => {
    const { database, commits, add, ids } = open();
    const { page_count } = database.prepare('pragma page_count').get() as { page_count: number };
    database.exec(`pragma max_page_count = ${page_count}`);
    const outcomes = await Promise.allSettled([
      commits.write(async () => add(1)),
      commits.write(async () => add(2, 'x'.repeat(100_000))), // SQLITE_FULL
      commits.write(async () => add(3)),
    ]);
    expect(outcomes[1]?.status).toBe('rejected');
    expect(ids()).toEqual(outcomes.flatMap(({ status }, index) => (status === 'fulfilled' ? [index + 1] : [])));
    await commits.write(async () => add(4));
    expect(ids()).toContain(4);
  });

  it('go into further transactions where there are more than one should hold', async () => {
    const { database, commits, add, ids } = open();
    await Promise.all(Array.from({ length: 1200 }, (_, id) => commits.write(async () => add(id))));
    expect([ids().length, database.commits]).toEqual([1200, 3]);
  });
});

describe('a read beside a write', () => {
  it('never sees what may still be taken back', async () => {
    const store = await openInMemory();
    const seen: unknown[] = [];
    const failing = store.write(async (transaction) => {
      await transaction.insertInto('app').values(app('d1')).execute();
      // Both ways to read: by Kysely, and by a statement that is run directly.
      seen.push(
        store.db.selectFrom('app').selectAll().execute(),
        findApp(store.db, 'd1').then((found) => (found === undefined ? [] : [found])),
      );
      for (let tick = 0; tick < 50; tick++) await null;
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await Promise.all(seen)).toEqual([[], []]);
  });

  it('sees what was answered as written', async () => {
    const store = await openInMemory();
    await store.write((transaction) => transaction.insertInto('app').values(app('d1')).execute());
    expect(await findApp(store.db, 'd1')).toEqual({ appId: 'd1', appName: 'shop' });
  });
});

it('closing waits for the writes that wait', async () => {
  const store = await openStore(':memory:', pino({ level: 'silent' }));
  const written = store.write((transaction) => transaction.insertInto('app').values(app('d1')).execute());
  await store.close();
  await expect(written).resolves.toBeDefined();
  await turn();
});
