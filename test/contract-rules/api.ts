import type { Api } from '../../pipeline/contract/api.ts';
import { BackendState } from './backendState.ts';
import { mayBeRefused } from './beyondSchema.ts';
import { follow } from './follow.ts';
import { rules } from './rules.ts';
import { workflowCases } from './workflows.ts';

export interface ApiOptions {
  /** How long a job may take, in ms. @default 30 s */
  readonly jobTimeout?: number;
  /** Whether the flows of `spec/workflows.arazzo.yaml` are run too. @default true */
  readonly workflows?: boolean;
}

/** The rules of this API that its document does not state. */
export const amplifyBackend = ({ jobTimeout = 30_000, workflows = true }: ApiOptions = {}): Api => ({
  mayBeRefused,
  follow: (context, operation) => follow(context, operation, jobTimeout),
  state: (_document, sender) => new BackendState(sender, jobTimeout),
  rules: [...rules(jobTimeout), ...(workflows ? workflowCases() : [])],
});
