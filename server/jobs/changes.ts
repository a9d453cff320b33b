import type { Provisioner } from '../provisioners/provisioner.ts';
import { type App, type AuthConfig, findAuth, putAuth, putEnvironment } from '../store/backends.ts';
import type { Database } from '../store/store.ts';

/**
 * What a job is to bring about. Each says how things are to be, not which operation asked for it, so that a job that
 * runs twice comes to the same end.
 */
export type Change =
  | { readonly kind: 'put-environment'; readonly app: App; readonly environment: string }
  | {
      readonly kind: 'put-auth';
      readonly appId: string;
      readonly environment: string;
      readonly resourceName: string;
      readonly config: AuthConfig;
    };

export interface ChangeContext {
  readonly db: Database;
  readonly provisioner: Provisioner;
  readonly signal: AbortSignal;
  readonly clock: () => number;
}

/** What is left to write once the world outside is as the change says; it runs in the transaction that ends the job. */
export type Commit = (transaction: Database) => Promise<void>;

/** Makes the world outside as the change says. Safe to run again. */
export async function makeChange(change: Change, context: ChangeContext): Promise<Commit> {
  const { db, provisioner, signal, clock } = context;
  switch (change.kind) {
    case 'put-environment':
      return (transaction) => putEnvironment(transaction, change.app, change.environment, clock());
    case 'put-auth': {
      const stored = await findAuth(db, change.appId, change.environment);
      const resources = await provisioner.apply({ ...change, resources: stored?.resources }, signal);
      const { resourceName, config } = change;
      return (transaction) => putAuth(transaction, change, { resourceName, config, resources }, clock());
    }
  }
}
