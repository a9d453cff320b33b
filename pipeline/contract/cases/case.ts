import type { Document, Operation } from '../document/document.ts';
import type { Validators } from '../document/validators.ts';
import type { Coverage } from '../report/coverage.ts';
import type { MayBeRefused, State } from '../state.ts';
import type { Found } from '../wire/check.ts';
import type { Answer, Sender } from '../wire/sender.ts';

/** What a case has at hand while it runs. */
export interface Context {
  readonly document: Document;
  readonly validators: Validators;
  readonly sender: Sender;
  readonly state: State;
  readonly mayBeRefused: MayBeRefused;
  readonly coverage: Coverage;
  readonly seed: number;
  /** How many bodies are generated for a property. */
  readonly runs: number;
}

/** Something that was found to be wrong, and the request after which it was. */
export interface Failure extends Found {
  readonly curl: string;
  /** What fast-check needs to come to the same body. */
  readonly seed?: number;
  /** Where fast-check's shrinking ended. */
  readonly path?: string;
}

export interface Case {
  /** The operation's id, the path, or the name of a rule. */
  readonly operation: string;
  readonly title: string;
  /** Other operations that it tells about, for whoever runs only one. */
  readonly about?: readonly string[];
  run(context: Context): Promise<readonly Failure[]>;
}

/** Thrown by a case that can't be run here. */
export class NotRun extends Error {
  override readonly name = 'NotRun';
}

export const failures = (found: readonly Found[], { curl }: Answer): Failure[] =>
  found.map((one) => ({ ...one, curl }));

/** The documented statuses of success. */
export const accepted = ({ responses }: Operation): number[] =>
  Object.keys(responses).flatMap((status) =>
    status === '2XX' ? [200, 201, 202, 204] : /^2\d\d$/.test(status) ? [Number(status)] : [],
  );

/** The documented statuses of a request that breaks the schema: empty where the document says nothing of it. */
export function refused({ responses }: Operation, more: readonly number[] = []): number[] {
  const candidates = [400, 422, ...more];
  return '4XX' in responses ? candidates : candidates.filter((status) => status in responses);
}
