import type { Database } from '../store/store.ts';

export type JobStatus = 'RUNNING' | 'COMPLETED' | 'FAILED';
export type Ended = Exclude<JobStatus, 'RUNNING'>;

/** A job as its callers see it. */
export interface JobRecord {
  readonly id: string;
  readonly appId: string;
  /** The operation that asked for it, such as `UpdateBackendAuth`. */
  readonly operation: string;
  readonly status: JobStatus;
  readonly error: string | undefined;
  /** Milliseconds since 1970-01-01 UTC, as `updateTime`. */
  readonly createTime: number;
  readonly updateTime: number;
}

/** The environment of a job that is about a whole app. */
export const WHOLE_APP = '';

export interface JobRequest {
  readonly appId: string;
  /** The environment that takes no other job until this one has ended; undefined for all of the app. */
  readonly environment: string | undefined;
  /** Further ones. */
  readonly alsoHolds?: readonly string[];
  readonly operation: string;
  /** Whether the job may need something outside of this server. */
  readonly outside: boolean;
  /** The same for all tries of one request, and for no other request. */
  readonly retryKey: string | undefined;
}

/** A job as the worker that runs it sees it. */
export interface Job {
  readonly id: string;
  readonly appId: string;
  readonly operation: string;
  /** The environments that it keeps other jobs out of, or `WHOLE_APP`. */
  readonly holds: readonly string[];
  /** Whether it may need something outside of this server, which may hang. */
  readonly outside: boolean;
  /** For `Perform`, which alone knows what it says. */
  readonly work: unknown;
}

/** Writes the outcome of a job, in the transaction that ends it. `now` is the time of that end. */
export type Commit = (transaction: Database, now: number) => Promise<void>;

export interface PerformContext {
  /** Aborts when the job has to stop; its reason says why. */
  readonly signal: AbortSignal;
  /**
   * To be called right before each write to the world outside. Throws where this worker may have lost the job to another
   * one, which may have written something newer since.
   */
  readonly beforeWrite: () => void;
  /** Whether the job was ended while a process that is gone had it. What it changed outside is put back, and nothing more. */
  readonly undoes: boolean;
  /** Whether the job is run again, here or elsewhere, once its signal has aborted. */
  readonly runsAgain: () => boolean;
  /**
   * Writes a part of the outcome before the end, if this worker still has the job; throws if not. A job that was ended
   * from outside may still write, `evenIfEnded`, what it could not undo.
   */
  readonly checkpoint: (commit: Commit, options?: { readonly evenIfEnded?: boolean }) => Promise<void>;
}

/** Does what a job says, and answers what is left to write. Has to come to the same end when it runs again. */
export type Perform = (job: Job, context: PerformContext) => Promise<Commit>;

/** Keeps jobs from being taken up, or has them fail: for tests of those who use the server. */
export interface JobControl {
  /** Whether no job is to be taken up now. Whoever ends that wakes the worker. */
  isHolding(): boolean;
  /** Throws the error that the job is to fail with, if it is to. */
  begin(job: Job): void;
}
