import type { components } from '../../generated/admin/schema.ts';
import type { Secrets } from '../auth/secrets.ts';
import { badRequest } from '../exceptions.ts';
import type { Worker } from '../jobs/worker.ts';
import { JobAtWorkElsewhere, NO_STATE, readState, replaceState, type State } from '../store/state.ts';
import { isConstraintViolation, type Store } from '../store/store.ts';
import type { Seeding } from './seeding.ts';
import { fromFile, type StateFile, toFile } from './stateFile.ts';

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
    await this.#replace(NO_STATE);
    seeding.restart();
    await afterReset();
  }

  /** Without a passphrase, secrets are left out. */
  async save(passphrase: string | undefined): Promise<StateFile> {
    const { store, secrets, seeding } = this.#options;
    return toFile(await readState(store), secrets, passphrase, seeding.clock());
  }

  async restore(file: StateFile, passphrase: string | undefined): Promise<void> {
    const { secrets, seeding } = this.#options;
    await this.#replace(await fromFile(file, secrets, passphrase));
    seeding.goOnAfter(file.jobs.length);
  }

  async summary(): Promise<Summary> {
    const state = await readState(this.#options.store);
    const { app, backend_environment: environments, auth_resource: authResources, job } = state;
    return {
      apps: app.length,
      environments: environments.length,
      authResources: authResources.length,
      jobs: job.length,
    };
  }

  async #replace(state: State): Promise<void> {
    const { store, worker, wake, seeding } = this.#options;
    try {
      const replace = async () => {
        await replaceState(store, state, seeding.clock());
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
