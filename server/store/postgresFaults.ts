import { DatabaseError } from './faults.ts';

// https://www.postgresql.org/docs/current/errcodes-appendix.html
const UNIQUE_VIOLATION = '23505';
const ROLLED_BACK = new Set(['40001', '40P01']); // serialization failure, deadlock
/**
 * Connection, authorization, catalog, rollback, resources, state of objects, operator's intervention, system, configuration,
 * internal: by their class. No statement of ours is at fault, and who runs the database can mend it.
 */
const PASSING_CLASSES = new Set(['08', '28', '3D', '3F', '40', '53', '55', '57', '58', 'F0', 'XX']);
const READ_ONLY = '25006'; // the server is a standby, or was made read-only
const PASSING = new Set([
  READ_ONLY,
  '25P03', // a transaction waited too long
  '25P04', // a transaction took too long
  '42501', // a right was taken away
  '42P01', // a table is not there: a backup is put back
]);
/** After these the connection is of no use. One that can only read stays so, also when others can write again. */
const LOST_CLASSES = new Set(['08', '57P']);
const LOST = new Set([READ_ONLY, '25P03', '25P04']);
const STARTUP_REFUSED = /unsupported startup parameter/;
const TOO_MANY_CONNECTIONS = '53300';

const stateOf = (error: unknown): string | undefined => {
  const { code, severity } = error as { code?: unknown; severity?: unknown };
  return typeof code === 'string' && typeof severity === 'string' ? code : undefined;
};

export const isTooManyConnections = (error: unknown): boolean => stateOf(error) === TOO_MANY_CONNECTIONS;

/** Whether the connection may be in any state, or is closed: the server did not answer with an error of a statement. */
export function losesConnection(error: unknown): boolean {
  const state = stateOf(error);
  return (
    state === undefined || LOST.has(state) || LOST_CLASSES.has(state.slice(0, 2)) || LOST_CLASSES.has(state.slice(0, 3))
  );
}

/** Whether a pooler, such as PgBouncer, does not take a setting that came with the first message of the connection. */
export const isStartupRefused = (error: unknown): boolean => STARTUP_REFUSED.test((error as Error).message);

/** Why there is no connection: whatever it is, the same may succeed later. */
export const fromConnecting = (error: unknown): DatabaseError =>
  new DatabaseError((error as Error).message, { kind: 'passing', cause: error });

/** An error of the driver as one of the store. */
export function fromPostgres(error: unknown): DatabaseError {
  if (error instanceof DatabaseError) return error;
  const { message } = error as Error;
  const state = stateOf(error);
  if (state === undefined) {
    // The driver's own errors and the sockets' have no SQLSTATE. A bug in a caller has none, either.
    const kind = error instanceof TypeError || error instanceof RangeError ? 'lasting' : 'passing';
    return new DatabaseError(message, { kind, cause: error });
  }
  if (state === UNIQUE_VIOLATION) return new DatabaseError(message, { kind: 'unique', cause: error });
  if (state.startsWith('23')) return new DatabaseError(message, { kind: 'constraint', cause: error });
  const passing = PASSING.has(state) || PASSING_CLASSES.has(state.slice(0, 2));
  const rolledBack = ROLLED_BACK.has(state);
  return new DatabaseError(message, { kind: passing ? 'passing' : 'lasting', rolledBack, cause: error });
}
