import type { components } from '../../generated/admin/schema.ts';
import type { JobControl } from '../jobs/job.ts';

type JobFailure = components['schemas']['JobFailure'];

interface Failure {
  readonly operation?: string;
  readonly error: string;
  times: number;
}

const ASKED_FOR = 'It was asked to fail by FailNextJob.';

/** Holds jobs back, and has the next ones fail. */
export class HeldJobs implements JobControl {
  #holding = false;
  #failures: Failure[] = [];

  isHolding(): boolean {
    return this.#holding;
  }

  begin({ operation }: { readonly operation: string }): void {
    const failure = this.#failures.find((one) => one.operation === undefined || one.operation === operation);
    if (failure === undefined) return;
    failure.times -= 1;
    if (failure.times === 0) this.#failures = this.#failures.filter((one) => one !== failure);
    throw new Error(failure.error);
  }

  hold(): void {
    this.#holding = true;
  }

  release(): void {
    this.#holding = false;
  }

  failNext({ operation, error = ASKED_FOR, times = 1 }: JobFailure): void {
    this.#failures.push({ ...(operation !== undefined && { operation }), error, times });
  }

  clear(): void {
    this.#holding = false;
    this.#failures = [];
  }

  describe(): components['schemas']['JobControls'] {
    return { holding: this.#holding, failures: this.#failures.map((failure) => ({ ...failure })) };
  }
}
