import type { HandlerOf, InputOf, OutputOf } from 'openapi-strict-express';
import type { OperationId } from '../../../generated/admin/operations.ts';
import type { operations } from '../../../generated/admin/schema.ts';
import type { Operation } from '../../../pipeline/document/operations.ts';
import type { Secrets } from '../../auth/secrets.ts';
import type { Provisioner } from '../../provisioners/provisioner.ts';
import type { Store } from '../../store/store.ts';
import type { Faults } from '../faults.ts';
import type { HeldJobs } from '../heldJobs.ts';
import type { Recorder } from '../recorder.ts';
import type { Seeding } from '../seeding.ts';
import type { StateKeeper } from '../stateKeeper.ts';

export { NotImplemented } from 'openapi-strict-express';

/** The services of the admin surface's handlers. */
export interface Services {
  readonly state: StateKeeper;
  readonly heldJobs: HeldJobs;
  readonly faults: Faults;
  readonly recorder: Recorder;
  readonly seeding: Seeding;
  readonly store: Store;
  readonly secrets: Secrets;
  /** Previews updates. */
  readonly provisioner: Pick<Provisioner, 'preview'>;
  /** Has jobs looked for, where this server runs them. */
  readonly wake: () => void;
  /** The API that faults are about. */
  readonly api: ReadonlyMap<string, Operation>;
}

export type Input<Id extends OperationId> = InputOf<operations[Id]>;
export type Result<Id extends OperationId> = OutputOf<operations[Id]>;
export type Output<Id extends OperationId> = Result<Id>;
export type Handler<Id extends OperationId> = HandlerOf<operations[Id], Services>;
export type Handlers = { readonly [Id in OperationId]: Handler<Id> };
