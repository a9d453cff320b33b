import type { Operation } from '../document/document.ts';
import type { Coverage } from '../report/coverage.ts';
import type { Means } from '../state/means.ts';
import type { MayBeRefused, Prepared, State } from '../state/state.ts';
import type { Found } from '../wire/check.ts';
import type { Answer } from '../wire/messages.ts';

/** Everything a case can use while it runs. */
export interface Context extends Means {
  readonly state: State;
  readonly mayBeRefused: MayBeRefused;
  /** The API's own way to see whether an accepted request had its effect. */
  readonly follow: ((context: Context, operation: Operation) => Following) | undefined;
  readonly coverage: Coverage;
  readonly seed: number;
  /** How many bodies are generated for a property. */
  readonly runs: number;
  readonly stateless: boolean;
  /** Whether the implementation may have reasons of its own to refuse, since nobody has handed its rules in. */
  readonly lenient: boolean;
  /** Whether rules hold that OpenAPI does not state. */
  readonly strict: boolean;
  /** Checks that failed even after waiting. The rest of the run doesn't wait for them again. */
  readonly settled: Set<string>;
}

/** Something that was found to be wrong, and the request after which it was. */
export interface Failure extends Found {
  readonly curl: string;
}

/** Sees whether a request has its effect. */
export interface Following {
  readonly before: (prepared: Prepared) => Promise<void>;
  readonly after: (prepared: Prepared, answer: Answer) => Promise<Failure[]>;
}

export interface Case {
  /** The operation's id, the path, or the name of a rule. */
  readonly operation: string;
  readonly title: string;
  /** Other operations that it tells about, for whoever runs only one. */
  readonly about?: readonly string[];
  /** Whether it must have the server for itself, since it looks at what lists hold. */
  readonly alone?: boolean;
  run(context: Context): Promise<readonly Failure[]>;
}

/** A case needs something that could not be made, which is a violation of the operation that should have made it. */
export class BadState extends Error {
  override readonly name = 'BadState';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

export const failures = (found: readonly Found[], { curl }: Answer): Failure[] =>
  found.map((one) => ({ ...one, curl }));
