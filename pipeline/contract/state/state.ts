import type { Operation } from '../document/document.ts';
import type { Answer } from '../wire/messages.ts';
import type { Instance } from './instances.ts';

/** Where a request goes, and its body, once both name what exists. */
export interface Prepared {
  /** Those of the path. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  /** Whether the path names what is known to exist. @default true */
  readonly known?: boolean;
  /** The resource that the path names. */
  readonly instance?: Instance;
}

/** The other side's resources, while the cases of one operation are sent, one after the other. */
export interface State {
  /** Makes sure that the operation can be carried out, and puts the names of what is there into the body. */
  prepare(operation: Operation, body: unknown): Promise<Prepared>;
  /** Waits until what a request started has ended, and takes note of what it used up. */
  settle(operation: Operation, prepared: Prepared, answer: Answer): Promise<void>;
  /** Removes what the last case made. */
  endCase?(): Promise<void>;
  /** Removes everything that was made. */
  close(): Promise<void>;
}

/** Why a request that the schema allows may still be refused, if there is a reason. */
export type MayBeRefused = (operation: Operation, body: unknown) => string | undefined;
