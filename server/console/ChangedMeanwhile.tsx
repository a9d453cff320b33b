import { useEffect, useId, useRef } from 'react';
import { DifferenceTable } from './Difference.tsx';
import type { Row } from './difference.ts';

interface Props {
  /** The settings that someone else changed since this person last saw the configuration. */
  readonly rows: readonly Row[];
  readonly onAnswer: (send: boolean) => void;
}

/** Asks before an update is sent to a configuration that is not the one on the screen. */
export function ChangedMeanwhile({ rows, onAnswer }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} aria-labelledby={title} onClose={() => onAnswer(false)}>
      <div className="stack">
        <h2 id={title}>Someone else changed this configuration</h2>
        <p className="muted">
          These settings are not the ones you started from. Your own edits are sent on top of them; settings that you
          did not edit keep their new value.
        </p>
        <DifferenceTable rows={rows} labelledBy={title} after="Changed to" before="When you last saw it" />
        <div className="actions">
          <button type="button" className="primary" onClick={() => onAnswer(true)}>
            Send my edits
          </button>
          <button type="button" onClick={() => onAnswer(false)}>
            Don't send yet
          </button>
        </div>
      </div>
    </dialog>
  );
}
