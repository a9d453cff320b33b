/** Members of an error's body beside those that every error has. */
export type ErrorMembers = Readonly<Record<string, unknown>>;

/**
 * An answer that is not a success. The message goes to the caller.
 *
 * `members` become members of the body where the operation documents an error with a body of its own.
 */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;
  /** Marks the message as one that the caller may see, as Express and body-parser do. */
  readonly expose = true;
  readonly members: ErrorMembers;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    members: ErrorMembers = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.members = members;
    this.headers = headers;
  }
}

/** Answers 501. A stub throws it until its operation is written. */
export class NotImplemented extends HttpError {
  constructor(operationId: string) {
    super(501, `${operationId} is not implemented.`);
  }
}

/** A place in a request or an answer, and how it breaks the document. */
export interface Violation {
  /** Such as `/body/items/0` or `/query/limit`. */
  readonly path: string;
  readonly message: string;
}

/** A request that breaks the document. */
export class InvalidRequest extends HttpError {
  readonly violations: readonly Violation[];

  constructor(violations: readonly Violation[], more = 0) {
    super(400, violationLines(violations, more).join('\n'));
    this.violations = violations;
  }
}

/** The most violations that an answer or a log line names. */
export const MAX_VIOLATIONS = 20;
const MAX_MESSAGE = 1000; // characters

/** One line for each violation, with its place. `more` counts those that were left out before. */
export function violationLines(violations: readonly Violation[], more = 0): string[] {
  const lines = [...new Set(violations.map(({ path, message }) => `${path} ${message.slice(0, MAX_MESSAGE)}`))];
  const left = Math.max(0, lines.length - MAX_VIOLATIONS) + more;
  return left > 0 ? [...lines.slice(0, MAX_VIOLATIONS), `… and ${left} more`] : lines;
}
