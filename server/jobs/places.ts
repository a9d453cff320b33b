/** How many jobs run at the same time. */
export interface PlacesOptions {
  /** How many that need nothing outside of this server; those of the other kind can't keep them waiting. */
  readonly inside: number;
  /** How many that may need something outside; undefined where nothing is outside, and all jobs are of the first kind. */
  readonly outside: number | undefined;
}

interface Taker {
  readonly appId: string;
  readonly outside: boolean;
}

/** The part of the places for outside jobs that one app may take, so that its jobs can't keep all others waiting. */
const SHARE = 1 / 4;

/** Counts the jobs at work, by kind and by app. */
export class Places {
  readonly #options: PlacesOptions;
  #inside = 0;
  #outside = 0;
  /** Only of outside jobs: the others do not hang. */
  readonly #byApp = new Map<string, number>();

  constructor(options: PlacesOptions) {
    this.#options = options;
  }

  /** Whether jobs of the two kinds are kept apart. */
  get areApart(): boolean {
    return this.#options.outside !== undefined;
  }

  get apps(): Iterable<string> {
    return this.#byApp.keys();
  }

  /** How many more may start. */
  free(outside: boolean): number {
    const { inside: most, outside: mostOutside } = this.#options;
    if (mostOutside === undefined) return most - this.#inside - this.#outside;
    return outside ? mostOutside - this.#outside : most - this.#inside;
  }

  /** How many more outside jobs of the app may start. */
  readonly shareOf = (appId: string): number => {
    const { outside = Number.POSITIVE_INFINITY } = this.#options;
    return Math.max(1, Math.floor(outside * SHARE)) - (this.#byApp.get(appId) ?? 0);
  };

  /**
   * Whether a job that is about to be enqueued may have a place. Half of the places are for jobs that wait already: new ones
   * could be in their way for ever.
   */
  hasRoomFor({ appId, outside }: Taker): boolean {
    const { inside, outside: mostOutside } = this.#options;
    const apart = mostOutside !== undefined && outside;
    if (apart && this.shareOf(appId) <= 0) return false;
    return this.free(outside) > (apart ? mostOutside : inside) / 2;
  }

  take({ appId, outside }: Taker): void {
    if (!outside) this.#inside += 1;
    else {
      this.#outside += 1;
      this.#byApp.set(appId, (this.#byApp.get(appId) ?? 0) + 1);
    }
  }

  leave({ appId, outside }: Taker): void {
    if (!outside) this.#inside -= 1;
    else {
      this.#outside -= 1;
      const left = (this.#byApp.get(appId) ?? 0) - 1;
      if (left > 0) this.#byApp.set(appId, left);
      else this.#byApp.delete(appId);
    }
  }
}
