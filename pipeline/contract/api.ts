import type { Case, Context, Following } from './cases/case.ts';
import type { Document, Operation } from './document/document.ts';
import type { MayBeRefused, State } from './state/state.ts';
import type { Sender } from './wire/sender.ts';

/** An API's own rules, for an API whose document does not say all of it. */
export interface Api {
  readonly mayBeRefused: MayBeRefused;
  /** Makes the resources that the cases of one operation need. */
  state(document: Document, sender: Sender): State;
  /** Sees whether an accepted request had its effect. */
  readonly follow?: (context: Context, operation: Operation) => Following;
  readonly rules: readonly Case[];
}
