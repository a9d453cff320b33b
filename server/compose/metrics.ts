import { createRequire } from 'node:module';
import type { RequestEnd } from 'openapi-strict-express';
import type * as prometheus from 'prom-client';
import type { Worker } from '../jobs/worker.ts';
import { type QueueCounts, queueCounts } from '../store/counts.ts';
import type { Store } from '../store/store.ts';

const require = createRequire(import.meta.url);
const LOADED_AFTER = 1_000; // ms

/**
 * Metrics for Prometheus: the process, its requests, and the jobs in its database. What keeps and renders them is 80
 * files, which are loaded a moment after the first request, or when the metrics are asked for, and not at the start.
 */
export class Metrics {
  /** That of prom-client's text. */
  readonly contentType = 'text/plain; version=0.0.4; charset=utf-8';
  readonly #make: () => Figures;
  #figures: Figures | undefined;
  #waiting: RequestEnd[] = [];

  constructor(...given: ConstructorParameters<typeof Figures>) {
    this.#make = () => new Figures(...given);
  }

  /** Counts a request that has ended. */
  observe(end: RequestEnd): void {
    if (this.#figures !== undefined) return this.#figures.observe(end);
    if (this.#waiting.length === 0) setTimeout(() => this.#load(), LOADED_AFTER).unref();
    this.#waiting.push(end);
  }

  async render(): Promise<string> {
    return this.#load().render();
  }

  #load(): Figures {
    this.#figures ??= this.#make();
    for (const end of this.#waiting.splice(0)) this.#figures.observe(end);
    return this.#figures;
  }
}

class Figures {
  readonly #registry: prometheus.Registry;
  readonly #requests: prometheus.Counter;
  readonly #duration: prometheus.Histogram;

  constructor(store: Store, clock: () => number, worker: Pick<Worker, 'ended'> | undefined) {
    const { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } = require('prom-client') as typeof prometheus;
    this.#registry = new Registry();
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    this.#requests = new Counter({
      name: 'http_requests_total',
      help: 'Requests by operation and status.',
      labelNames: ['operation', 'status'],
      registers,
    });
    this.#duration = new Histogram({
      name: 'http_request_duration_seconds',
      help: 'How long requests took, by operation.',
      labelNames: ['operation'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers,
    });
    // Read from the database when it is asked for: it is right also after a restart, and with several instances.
    let reading: Promise<QueueCounts> | undefined;
    const counts = () => {
      reading ??= queueCounts(store.db, clock()).finally(() => {
        reading = undefined;
      });
      return reading;
    };
    new Gauge({
      name: 'jobs',
      help: 'Jobs that have not ended, by whether a worker has them.',
      labelNames: ['state'],
      registers,
      async collect() {
        const { waiting, running } = await counts();
        this.set({ state: 'waiting' }, waiting);
        this.set({ state: 'running' }, running);
      },
    });
    if (worker !== undefined) {
      new Counter({
        name: 'jobs_ended_total',
        help: 'Jobs that this process has ended, by how.',
        labelNames: ['status'],
        registers,
        collect() {
          this.reset();
          for (const [status, count] of Object.entries(worker.ended)) this.inc({ status: status.toLowerCase() }, count);
        },
      });
    }
    new Gauge({
      name: 'job_queue_age_seconds',
      help: 'How long the oldest job that is due has waited for a worker.',
      registers,
      async collect() {
        this.set((await counts()).oldestWaiting / 1000);
      },
    });
    if (store.pool !== undefined) {
      const { pool } = store;
      new Gauge({
        name: 'database_connections',
        help: 'Connections to the database by state.',
        labelNames: ['state'],
        registers,
        collect() {
          for (const [state, count] of Object.entries(pool())) this.set({ state }, count);
        },
      });
    }
  }

  observe({ operation = 'none', status, ms }: RequestEnd): void {
    this.#requests.inc({ operation, status });
    this.#duration.observe({ operation }, ms / 1000);
  }

  render(): Promise<string> {
    return this.#registry.metrics();
  }
}
