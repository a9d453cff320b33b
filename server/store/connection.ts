import type { Database } from './schema.ts';
import type { Snapshot } from './snapshot.ts';

/** A driver's part of the store. */
export interface Connection {
  /** For reading outside of any transaction. */
  readonly db: Database;
  /** How many connections to the database there are, by state; undefined where there is but one. */
  readonly pool: (() => Readonly<Record<string, number>>) | undefined;
  /**
   * Runs `work` in a transaction: all of it is on disk when this resolves, none of it when it rejects, but for a
   * connection that was lost while it committed. `work` may wait for nothing but `transaction`, since others' writes wait
   * for it, and may run several times.
   */
  write<T>(work: (transaction: Database) => Promise<T>): Promise<T>;
  /** Opens the rows as they are now for reading, beside everything else. */
  snapshot(): Promise<Snapshot>;
  /** Whether the data was found damaged. */
  isDamaged(): boolean;
  close(): Promise<void>;
}

export interface Store extends Connection {
  /** Whether other processes may use the same database at the same time. */
  readonly shared: boolean;
  /** Whether the database can be read and written. */
  ping(): Promise<boolean>;
}
