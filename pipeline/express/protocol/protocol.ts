import type { Operation } from '../../document/operations.ts';
import type { ErrorMembers, Violation } from '../errors.ts';

/** A refused or failed request, before it has a form. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
  /** The name that the thrown error gives itself on the wire, if it does. */
  readonly type?: string;
  readonly members: ErrorMembers;
  readonly headers: Readonly<Record<string, string>>;
  /** Set where the request breaks the document. */
  readonly violations: readonly Violation[];
  readonly requestId: string;
  /** Whether nobody foresaw the error. Its message then says nothing about it. */
  readonly unexpected: boolean;
}

/** A refusal as it is sent. */
export interface RefusalAnswer {
  readonly status: number;
  /** The media type of the body. */
  readonly type: string;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** How an API speaks where the document leaves it open. */
export interface Protocol {
  /** The header that carries the request's id. @default X-Request-Id */
  readonly requestIdHeader?: string;
  /** Further headers that pages of other origins may read. */
  readonly exposedHeaders?: readonly string[];
  /**
   * Members of a body that its schema neither names nor forbids: `keep` hands them to the handler, `drop` leaves them
   * out and logs a warning.
   *
   * @default keep
   */
  readonly unknownMembers?: 'keep' | 'drop';
  /**
   * Gives a refusal its form. `operation` is undefined where no operation was found; `atPath` are the operations of the
   * request's path. Answers undefined to leave the form to the default protocol.
   */
  refuse(refusal: Refusal, operation: Operation | undefined, atPath: readonly Operation[]): RefusalAnswer | undefined;
}
