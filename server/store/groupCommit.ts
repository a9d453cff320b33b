import type { DatabaseSync, StatementSync } from 'node:sqlite';

interface Waiting {
  readonly work: () => Promise<unknown>;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

interface Hooks {
  /** Runs before each transaction. */
  readonly before?: () => void;
  /** Runs before each commit, and throws where nothing may be committed. */
  readonly check?: () => void;
}

// So many share a transaction at the most: the event loop waits for it.
const MAX_GROUP = 512;

/**
 * Lets writes that arrive in the same turn of the event loop share one transaction, since most of a write's time goes
 * into waiting for the disk. Each runs in a savepoint, so that one that fails takes back its own work alone, and each
 * is answered only when all of them are on disk.
 *
 * A write may wait for nothing but the database.
 */
export class GroupCommit {
  readonly #database: DatabaseSync;
  readonly #hooks: Hooks;
  readonly #savepoint: StatementSync;
  readonly #release: StatementSync;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;
  #scheduled = false;

  constructor(database: DatabaseSync, hooks: Hooks = {}) {
    this.#database = database;
    this.#hooks = hooks;
    this.#savepoint = database.prepare('savepoint one');
    this.#release = database.prepare('release one');
  }

  /** The transaction that is open, or undefined. */
  readonly running = (): Promise<void> | undefined => this.#running;

  write<T>(work: () => Promise<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    this.#waiting.push({ work, resolve, reject });
    this.#schedule();
    return promise;
  }

  /** Settles when nothing waits any more. */
  async drain(): Promise<void> {
    while (this.#scheduled) await new Promise<void>((resolve) => setImmediate(resolve));
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#running = this.#commit(this.#waiting.splice(0, MAX_GROUP)).finally(() => {
        this.#running = undefined;
        this.#scheduled = false;
        if (this.#waiting.length > 0) this.#schedule();
      });
    });
  }

  async #commit(group: readonly Waiting[]): Promise<void> {
    const settle: (() => void)[] = [];
    try {
      this.#hooks.before?.();
      this.#database.exec('begin immediate');
      for (const { work, resolve, reject } of group) {
        this.#savepoint.run();
        try {
          const value = await work();
          settle.push(() => resolve(value as never));
        } catch (error) {
          // A full disk ends the whole transaction, and with it what the neighbours did.
          if (!this.#database.isTransaction) throw error;
          this.#database.exec('rollback to one');
          settle.push(() => reject(error));
        }
        this.#release.run();
      }
      this.#hooks.check?.();
      this.#database.exec('commit');
    } catch (error) {
      this.#rollback();
      for (const { reject } of group) reject(error);
      return;
    }
    for (const one of settle) one();
  }

  #rollback(): void {
    try {
      if (this.#database.isTransaction) this.#database.exec('rollback');
    } catch {
      // Where the disk fails, SQLite has rolled back already, or does so when the file is opened again.
    }
  }
}
