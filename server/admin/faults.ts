import { setTimeout as sleep } from 'node:timers/promises';
import { type AnyHandler, HttpError } from 'openapi-strict-express';
import type { components } from '../../generated/admin/schema.ts';

type Fault = components['schemas']['Fault'];

/** Errors and delays that the next calls of operations meet instead of their handler, or before it. */
export class Faults {
  #faults: (Fault & { times: number })[] = [];
  /** Ends what waits. */
  #abort = new AbortController();

  add(fault: Fault): void {
    this.#faults.push({ times: 1, ...fault });
  }

  clear(): void {
    this.#faults = [];
    this.#abort.abort();
    this.#abort = new AbortController();
  }

  list(): Fault[] {
    return this.#faults.map((fault) => ({ ...fault }));
  }

  /** The handlers, each of which meets its faults first. */
  meeting<Services>(handlers: Readonly<Record<string, AnyHandler<Services>>>): Record<string, AnyHandler<Services>> {
    const wrapped = Object.entries(handlers).map(([operation, handler]) => [
      operation,
      async (...call: Parameters<AnyHandler<Services>>) => {
        await this.#meet(operation);
        return handler(...call);
      },
    ]);
    return Object.fromEntries(wrapped);
  }

  async #meet(operation: string): Promise<void> {
    const fault = this.#faults.find((one) => one.operation === operation);
    if (fault === undefined) return;
    fault.times -= 1;
    if (fault.times === 0) this.#faults = this.#faults.filter((one) => one !== fault);
    if (fault.latencyMs !== undefined) {
      await sleep(fault.latencyMs, undefined, { signal: this.#abort.signal, ref: false }).catch(() => {});
    }
    if (fault.status !== undefined) throw new HttpError(fault.status, `${operation} was asked to fail by AddFault.`);
  }
}
