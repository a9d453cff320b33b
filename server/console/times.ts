import type { Job } from '../../client/index.ts';

const FORMAT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** A time in ms since 1970-01-01 UTC, as it is where the page is looked at. */
export const timeOf = (time: number): string => FORMAT.format(time);

/** How long a job took, or has run so far. */
export function durationOf({ createTime, updateTime, status }: Job, now = Date.now()): string {
  const isRunning = status === 'RUNNING';
  const ms = Math.max(0, (isRunning ? now : Number(updateTime)) - Number(createTime));
  return isRunning ? `running for ${lengthOf(ms)}` : `took ${lengthOf(ms)}`;
}

function lengthOf(ms: number): string {
  if (ms < 1_000) return `${ms} ms`;
  const seconds = Math.floor(ms / 1_000);
  if (seconds < 60) return `${(ms / 1_000).toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
