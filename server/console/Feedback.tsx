import type { ReactNode } from 'react';
import type { Refusal } from './calls.ts';
import type { Reading } from './useReading.ts';

/** Why a request was refused: the exception's name, its message, and the request id that the server's log has too. */
export function RefusalNote({ refusal, children }: { refusal: Refusal; children?: ReactNode }) {
  const { type, status, message, requestId } = refusal;
  return (
    <div className="note note-bad" role="alert">
      <p className="note-title">
        {type ?? (status === undefined ? 'No answer' : 'Refused')}
        {status !== undefined && <span className="muted"> · {status}</span>}
      </p>
      <p className="lines">{message}</p>
      {requestId && (
        <p className="small muted">
          Request <code>{requestId}</code>
        </p>
      )}
      {children}
    </div>
  );
}

interface ReadProps<Value> {
  readonly reading: Reading<Value>;
  /** The subject of the reading, such as `the environments`. */
  readonly what: string;
  /** Replaces the note of a refusal where there is a better answer. */
  readonly onRefusal?: (refusal: Refusal) => ReactNode | undefined;
  readonly children: (value: Value) => ReactNode;
}

/** Shows a reading: its value, its progress, or why it failed. A failure never takes away a value that is there. */
export function Read<Value>({ reading, what, onRefusal, children }: ReadProps<Value>) {
  const { value, refusal, again, isBusy } = reading;
  const retry = (
    <button type="button" onClick={again} disabled={isBusy}>
      Try again
    </button>
  );
  if (value !== undefined) {
    return (
      <>
        {refusal && (
          <div className="note note-warn" role="alert">
            <p>
              This may be out of date: reading {what} failed. {refusal.message}
            </p>
            {retry}
          </div>
        )}
        {children(value)}
      </>
    );
  }
  if (refusal !== undefined) return onRefusal?.(refusal) || <RefusalNote refusal={refusal}>{retry}</RefusalNote>;
  return (
    <p className="muted loading" role="status">
      Reading {what}…
    </p>
  );
}

/** An empty view, and a way on from it. */
export function Empty({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="empty">
      <h2>{title}</h2>
      {children}
    </section>
  );
}
