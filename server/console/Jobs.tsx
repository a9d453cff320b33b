import { useEffect, useId, useRef, useState } from 'react';
import type { Job } from '../../client/index.ts';
import { JobStatus } from '../../generated/enums.ts';
import { Read } from './Feedback.tsx';
import { JobState } from './JobState.tsx';
import { useSession } from './session.tsx';
import { durationOf, timeOf } from './times.ts';
import type { At } from './useEnvironment.ts';
import { useReading } from './useReading.ts';

const RUNNING = 'RUNNING' satisfies JobStatus;
const SOON = 1_000; // ms
const LATER = 10_000; // ms

/** The jobs of an environment, the newest first: read each second while one of them runs. */
export function Jobs({ app, environment }: At) {
  const { client, turn } = useSession();
  const [status, setStatus] = useState<JobStatus | ''>('');
  const [pages, setPages] = useState(1);
  const filter = useId();
  const reading = useReading(
    async (signal) => {
      const jobs: Job[] = [];
      let nextToken: string | undefined;
      for (let page = 0; page < pages; page++) {
        const input = { appId: app, backendEnvironmentName: environment, ...(status && { status }) };
        const answer = await client.listBackendJobs({ ...input, ...(nextToken && { nextToken }) }, { signal });
        jobs.push(...(answer.jobs ?? []));
        nextToken = answer.nextToken;
        if (!nextToken) break;
      }
      return { jobs, hasMore: Boolean(nextToken) };
    },
    [app, environment, status],
    { turn: turn * 1_000 + pages, every: (value) => (value?.jobs.some(isRunning) ? SOON : LATER) },
  );
  return (
    <>
      <p className="above">
        App {app} · {environment}
      </p>
      <h1>Jobs</h1>
      <div className="actions">
        <label className="field inline" htmlFor={filter}>
          <span>State</span>
          <select id={filter} value={status} onChange={({ target }) => setStatus(target.value as JobStatus | '')}>
            <option value="">any</option>
            {JobStatus.map((value) => (
              <option key={value}>{value}</option>
            ))}
          </select>
        </label>
        <p className="small muted">
          {reading.value?.jobs.some(isRunning) ? 'Updates each second while a job runs.' : 'Updates by itself.'}
        </p>
      </div>
      <Announced jobs={reading.value?.jobs ?? []} />
      <Read reading={reading} what="the jobs">
        {({ jobs, hasMore }) => (
          <>
            {jobs.length === 0 && <p className="empty">No {status && `${status} `}jobs here.</p>}
            <ol className="timeline">
              {jobs.map((job) => (
                <Entry key={job.jobId} job={job} />
              ))}
            </ol>
            {hasMore && (
              <button type="button" disabled={reading.isBusy} onClick={() => setPages(pages + 1)}>
                Older jobs
              </button>
            )}
          </>
        )}
      </Read>
    </>
  );
}

const isRunning = ({ status }: Job): boolean => status === RUNNING;

function Entry({ job }: { job: Job }) {
  const { jobId, operation, status, error, createTime } = job;
  return (
    <li className={`card job is-${status?.toLowerCase()}`}>
      <div className="actions">
        <h2>{operation}</h2>
        <JobState status={status} />
      </div>
      {error && <p className="note note-bad lines">{error}</p>}
      <p className="small muted">
        <time dateTime={new Date(Number(createTime)).toISOString()}>{timeOf(Number(createTime))}</time> ·{' '}
        {durationOf(job)}
      </p>
      <p className="small muted">
        <code>{jobId}</code>
      </p>
    </li>
  );
}

/** Says aloud which jobs began and ended since the list was first read; the list itself would be read out whole. */
function Announced({ jobs }: { jobs: readonly Job[] }) {
  const known = useRef<ReadonlyMap<string | undefined, string | undefined>>(undefined);
  const [news, setNews] = useState('');
  useEffect(() => {
    if (jobs.length === 0) return;
    const before = known.current;
    known.current = new Map(jobs.map(({ jobId, status }) => [jobId, status]));
    const changed = before && jobs.filter(({ jobId, status }) => before.get(jobId) !== status);
    if (changed?.length) setNews(changed.map(({ operation, status }) => `${operation}: ${status}`).join(', '));
  }, [jobs]);
  return (
    <p className="hidden" role="status">
      {news}
    </p>
  );
}
