import type { Case } from '../../pipeline/contract/cases/case.ts';
import type { Document } from '../../pipeline/contract/document/document.ts';
import type { MayBeRefused, State } from '../../pipeline/contract/state.ts';
import type { Sender } from '../../pipeline/contract/wire/sender.ts';
import { BackendState } from './backendState.ts';
import { mayBeRefused } from './beyondSchema.ts';
import { rules } from './rules.ts';
import { workflowCases } from './workflows.ts';

/** What the suite knows of this API beyond its document. */
export interface Api {
  readonly mayBeRefused: MayBeRefused;
  state(document: Document, sender: Sender, jobTimeout: number): State;
  rules(jobTimeout: number): readonly Case[];
  workflows(): readonly Case[];
}

export const amplifyBackend: Api = {
  mayBeRefused,
  state: (_document, sender, jobTimeout) => new BackendState(sender, jobTimeout),
  rules,
  workflows: workflowCases,
};
