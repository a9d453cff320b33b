import { randomUUIDv7 } from 'node:crypto';
import { pino } from 'pino';
import { openStore } from '../server/store/store.ts';
import { chunksOfNames, update } from './environments.ts';

/** Puts an update of each environment of `apps` apps into the queue, as if the server had been asked for all of them. */
export async function fillBacklog(database: string, apps: number): Promise<void> {
  const store = await openStore(database, pino({ level: 'silent' }));
  const now = Date.now();
  const running = { operation: 'UpdateBackendAuth', status: 'RUNNING', create_time: now, update_time: now } as const;
  try {
    for (let app = 0; app < apps; app += 1) {
      const app_id = `app${app}`;
      await store.write(async (db) => {
        for (const names of chunksOfNames()) {
          const jobs = names.map((environment) => ({ id: randomUUIDv7(), environment }));
          const rows = jobs.map(({ id, environment }) => {
            const change = {
              kind: 'put-auth',
              appId: app_id,
              environment,
              resourceName: 'auth',
              config: update.resourceConfig,
            };
            return {
              id,
              app_id,
              ...running,
              environment,
              outside: 1,
              work: JSON.stringify([change]),
              run_time: now,
              leases_lost: 0,
            };
          });
          await db.insertInto('job').values(rows).execute();
          const holds = jobs.map(({ id, environment }) => ({ app_id, environment, job_id: id }));
          await db.insertInto('hold').values(holds).execute();
        }
      });
    }
  } finally {
    await store.close();
  }
}

/** How many jobs were completed a second, from the first of them to the last. Throws where one was not. */
export async function drained(database: string, count: number): Promise<number> {
  const store = await openStore(database, pino({ level: 'silent' }));
  try {
    const { ended, first, last } = await store.db
      .selectFrom('job')
      .select(({ fn }) => [
        fn.countAll().as('ended'),
        fn.min('update_time').as('first'),
        fn.max('update_time').as('last'),
      ])
      .where('status', '=', 'COMPLETED')
      .executeTakeFirstOrThrow();
    if (Number(ended) !== count) throw new Error(`${ended} of ${count} jobs were completed: void.`);
    return count / ((Number(last) - Number(first)) / 1000);
  } finally {
    await store.close();
  }
}

/** Whether no job is left to do. Only where other processes may read the same database: PostgreSQL. */
export async function isEmpty(database: string): Promise<boolean> {
  const store = await openStore(database, pino({ level: 'silent' }));
  try {
    const query = store.db.selectFrom('job').select('id').where('status', '=', 'RUNNING').limit(1);
    return (await query.executeTakeFirst()) === undefined;
  } finally {
    await store.close();
  }
}
