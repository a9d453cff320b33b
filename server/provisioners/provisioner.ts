import type { AuthConfig } from '../auth/config.ts';
import type { UpdatePlan } from '../auth/plan.ts';

export interface AuthPlace {
  readonly appId: string;
  readonly environment: string;
  readonly resourceName: string;
}

/** The things outside that exist apart from their resource, and may have existed before it. */
export type Thing = 'userPool' | 'identityPool';

/** The things that stand behind an authentication resource. Every provisioner reads and writes this form. */
export interface Resources {
  /** The provisioner that made or imported them. Another one must not delete what this one made. */
  readonly provisioner: 'local' | 'cognito';
  readonly userPoolId: string;
  readonly userPoolArn: string;
  readonly webClientId: string;
  readonly nativeClientId: string;
  readonly identityPoolId?: string;
  /** Existed before and is never deleted. The rest was made here. */
  readonly adopted: readonly Thing[];
}

/** The ids of what exists already and is to be imported. */
export interface ImportedIds {
  readonly userPoolId: string;
  readonly webClientId: string;
  readonly nativeClientId: string;
  readonly identityPoolId?: string;
}

export interface NewAuth extends AuthPlace {
  /** With the secrets of social providers in clear. */
  readonly config: AuthConfig;
}

export interface AuthUpdate extends NewAuth {
  /** The configuration that the update starts from, with secrets in clear. */
  readonly before: AuthConfig;
  readonly plan: UpdatePlan;
  readonly resources: Resources;
}

export interface StoredAuth extends AuthPlace {
  readonly resources: Resources;
}

/** The job on whose behalf a provisioner works. */
export interface Work {
  /** Aborts when the job is to stop. The provisioner then throws the signal's reason. */
  readonly signal: AbortSignal;
  /** Runs before each write. Throws when this process no longer has the job. */
  readonly beforeWrite: () => Promise<void> | void;
  /**
   * Whether the job was ended while a process that is gone had it; its signal is aborted. What it changed is put back, which
   * its journal tells, and nothing more is done.
   */
  readonly undoes: boolean;
  /** Whether the job runs again later, once its signal has aborted. It then finds its journal, and nothing is undone. */
  readonly runsAgain: () => boolean;
  readonly journal: Journal;
}

/** A note of the job to itself. It outlives the process, so that a job that was cut off knows what it had found. */
export interface Journal {
  read(): Promise<string | undefined>;
  write(entry: string): Promise<void>;
}

/** A member of something outside, as it is and as an update would leave it. */
export interface OutsideChange {
  /** Such as `user pool us-east-1_abc`. */
  readonly resource: string;
  /** Such as `Policies.PasswordPolicy.MinimumLength`; empty where all of it is made or deleted. */
  readonly member: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

/**
 * Brings the world outside to a configuration. A job may be cut off at any moment and run again, so each method comes to
 * the same end when it is repeated. A method that throws has put back what it could; the error says what it could not.
 */
export interface Provisioner {
  /** Jobs that it can work on at the same time; `Infinity` where it touches nothing outside. @default 64 */
  readonly concurrency?: number;
  /** The service that `preview` reads, as people call it. @default none: nothing outside changes */
  readonly outside?: string;
  /** Makes everything anew. */
  provision(auth: NewAuth, work: Work): Promise<Resources>;
  /** Changes what the plan names and nothing else. May throw an `UnfinishedUpdate`. */
  update(auth: AuthUpdate, work: Work): Promise<Resources>;
  /** Puts back what an update left changed that failed, as far as it can be. */
  putBack(auth: StoredAuth & { readonly left: string }, work: Work): Promise<PutBack>;
  /**
   * The changes that `update` would make, read live, once what earlier updates left is put back: `left` has their notes, as
   * in `UnfinishedUpdate`, the first one's first. Writes nothing.
   */
  preview(auth: AuthUpdate, left: readonly string[], signal: AbortSignal): Promise<readonly OutsideChange[]>;
  /** Deletes what was made here and leaves what was adopted. */
  remove(auth: StoredAuth, work: Work): Promise<void>;
  /** Throws an error that says what a removal had deleted which was ended while a process that is gone had it. */
  tellRemoved(work: Work): Promise<void>;
  /** Reads what exists and checks that it can be managed from here. Changes nothing of it. */
  import(
    place: AuthPlace,
    ids: ImportedIds,
    work: Work,
  ): Promise<{ readonly config: AuthConfig; readonly resources: Resources }>;
}

export interface PutBack {
  readonly resources: Resources;
  /** A note of the changes that remain, as in `UnfinishedUpdate`; undefined if everything was restored. */
  readonly left: string | undefined;
}

/**
 * An update failed and could not be undone whole. Its members are private, since a log shows the others of an error, and
 * these hold secrets.
 */
export class UnfinishedUpdate extends Error {
  override readonly name = 'UnfinishedUpdate';
  readonly #live: AuthConfig;
  readonly #resources: Resources;
  readonly #left: string;

  constructor(message: string, live: AuthConfig, resources: Resources, left: string) {
    super(message);
    this.#live = live;
    this.#resources = resources;
    this.#left = left;
  }

  /** The configuration read from outside afterwards. */
  get live(): AuthConfig {
    return this.#live;
  }

  get resources(): Resources {
    return this.#resources;
  }

  /** A note of the provisioner to itself, for `putBack`. */
  get left(): string {
    return this.#left;
  }
}
