import { useEffect, useId, useRef, useState } from 'react';
import type { Job } from '../../client/index.ts';
import { JobStatus } from '../../generated/enums.ts';
import type { OpenApiDocument } from '../../pipeline/forms/document.ts';
import { operationOf } from '../../pipeline/forms/document.ts';
import { Empty, Read } from './Feedback.tsx';
import { JobState } from './JobState.tsx';
import { go, hashOf, type Place } from './place.ts';
import { useSession } from './session.tsx';
import { durationOf, timeOf } from './times.ts';
import type { At } from './useEnvironment.ts';
import { useReading } from './useReading.ts';

const RUNNING = 'RUNNING' satisfies JobStatus;
const SOON = 1_000; // ms
const LATER = 10_000; // ms

/** One page of an environment's jobs, the newest first. It is read each second while one of them runs. */
export function Jobs({ app, environment, place }: At & { readonly place: Place }) {
  const { client } = useSession();
  const filter = useId();
  const status = JobStatus.find((value) => value === place.status);
  const { from } = place;
  const here = { view: 'jobs', app, environment } as const;
  const reading = useReading(
    ['jobs', app, environment, status, from],
    (signal) =>
      client.listBackendJobs(
        {
          appId: app,
          backendEnvironmentName: environment,
          ...(status && { status }),
          ...(from && { nextToken: from }),
        },
        { signal },
      ),
    { every: (value) => (value?.jobs?.some(isRunning) ? SOON : LATER) },
  );
  const jobs = reading.value?.jobs ?? [];
  return (
    <>
      <p className="above">
        App {app} · {environment}
      </p>
      <h1>Jobs</h1>
      <div className="actions">
        <label className="field inline" htmlFor={filter}>
          <span>State</span>
          <select
            id={filter}
            value={status ?? ''}
            onChange={({ target }) => go({ ...here, status: target.value || undefined })}
          >
            <option value="">any</option>
            {JobStatus.map((value) => (
              <option key={value}>{value}</option>
            ))}
          </select>
        </label>
        <p className="small muted">
          {jobs.some(isRunning) ? 'Updates each second while a job runs.' : 'Updates by itself.'}
        </p>
      </div>
      <Announced jobs={jobs} key={`${status} ${from}`} />
      <Read reading={reading} what="the jobs">
        {({ jobs = [], nextToken }) => (
          <>
            {jobs.length === 0 ? (
              <Empty title={`No ${status ? `${status} ` : ''}jobs here`}>
                <p className="muted">Each change of an environment is a job, and stays listed after its end.</p>
              </Empty>
            ) : (
              <Table jobs={jobs} />
            )}
            <p className="actions">
              {from && (
                <a className="button" href={hashOf({ ...here, status })}>
                  Newest jobs
                </a>
              )}
              {nextToken && (
                <a className="button" href={hashOf({ ...here, status, from: nextToken })}>
                  Older jobs
                </a>
              )}
            </p>
          </>
        )}
      </Read>
    </>
  );
}

const isRunning = ({ status }: Job): boolean => status === RUNNING;

function Table({ jobs }: { jobs: readonly Job[] }) {
  const { document } = useSession();
  return (
    <table className="jobs">
      <thead>
        <tr>
          <th scope="col">Change</th>
          <th scope="col">State</th>
          <th scope="col">Started</th>
          <th scope="col">Duration</th>
          <th scope="col">Job</th>
        </tr>
      </thead>
      <tbody>
        {jobs.map((job) => (
          <tr key={job.jobId}>
            <th scope="row">
              <span>{job.operation}</span>
              <span className="small muted block">{summaryOf(document, job.operation)}</span>
              {job.error && <span className="note note-bad lines block">{job.error}</span>}
            </th>
            <td data-title="State">
              <JobState status={job.status} />
            </td>
            <td data-title="Started">
              <time dateTime={new Date(Number(job.createTime)).toISOString()}>{timeOf(Number(job.createTime))}</time>
            </td>
            <td data-title="Duration">{durationOf(job)}</td>
            <td data-title="Job">
              <code className="small">{job.jobId}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The document's own words for the change that a job makes. */
function summaryOf(document: OpenApiDocument, operation: string | undefined): string {
  try {
    return operationOf(document, operation ?? '').summary;
  } catch {
    return ''; // a job of a release that had other operations
  }
}

/** Announces jobs that begin or end after the list was first read. Reading out the whole list would be too much. */
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
