import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Logger } from 'pino';
import { literal, RUNNING, Statement } from '../store/statement.ts';
import type { Database, Store } from '../store/store.ts';
import { WHOLE_APP } from './job.ts';

export interface Keep {
  /** How long a job is kept, in ms from its start. */
  readonly age: number;
  /** How many jobs of each environment are kept. */
  readonly perEnvironment: number;
}

interface Environment {
  readonly app_id: string;
  readonly environment: string;
}

/** So many jobs are deleted in one transaction, between which others run. */
const BATCH = 200;
const EVERY = 60 * 60 * 1000; // ms

const nextEnvironment = new Statement((db, after: Environment) =>
  db
    .selectFrom('job')
    .select(['app_id', 'environment'])
    .where(({ eb, refTuple, tuple }) =>
      eb(refTuple('app_id', 'environment'), '>', tuple(after.app_id, after.environment)),
    )
    .orderBy('app_id')
    .orderBy('environment')
    .limit(literal(1)),
);

/** The newest of the jobs that are too many, counted from the newest of all. */
const firstTooMany = new Statement((db, { app_id, environment, count }: Environment & { readonly count: number }) =>
  db
    .selectFrom('job')
    .select('create_time')
    .where('app_id', '=', app_id)
    .where('environment', '=', environment)
    .orderBy('create_time', 'desc')
    .orderBy('id', 'desc')
    .limit(literal(1))
    .offset(count),
);

const deleted = new Statement(
  (db, job: Environment & { readonly now: number; readonly age: number; readonly before: number }, { time }) =>
    db
      .deleteFrom('job')
      .where('id', 'in', (query) =>
        query
          .selectFrom('job')
          .select('id')
          .where('app_id', '=', job.app_id)
          .where('environment', '=', job.environment)
          .where('status', '!=', RUNNING)
          .where(({ eb, or }) =>
            or([eb('create_time', '<', eb(time(job.now), '-', job.age)), eb('create_time', '<=', job.before)]),
          )
          .orderBy('create_time')
          .limit(literal(BATCH)),
      )
      .returning('id'),
);

const unlisted = new Statement((db, { ids }: { ids: string }, { strings }) =>
  db.deleteFrom('job_listing').where('job_id', 'in', strings(ids)),
);

async function deleteBatch(db: Database, environment: Environment, keep: Keep, before: number, now: number) {
  const ids = (await deleted.all(db, { ...environment, age: keep.age, before, now })).map(({ id }) => id);
  if (environment.environment === WHOLE_APP) await unlisted.run(db, { ids: JSON.stringify(ids) });
  return ids.length;
}

/** Deletes the jobs that have ended and are not to be kept. Answers how many. */
export async function prune(store: Store, keep: Keep, now: number, signal?: AbortSignal): Promise<number> {
  let count = 0;
  const isOver = () => signal?.aborted === true;
  let environment: Environment | undefined = { app_id: '', environment: '' };
  while (!isOver()) {
    environment = await nextEnvironment.first(store.db, environment);
    if (environment === undefined) return count;
    const at: Environment = environment;
    const tooMany = await firstTooMany.first(store.db, { ...at, count: keep.perEnvironment });
    const before = Number(tooMany?.create_time ?? -1);
    let last: number;
    do {
      last = await store.write((db) => deleteBatch(db, at, keep, before, now));
      count += last;
    } while (last === BATCH && !isOver());
    await nextTurn();
  }
  return count;
}

/** Prunes now and then, until it is stopped. */
export function startPruning(store: Store, keep: Keep, clock: () => number, log: Logger): () => void {
  const stopping = new AbortController();
  let isRunning = false;
  const run = async (): Promise<void> => {
    if (isRunning) return;
    isRunning = true;
    try {
      const jobs = await prune(store, keep, clock(), stopping.signal);
      if (jobs > 0) log.info({ jobs }, 'old jobs were deleted');
    } catch (error) {
      if (!stopping.signal.aborted) log.warn({ err: error }, 'old jobs could not be deleted; it is tried again later');
    } finally {
      isRunning = false;
    }
  };
  const timer = setInterval(() => void run(), EVERY);
  timer.unref();
  return () => {
    stopping.abort();
    clearInterval(timer);
  };
}
