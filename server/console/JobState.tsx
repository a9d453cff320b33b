import type { Job } from '../../client/index.ts';

const SIGN: Readonly<Record<NonNullable<Job['status']>, string>> = { RUNNING: '◔', COMPLETED: '✓', FAILED: '✕' };

/** The state of a job: a word, a sign and a colour. */
export function JobState({ status = 'RUNNING' }: { status?: Job['status'] }) {
  return (
    <span className={`state is-${status.toLowerCase()}`}>
      <span aria-hidden="true">{SIGN[status]}</span> {status}
    </span>
  );
}
