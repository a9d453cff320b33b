const RETRY_DELAY = 250; // ms
const LONGEST_RETRY_DELAY = 2_000; // ms

/** How long to wait after the database failed, in ms; each failure in a row doubles it. */
export const pauseAfter = (failures: number): number => Math.min(LONGEST_RETRY_DELAY, RETRY_DELAY * 2 ** failures);
