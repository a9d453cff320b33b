/** The owner of the database can mend this; the message says how, in one sentence. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}

/**
 * - `passing`: the database was away, slow, full or read-only, or gave way to another transaction. The same may succeed later.
 * - `unique`: another row has the key.
 * - `constraint`: what was written contradicts itself or what is there.
 * - `lasting`: the same will fail again.
 */
type Kind = 'passing' | 'unique' | 'constraint' | 'lasting';

interface Details {
  readonly kind: Kind;
  /** The transaction was rolled back for certain and may be run again at once. */
  readonly rolledBack?: boolean;
  readonly cause?: unknown;
}

/** An error of the database. Its message is the driver's: it belongs in the log, and in no answer. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly kind: Kind;
  readonly rolledBack: boolean;

  constructor(message: string, { kind, rolledBack = false, cause }: Details) {
    super(message, { cause });
    this.kind = kind;
    this.rolledBack = rolledBack;
  }
}

const is = (error: unknown, ...kinds: Kind[]): boolean => error instanceof DatabaseError && kinds.includes(error.kind);

export const isDatabaseError = (error: unknown): error is DatabaseError => error instanceof DatabaseError;
export const isPassing = (error: unknown): boolean => is(error, 'passing');
export const isUniqueViolation = (error: unknown): boolean => is(error, 'unique');
/** Whether a write failed because it contradicts itself or what is there. */
export const isConstraintViolation = (error: unknown): boolean => is(error, 'unique', 'constraint');

/**
 * Refuses text that PostgreSQL can't store and SQLite would store changed. Requests are checked before they get here;
 * this keeps whatever slips through from being stored as something else.
 */
export function assertStorable(parameters: readonly unknown[]): void {
  for (const value of parameters) {
    if (typeof value === 'string' && (value.includes('\0') || !value.isWellFormed())) {
      throw new DatabaseError('Text to store must be well-formed Unicode without NUL.', { kind: 'lasting' });
    }
  }
}
