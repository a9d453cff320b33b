import {
  type App,
  deleteAppIfEmpty,
  deleteAuth,
  deleteEnvironment,
  findAuth,
  putAuth,
  putEnvironment,
} from '../auth/backends.ts';
import { withoutSecrets } from '../auth/providerSecrets.ts';
import type { Secrets } from '../auth/secrets.ts';
import type { AuthConfig, ImportedIds, Provisioner } from '../provisioners/provisioner.ts';
import type { Database } from '../store/store.ts';

interface Place {
  readonly appId: string;
  readonly environment: string;
}

/**
 * What a job is to bring about. Each says how things are to be, not which operation asked for it, so that a job that
 * runs twice comes to the same end.
 */
export type Change =
  | { readonly kind: 'put-environment'; readonly app: App; readonly environment: string }
  | ({ readonly kind: 'put-auth'; readonly resourceName: string; readonly config: AuthConfig } & Place)
  | ({ readonly kind: 'adopt-auth'; readonly resourceName: string; readonly ids: ImportedIds } & Place)
  | ({ readonly kind: 'remove-auth' } & Place)
  | ({ readonly kind: 'remove-environment' } & Place)
  | { readonly kind: 'remove-app'; readonly appId: string };

export interface ChangeContext {
  readonly db: Database;
  readonly provisioner: Provisioner;
  readonly secrets: Secrets;
  readonly signal: AbortSignal;
  readonly clock: () => number;
}

/** What is left to write once the world outside is as the change says; it runs in the transaction that ends the job. */
export type Commit = (transaction: Database) => Promise<void>;

/** Makes the world outside as the change says. Safe to run again. */
export async function makeChange(change: Change, context: ChangeContext): Promise<Commit> {
  switch (change.kind) {
    case 'put-environment':
      return (transaction) => putEnvironment(transaction, change.app, change.environment, context.clock());
    case 'put-auth':
      return applyAuth(change, context);
    case 'adopt-auth':
      return adoptAuth(change, context);
    case 'remove-auth':
      await removeAuth(change, context);
      return (transaction) => deleteAuth(transaction, change.appId, change.environment);
    case 'remove-environment':
      await removeAuth(change, context);
      return (transaction) => deleteEnvironment(transaction, change.appId, change.environment);
    case 'remove-app':
      return (transaction) => deleteAppIfEmpty(transaction, change.appId);
  }
}

async function applyAuth(change: Extract<Change, { kind: 'put-auth' }>, context: ChangeContext): Promise<Commit> {
  const { db, provisioner, secrets, signal, clock } = context;
  const stored = await findAuth(db, change.appId, change.environment);
  const config = secrets.openConfig(change.config);
  try {
    const resources = await provisioner.apply({ ...change, config, resources: stored?.resources }, signal);
    const { resourceName } = change;
    return (transaction) => putAuth(transaction, change, { resourceName, config: change.config, resources }, clock());
  } catch (error) {
    // Cognito may quote what it was sent; the message is for the job, the stack, which repeats it, for the log.
    if (error instanceof Error) {
      error.message = withoutSecrets(error.message, config);
      error.stack = withoutSecrets(error.stack ?? '', config);
    }
    throw error;
  }
}

async function adoptAuth(change: Extract<Change, { kind: 'adopt-auth' }>, context: ChangeContext): Promise<Commit> {
  const { provisioner, secrets, signal, clock } = context;
  const { config, resources } = await provisioner.adopt(change, change.ids, signal);
  const auth = { resourceName: change.resourceName, config: secrets.sealConfig(config), resources };
  return (transaction) => putAuth(transaction, change, auth, clock());
}

async function removeAuth({ appId, environment }: Place, { db, provisioner, signal }: ChangeContext): Promise<void> {
  const stored = await findAuth(db, appId, environment);
  if (stored === undefined) return;
  const { resourceName, resources } = stored;
  await provisioner.remove({ appId, environment, resourceName }, resources, signal);
}
