import { Fragment } from 'react';
import type { Outcome } from './outcome.ts';

/** The server's answer, or why none came. */
export function Answer({ outcome }: { readonly outcome: Outcome }) {
  const { status, requestId, headers = [], body } = outcome;
  const type = outcome.ok ? undefined : outcome.type;
  return (
    <div className={`form-answer ${outcome.ok ? 'form-answer-ok' : 'form-answer-failed'}`}>
      <h2>{outcome.ok ? 'Answer' : (type ?? 'Failed')}</h2>
      {!outcome.ok && <p className="form-message">{outcome.message}</p>}
      <dl>
        {status !== undefined && (
          <>
            <dt>Status</dt>
            <dd>{status}</dd>
          </>
        )}
        {requestId !== undefined && (
          <>
            <dt>Request id</dt>
            <dd>
              <code>{requestId}</code>
            </dd>
          </>
        )}
      </dl>
      {headers.length > 0 && (
        <details>
          <summary>Headers</summary>
          <dl>
            {headers.map(([name, value]) => (
              <Fragment key={name}>
                <dt>{name}</dt>
                <dd>
                  <code>{value}</code>
                </dd>
              </Fragment>
            ))}
          </dl>
        </details>
      )}
      {body !== undefined && (
        // It scrolls: the keyboard must get there too.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable
        <pre tabIndex={0}>{typeof body === 'string' ? body : JSON.stringify(body, null, 2)}</pre>
      )}
    </div>
  );
}
