import type { Job } from './job.ts';

/** Why a job stops before its end. */
export class Interruption extends Error {
  override readonly name = 'Interruption';
}

/** The error of a job that was ended from outside. */
export const ENDED = 'Ended by UpdateBackendJob.';

/** Someone ended the job. Its changes may still be undone. */
export class EndedFromOutside extends Error {
  override readonly name = 'EndedFromOutside';

  constructor() {
    super(ENDED);
  }
}

/** How much of a lease has to be left for a write: as long as the write itself may take, within reason. */
const MARGIN = 1 / 4;

/** A job while this worker runs it. */
export class RunningJob {
  readonly job: Job;
  /** It has ended, and its worker with it: what it may have changed outside is put back, and nothing else is done. */
  readonly undoes: boolean;
  readonly #stopping = new AbortController();
  readonly #lease: number;
  /** By the monotonic clock: where the clock of the machine is set, or the process was suspended, this one is right. */
  #leaseEnd: number;
  done: Promise<void> = Promise.resolve();

  /** `since` is a moment, by `performance.now()`, before the claim was made or renewed. */
  constructor(job: Job, lease: number, since: number, undoes = false) {
    this.job = job;
    this.undoes = undoes;
    if (undoes) this.stop(new EndedFromOutside());
    this.#lease = lease;
    this.#leaseEnd = since + lease;
  }

  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  stop(reason: Error): void {
    this.#stopping.abort(reason);
  }

  renewed(since: number): void {
    this.#leaseEnd = since + this.#lease;
  }

  /** Throws if another worker could own the job before a write that starts now ends. A job that was asked to stop may still undo. */
  readonly beforeWrite = (): void => {
    if (performance.now() + this.#lease * MARGIN <= this.#leaseEnd) return;
    const lost = new Interruption('This worker may have lost the job: it could not renew its claim in time.');
    this.stop(lost);
    throw lost;
  };
}
