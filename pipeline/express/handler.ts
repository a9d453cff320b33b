import type { IncomingMessage } from 'node:http';
import type { Log } from './log.ts';

/** A request beyond its input, as a handler sees it. */
export interface RequestContext<Principals = Readonly<Record<string, unknown>>> {
  /** The id that the answer's headers and the log carry. */
  readonly id: string;
  /** The operation's id. */
  readonly operation: string;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly raw: IncomingMessage;
  /** The body as it was parsed. Undefined where none was sent. */
  readonly body: unknown;
  /** The items of a list that the app's `longBodies` names, a few at a time. */
  items<Item = unknown>(pointer: string): AsyncIterable<readonly Item[]>;
  /** Aborts when the caller goes away before the answer is complete. */
  readonly signal: AbortSignal;
  /** The answers of the security handlers that applied, by the scheme's name. */
  readonly principal: Principals;
  /** The caller's id, where the app has an `authentication`. */
  readonly caller: string | undefined;
  readonly log: Log;
}

/** A handler as the app calls it. The compiler checks its real type where the table of handlers is made. */
export type AnyHandler<Services> = (
  input: never,
  services: Services,
  request: RequestContext<never>,
) => Promise<unknown> | unknown;
