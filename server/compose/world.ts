import crypto from 'node:crypto';
import { type Logger, pino } from 'pino';

/** The outside world, as the server sees it. Tests hand in their own. */
export interface WorldOptions {
  /** @default a logger that writes nothing */
  readonly log?: Logger | undefined;
  /** Returns milliseconds since 1970-01-01 UTC. @default `Date.now` */
  readonly clock?: (() => number) | undefined;
  /** Returns an id that nobody else has. @default UUIDs, version 7 where Node has them */
  readonly newId?: (() => string) | undefined;
}

export interface World {
  readonly log: Logger;
  readonly clock: () => number;
  readonly newId: () => string;
}

// Ids that grow with time keep the newest rows of an index side by side. Node has them since 26.1.
const uuid: () => string = crypto.randomUUIDv7 ?? crypto.randomUUID;

export const worldOf = ({ log, clock, newId }: WorldOptions): World => ({
  log: log ?? pino({ level: 'silent' }),
  clock: clock ?? Date.now,
  newId: newId ?? uuid,
});
