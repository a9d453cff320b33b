import type { HandlerOf, InputOf, OutputOf, RequestContext } from 'openapi-strict-express';
import type { OperationId } from '../../generated/operations.ts';
import type { operations } from '../../generated/schema.ts';
import type { Secrets } from '../auth/secrets.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Store } from '../store/store.ts';

export { NotImplemented } from 'openapi-strict-express';

/** The services of the handlers. */
export interface Services {
  readonly store: Store;
  readonly jobs: Jobs;
  readonly secrets: Secrets;
}

export type { RequestContext };
export type Input<Id extends OperationId> = InputOf<operations[Id]>;
export type Result<Id extends OperationId> = OutputOf<operations[Id]>;
export type Output<Id extends OperationId> = Result<Id>;
export type Handler<Id extends OperationId> = HandlerOf<operations[Id], Services>;
export type Handlers = { readonly [Id in OperationId]: Handler<Id> };
