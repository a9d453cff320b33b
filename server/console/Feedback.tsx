import type { ReactNode } from 'react';
import type { Refusal } from './calls.ts';
import type { Reading } from './useReading.ts';

/** Why something was not done: the exception's name, its message, and the id that the server's log has too. */
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
  /** What is read, such as `the environments`. */
  readonly what: string;
  /** Shown in place of a refusal, where it has a better answer; nothing shows the refusal. */
  readonly onRefusal?: (refusal: Refusal) => ReactNode | undefined;
  readonly children: (value: Value) => ReactNode;
}

/** Shows what was read, or that it is being read, or why it can't be. */
export function Read<Value>({ reading, what, onRefusal, children }: ReadProps<Value>) {
  const { value, refusal, again, isBusy } = reading;
  if (refusal !== undefined) {
    return (
      onRefusal?.(refusal) || (
        <RefusalNote refusal={refusal}>
          <button type="button" onClick={again} disabled={isBusy}>
            Try again
          </button>
        </RefusalNote>
      )
    );
  }
  if (value === undefined) {
    return (
      <p className="muted loading" role="status">
        Reading {what}…
      </p>
    );
  }
  return children(value);
}

/** What is said where there is nothing yet, and what to do about it. */
export function Empty({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="empty">
      <h2>{title}</h2>
      {children}
    </section>
  );
}
