import { createHash } from 'node:crypto';

const FIRST_MOMENT = Date.UTC(2026, 0, 1);

/**
 * The clock and the ids of the server. They are real and random until there is a seed; then ids follow from it, and the
 * clock stands still until it is advanced.
 */
export class Seeding {
  readonly #realClock: () => number;
  readonly #realId: () => string;
  readonly #counts = new Map<string, number>();
  #seeded: { readonly seed: string; readonly time: number } | undefined;
  #now = 0;
  /** Which state the ids are for: one that was put in place may hold ids of the same seed. */
  #epoch = 0;

  constructor(realClock: () => number, realId: () => string) {
    this.#realClock = realClock;
    this.#realId = realId;
  }

  /** In ms since 1970-01-01 UTC. */
  readonly clock = (): number => (this.#seeded === undefined ? this.#realClock() : this.#now);

  /** A source of ids of one kind. They have the form of UUIDs and grow with time. */
  idsOf(kind: string): () => string {
    return () => (this.#seeded === undefined ? this.#realId() : this.#nextId(this.#seeded.seed, kind));
  }

  /** @param time in ms; @default the first moment of 2026 */
  seed(seed: string, time = FIRST_MOMENT): void {
    this.#seeded = { seed, time };
    this.restart();
  }

  /** Begins anew with the same seed, if there is one. */
  restart(): void {
    this.#counts.clear();
    this.#epoch = 0;
    this.#now = this.#seeded?.time ?? 0;
  }

  /** Goes on after `jobs` jobs of another state, whose ids may be of the same seed. */
  goOnAfter(jobs: number): void {
    this.#epoch += 1;
    this.#counts.set('job', Math.max(jobs, this.#counts.get('job') ?? 0));
  }

  /** Lets `ms` pass, and answers whether that was possible: only a clock that a seed has stopped can be moved. */
  advance(ms: number): boolean {
    if (this.#seeded === undefined) return false;
    this.#now += ms;
    return true;
  }

  #nextId(seed: string, kind: string): string {
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    const digest = createHash('sha256')
      .update(JSON.stringify([seed, this.#epoch, kind, count]))
      .digest('hex');
    const [a, b, c, d] = [digest.slice(0, 4), digest.slice(4, 7), digest.slice(7, 10), digest.slice(10, 22)];
    return `${count.toString(16).padStart(8, '0')}-${a}-4${b}-8${c}-${d}`;
  }
}
