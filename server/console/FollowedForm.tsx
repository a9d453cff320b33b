import { useCallback, useRef, useState } from 'react';
import OperationForm from '../../pipeline/forms/OperationForm.tsx';
import type { Call } from './calls.ts';
import { FollowedJob } from './FollowedJob.tsx';
import { useSession } from './session.tsx';
import { isObject } from './settings.ts';

export interface StartedJob {
  readonly appId: string;
  readonly backendEnvironmentName: string;
  readonly jobId: string;
}

interface Props {
  readonly operationId: string;
  readonly initial: object;
  readonly onInput?: (input: object) => void;
}

/** An operation's form, and the job that sending it started. */
export function FollowedForm({ operationId, initial, onInput }: Props) {
  const { document, call, signer } = useSession();
  const [job, setJob] = useState<StartedJob>();
  const latest = useRef(call);
  latest.current = call;
  const followed: Call = useCallback(async (...request) => {
    setJob(undefined);
    const outcome = await latest.current(...request);
    if (outcome.ok) setJob(startedJob(outcome.body));
    return outcome;
  }, []);
  return (
    <>
      <OperationForm
        document={document}
        operationId={operationId}
        call={followed}
        initial={initial}
        baseUrl={location.origin}
        signed={signer !== undefined}
        {...(onInput && { onInput })}
      />
      {job && <FollowedJob job={job} key={job.jobId} />}
    </>
  );
}

/** What changes something answers with a job; some answers come without one. */
function startedJob(body: unknown): StartedJob | undefined {
  if (!isObject(body)) return undefined;
  const { appId, backendEnvironmentName, jobId } = body;
  const isJob = [appId, backendEnvironmentName, jobId].every((text) => typeof text === 'string' && text !== '');
  return isJob ? (body as unknown as StartedJob) : undefined;
}
