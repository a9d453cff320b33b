import type { Job, JobRequest } from './job.ts';
import type { Places } from './places.ts';
import { RunningJob } from './running.ts';

interface AtWorkOptions {
  readonly places: Places;
  /** How long a claim lasts, in ms; `Infinity` where no other process can take a job over. */
  readonly lease: number;
  /** How long a job may take, in ms. */
  readonly jobTimeout: number;
  /** Aborts when jobs that run are to be given back. */
  readonly stopping: AbortSignal;
  /** Runs a job to its end. Never rejects. */
  readonly run: (running: RunningJob) => Promise<void>;
  /** A job has left its place. */
  readonly onFree: () => void;
}

/** The jobs that this process runs, and those that it is about to run. */
export class AtWork {
  readonly #options: AtWorkOptions;
  readonly #running = new Map<string, RunningJob>();
  /** Jobs that are being enqueued, until it is known whether they were. */
  readonly #reserved = new Map<string, Promise<void>>();

  constructor(options: AtWorkOptions) {
    this.#options = options;
  }

  get places(): Places {
    return this.#options.places;
  }

  get running(): readonly RunningJob[] {
    return [...this.#running.values()];
  }

  find(id: string): RunningJob | undefined {
    return this.#running.get(id);
  }

  has(id: string): boolean {
    return this.#running.has(id) || this.#reserved.has(id);
  }

  /** Keeps a place for a job that is about to be enqueued. Answers what frees it. */
  reserve(id: string, request: JobRequest): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.places.take(request);
    this.#reserved.set(id, promise);
    return () => {
      this.#reserved.delete(id);
      this.places.leave(request);
      resolve();
    };
  }

  /** `since` is a moment, by `performance.now()`, before the job was claimed; `undoes` as of a `RunningJob`. */
  start(job: Job, since: number, undoes = false): void {
    // Claimed again before this worker knew that it had lost it: it is the same job, and goes on.
    if (this.#running.has(job.id)) return;
    const { lease, jobTimeout, stopping, run, onFree } = this.#options;
    const running = new RunningJob(job, lease, since, undoes);
    if (stopping.aborted) running.stop(stopping.reason);
    const timer = setTimeout(() => running.stop(new DOMException('', 'TimeoutError')), jobTimeout);
    timer.unref();
    this.places.take(job);
    this.#running.set(job.id, running);
    running.done = run(running).finally(() => {
      clearTimeout(timer);
      this.#running.delete(job.id);
      this.places.leave(job);
      onFree();
    });
  }

  stopAll(reason: Error): void {
    for (const running of this.running) running.stop(reason);
  }

  /** Settles when no job runs; where there is a reason, they are told to stop for it. */
  async idle(reason?: Error): Promise<void> {
    // A job that had a place kept for it starts meanwhile.
    while (this.#running.size > 0 || this.#reserved.size > 0) {
      if (reason !== undefined) this.stopAll(reason);
      await Promise.all([...this.#reserved.values(), ...this.running.map(({ done }) => done)]);
    }
  }
}
