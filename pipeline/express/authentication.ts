import type { Identity } from './exchange.ts';

/** The head of a request as it came in, before anything was decoded or rewritten. */
export interface RequestHead {
  readonly method: string;
  /** Path and query. */
  readonly rawUrl: string;
  /** Name, value, name, value. */
  readonly headers: readonly string[];
}

/**
 * Identifies callers by something that OpenAPI has no scheme for, such as a signature over the body's bytes. Both
 * functions throw the error that the caller gets.
 */
export interface Authentication {
  /**
   * Checks all that can be checked before the body is read, and returns a function that checks the rest.
   *
   * @param pathParams The decoded parameters of the path.
   */
  begin(head: RequestHead, pathParams: Readonly<Record<string, unknown>>): (body: Buffer | undefined) => Identity;
  /** Checks what only the whole input tells. @param input The handler's input. */
  authorize?(identity: Identity, input: Readonly<Record<string, unknown>>): void;
}
