import { useEffect, useRef, useState } from 'react';
import { type Job, JobFailedError, waitForJob } from '../../client/index.ts';
import { type Refusal, refusalOf } from './calls.ts';
import { RefusalNote } from './Feedback.tsx';
import { JobState } from './JobState.tsx';
import { hashOf } from './place.ts';
import { useSession } from './session.tsx';

export interface StartedJob {
  readonly appId: string;
  readonly backendEnvironmentName: string;
  readonly jobId: string;
}

/** Follows a job to its end. Then every view reads again, since the job may have changed what it shows. */
export function FollowedJob({ job: started, onCompleted }: { job: StartedJob; onCompleted?: () => void }) {
  const { client, changed } = useSession();
  const [job, setJob] = useState<Job>();
  const [refusal, setRefusal] = useState<Refusal>();
  const completed = useRef(onCompleted);
  completed.current = onCompleted;
  useEffect(() => {
    const stop = new AbortController();
    waitForJob(client, started, { signal: stop.signal, interval: 1_000, onPoll: setJob })
      .then(() => completed.current?.())
      .catch((error: unknown) => {
        if (!stop.signal.aborted && !(error instanceof JobFailedError)) setRefusal(refusalOf(error));
      })
      .then(() => stop.signal.aborted || changed());
    return () => stop.abort();
  }, []);
  const { appId: app, backendEnvironmentName: environment } = started;
  return (
    <div className="followed">
      <p role="status">
        Job {job?.operation} <JobState status={job?.status} /> {job?.error && <span>{job.error}</span>}
      </p>
      <p className="small muted">
        <code>{started.jobId}</code> · <a href={hashOf({ view: 'jobs', app, environment })}>All jobs</a>
      </p>
      {refusal && <RefusalNote refusal={refusal} />}
    </div>
  );
}
