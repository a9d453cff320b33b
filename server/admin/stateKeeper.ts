import type { components } from '../../generated/admin/schema.ts';
import type { Secrets } from '../auth/secrets.ts';
import { badRequest } from '../exceptions.ts';
import type { Worker } from '../jobs/worker.ts';
import { countRows, type Insert, JobAtWorkElsewhere, replaceState } from '../store/state.ts';
import { type Database, isConstraintViolation, type Store } from '../store/store.ts';
import type { Seeding } from './seeding.ts';
import { rowsFrom, type SentState } from './stateReading.ts';
import { stateText } from './stateWriting.ts';

export type Summary = components['schemas']['StateSummary'];

/** How long to wait for jobs to stop, in ms: less than a request may take. */
const STOP_TIMEOUT = 10_000;

interface StateKeeperOptions {
  readonly store: Store;
  readonly secrets: Secrets;
  /** The worker of this process, if it has one. */
  readonly worker: Pick<Worker, 'whileIdle'> | undefined;
  /** Has jobs looked for. */
  readonly wake: () => void;
  readonly seeding: Seeding;
  /** Done after a reset: what else was asked of the server is taken back, what it starts with is made again. */
  readonly afterReset: () => Promise<void>;
}

/** Empties, saves and restores the whole state. */
export class StateKeeper {
  readonly #options: StateKeeperOptions;

  constructor(options: StateKeeperOptions) {
    this.#options = options;
  }

  async reset(): Promise<void> {
    const { seeding, afterReset } = this.#options;
    await this.#replace(async () => {});
    seeding.restart();
    await afterReset();
  }

  /** The state as it is now, as the text of a file. Without a passphrase, secrets are left out. */
  async save(passphrase: string | undefined): Promise<AsyncIterator<string>> {
    const { store, secrets, seeding } = this.#options;
    const now = seeding.clock();
    const { db, close } = await store.snapshot();
    return closing(stateText(db, secrets, passphrase, now), close);
  }

  /** @param signal Aborts where the caller has gone: then, nothing is changed. */
  async restore(file: SentState, passphrase: string | undefined, signal: AbortSignal): Promise<void> {
    const { secrets, seeding } = this.#options;
    const assertThere = () => {
      if (signal.aborted) throw badRequest('The caller has gone. Nothing was changed.');
    };
    const fill = await rowsFrom(file, secrets, passphrase);
    let jobs = 0;
    await this.#replace(async (insert, db) => {
      jobs = await fill(async (...rows) => {
        assertThere();
        await insert(...rows);
      }, db);
      assertThere();
    });
    seeding.goOnAfter(jobs);
  }

  async summary(): Promise<Summary> {
    const { db } = this.#options.store;
    return {
      apps: await countRows(db, 'app'),
      environments: await countRows(db, 'backend_environment'),
      authResources: await countRows(db, 'auth_resource'),
      jobs: await countRows(db, 'job'),
    };
  }

  async #replace(fill: (insert: Insert, db: Database) => Promise<void>): Promise<void> {
    const { store, worker, wake, seeding } = this.#options;
    try {
      const replace = async () => {
        await replaceState(store, seeding.clock(), fill);
        return true;
      };
      const replaced = worker === undefined ? await replace() : await worker.whileIdle(STOP_TIMEOUT, replace);
      if (replaced === undefined) throw badRequest('A job that runs does not stop; try again when it has ended.');
    } catch (error) {
      if (error instanceof JobAtWorkElsewhere) {
        throw badRequest(`${error.message} Another instance of the server has it; try again when it has ended.`);
      }
      if (isConstraintViolation(error)) {
        throw badRequest(
          'The state contradicts itself: an id is there twice, or something belongs to what is not there.',
        );
      }
      throw error;
    } finally {
      wake();
    }
  }
}

/** Closes what is read from when the last of it was read, when reading fails, or when no one reads on. */
function closing(pieces: AsyncIterator<string>, close: () => Promise<void>): AsyncIterator<string> {
  let closed: Promise<void> | undefined;
  const closeOnce = () => {
    closed ??= close();
    return closed;
  };
  return {
    async next() {
      try {
        const result = await pieces.next();
        if (result.done) await closeOnce();
        return result;
      } catch (error) {
        await closeOnce();
        throw error;
      }
    },
    async return() {
      // A step that is on its way ends first.
      await pieces.return?.();
      await closeOnce();
      return { done: true, value: undefined };
    },
  };
}
