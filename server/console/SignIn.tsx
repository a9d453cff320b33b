import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { callFor, type Refusal, type Signer } from './calls.ts';
import { RefusalNote } from './Feedback.tsx';
import { exampleApp } from './parameters.ts';
import { useSession } from './session.tsx';

const FIRST_REGION = 'us-east-1';

/** Asks for a key, and makes sure of it with a signed reading of the app before it is used. */
export function SignIn({ app, onClose }: { app: string | undefined; onClose: () => void }) {
  const { document, sign } = useSession();
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const [isBusy, setBusy] = useState(false);
  const [refused, setRefused] = useState<{ signer: Signer; refusal: Refusal }>();
  useEffect(() => dialog.current?.showModal(), []);

  const use = (signer: Signer) => {
    sign(signer);
    onClose();
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const signer = signerOf(new FormData(event.currentTarget));
    setBusy(true);
    const outcome = await callFor(signer)('GetBackend', { appId: app ?? exampleApp(document) });
    setBusy(false);
    // An app that does not exist is answered after the signature was found right.
    if (outcome.ok || outcome.status === 404) use(signer);
    else setRefused({ signer, refusal: outcome });
  };

  return (
    <dialog ref={dialog} aria-labelledby={title} onClose={onClose}>
      <form onSubmit={submit} className="stack">
        <h2 id={title}>Sign requests</h2>
        <p className="muted">
          Requests are signed by AWS Signature Version 4 in this page. The key stays in its memory: closing or reloading
          the page forgets it.
        </p>
        {!isSecureContext && (
          <p className="note">Browsers sign only on https:// or localhost. Open the console under such an address.</p>
        )}
        <Entry label="Access key ID" name="accessKeyId" required />
        <Entry label="Secret access key" name="secretAccessKey" type="password" required />
        <Entry label="Session token (if there is one)" name="sessionToken" type="password" />
        <Entry label="Region" name="region" required defaultValue={FIRST_REGION} />
        {refused && (
          <RefusalNote refusal={refused.refusal}>
            {refused.refusal.type?.startsWith('AccessDenied') && (
              <button type="button" onClick={() => use(refused.signer)}>
                Use this key all the same
              </button>
            )}
          </RefusalNote>
        )}
        <div className="actions">
          <button type="submit" className="primary" disabled={isBusy}>
            {isBusy ? 'Checking…' : 'Sign requests'}
          </button>
          <button type="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </dialog>
  );
}

interface EntryProps {
  readonly label: string;
  readonly name: string;
  readonly type?: string;
  readonly required?: boolean;
  readonly defaultValue?: string;
}

function Entry({ label, ...input }: EntryProps) {
  return (
    <label className="field">
      <span>{label}</span>
      <input autoComplete="off" autoCapitalize="off" spellCheck={false} {...input} />
    </label>
  );
}

function signerOf(data: FormData): Signer {
  const text = (name: string) => String(data.get(name) ?? '').trim();
  const sessionToken = text('sessionToken');
  return {
    credentials: {
      accessKeyId: text('accessKeyId'),
      secretAccessKey: text('secretAccessKey'),
      ...(sessionToken && { sessionToken }),
    },
    region: text('region'),
  };
}
