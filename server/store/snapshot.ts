import type { Database } from './schema.ts';

/** The rows as they were at one moment, however long they are read and whatever is written meanwhile. */
export interface Snapshot {
  readonly db: Database;
  /** To be called once, however reading ends. */
  close(): Promise<void>;
}
