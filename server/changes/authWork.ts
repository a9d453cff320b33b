import type { AuthConfig } from '../auth/config.ts';
import type { Secrets } from '../auth/secrets.ts';
import type { PerformContext } from '../jobs/job.ts';
import type { AuthPlace, Provisioner, Work } from '../provisioners/provisioner.ts';
import type { Store } from '../store/store.ts';
import { journalOf } from './journal.ts';

export interface AuthServices {
  readonly store: Store;
  readonly provisioner: Provisioner;
  readonly secrets: Secrets;
}

/** A job at work on authentication resources. */
export interface AuthWork extends AuthServices, PerformContext {
  readonly jobId: string;
}

/** A resource is to have this configuration. */
export interface PutAuth extends AuthPlace {
  /** Secrets are sealed. */
  readonly config: AuthConfig;
  /** The members of `userPoolConfigs` that an update names. */
  readonly named?: readonly string[];
}

/** The part of a job that a provisioner sees. */
export const withJournal = (work: AuthWork): Work => ({
  signal: work.signal,
  beforeWrite: work.beforeWrite,
  undoes: work.undoes,
  runsAgain: work.runsAgain,
  journal: journalOf(work),
});
