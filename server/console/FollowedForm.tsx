import { useCallback, useMemo, useRef, useState } from 'react';
import OperationForm from '../../pipeline/forms/OperationForm.tsx';
import { awsCli, SIGNING_BY_CURL } from './awsRequests.ts';
import type { Call } from './calls.ts';
import { FollowedJob, type StartedJob } from './FollowedJob.tsx';
import { useSession } from './session.tsx';
import { isObject } from './settings.ts';
import { useUnsent } from './unsent.ts';

interface Props {
  readonly operationId: string;
  readonly initial?: object;
  /** Members that are sent but not edited. */
  readonly fixed?: Readonly<Record<string, unknown>>;
  /** Reduces the input to the part that is sent. */
  readonly reduce?: (input: Record<string, unknown>) => Record<string, unknown>;
  /** Sends the input. @default the session's call */
  readonly send?: Call;
  readonly onInput?: (input: Readonly<Record<string, unknown>>) => void;
  /** Called when the job that was started has completed. */
  readonly onCompleted?: () => void;
}

/** The form of an operation, and the job that it started. */
export function FollowedForm({ operationId, send, onCompleted, ...form }: Props) {
  const { document, call, signer } = useSession();
  const [job, setJob] = useState<StartedJob>();
  const onUnsent = useUnsent();
  const latest = useRef(send ?? call);
  latest.current = send ?? call;
  const followed: Call = useCallback(async (...request) => {
    setJob(undefined);
    const outcome = await latest.current(...request);
    if (outcome.ok) setJob(startedJob(outcome.body));
    return outcome;
  }, []);
  const isSigned = signer !== undefined;
  const target = useMemo(
    () => ({ baseUrl: location.origin, ...(isSigned && { curlArguments: SIGNING_BY_CURL }) }),
    [isSigned],
  );
  const writers = useMemo(() => [awsCli(isSigned)], [isSigned]);
  return (
    <>
      <OperationForm
        {...form}
        document={document}
        operationId={operationId}
        call={followed}
        onUnsent={onUnsent}
        target={target}
        writers={writers}
      />
      {job && <FollowedJob job={job} key={job.jobId} {...(onCompleted && { onCompleted })} />}
    </>
  );
}

/** The job of an answer. Operations that change something start one; some answers come without. */
function startedJob(body: unknown): StartedJob | undefined {
  if (!isObject(body)) return undefined;
  const { appId, backendEnvironmentName, jobId } = body;
  const isJob = [appId, backendEnvironmentName, jobId].every((text) => typeof text === 'string' && text !== '');
  return isJob ? (body as unknown as StartedJob) : undefined;
}
