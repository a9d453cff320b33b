import { ApiException, NetworkError, TimeoutError } from '../../client/index.ts';
import { JobFailedError } from '../../client/waitForJob.ts';
import { EXIT, type ExitCode } from './exitCodes.ts';

/** The message and the exit code for a call that failed. Throws unexpected errors again. */
export function failureOf(error: unknown, baseUrl: string): { readonly message: string; readonly code: ExitCode } {
  if (error instanceof ApiException) {
    const { name, type, message, status, requestId } = error;
    const request = requestId === undefined ? '' : `, request ${requestId}`;
    return { message: `${type ?? name}: ${message} (status ${status}${request})`, code: EXIT.refused };
  }
  if (error instanceof JobFailedError) return { message: error.message, code: EXIT.refused };
  if (error instanceof NetworkError || error instanceof TimeoutError) {
    const hint = 'Is it running? `amplify-backend-auth serve` starts one; --url names another.';
    return { message: `No answer from ${baseUrl}: ${reasonOf(error)}. ${hint}`, code: EXIT.noAnswer };
  }
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return { message: 'The job has not ended in time; it runs on.', code: EXIT.noAnswer };
  }
  throw error;
}

/** The innermost cause: `fetch failed` says nothing. */
function reasonOf(error: Error): string {
  let reason = error;
  for (let hops = 0; hops < 8 && reason.cause instanceof Error; hops++) reason = reason.cause;
  const { code } = reason as NodeJS.ErrnoException;
  return code ?? (reason.message || reason.name);
}
