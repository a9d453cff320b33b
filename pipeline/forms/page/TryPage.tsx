import { useEffect, useMemo, useRef, useState } from 'react';
import { operationsOf } from '../../document/operations.ts';
import type { Document } from '../../document/types.ts';
import { type OpenApiDocument, operationOf } from '../document.ts';
import OperationForm from '../OperationForm.tsx';
import { Credentials } from './Credentials.tsx';
import { curlArguments, type Credentials as Given, schemesOf } from './credentials.ts';
import { OperationList } from './OperationList.tsx';
import { send } from './send.ts';

interface Props {
  readonly document: Document;
  /** The server, without a slash at the end. */
  readonly baseUrl: string;
}

/** All operations of a document, and the form of the one that the address names. */
export function TryPage({ document: served, baseUrl }: Props) {
  const operations = useMemo(() => operationsOf(served), [served]);
  const schemes = useMemo(() => schemesOf(served), [served]);
  const [given, setGiven] = useState<Given>({});
  const id = useChosen();
  const chosen = operations.find((one) => one.id === id);
  const heading = useRef<HTMLHeadingElement>(null);
  const first = useRef(true);
  useEffect(() => {
    if (first.current) first.current = false;
    else heading.current?.focus();
  }, [id]);
  const { title } = served.info;
  const shown = chosen?.id ?? title;
  useEffect(() => {
    window.document.title = chosen === undefined ? title : `${chosen.id} · ${title}`;
  }, [chosen, title]);
  return (
    <div className="try">
      <header>
        <p>
          {title} · <a href="../docs">Reference</a>
        </p>
        <Credentials schemes={schemes} given={given} onChange={setGiven} />
      </header>
      <OperationList operations={operations} chosen={id} />
      <main>
        <h1 ref={heading} tabIndex={-1}>
          {shown}
        </h1>
        {chosen === undefined ? (
          <p>{id === undefined ? 'Choose an operation.' : `The document has no operation ${id}.`}</p>
        ) : (
          <>
            <p className="route">
              {chosen.method} {chosen.path}
            </p>
            {chosen.object.summary && <p>{chosen.object.summary}</p>}
            <OperationForm
              document={served as unknown as OpenApiDocument}
              operationId={chosen.id}
              call={(operationId, input) =>
                send(served, operationOf(served as unknown as OpenApiDocument, operationId), input, {
                  baseUrl,
                  credentials: given,
                })
              }
              target={{ baseUrl, curlArguments: curlArguments(served, chosen.id) }}
            />
          </>
        )}
      </main>
    </div>
  );
}

/** The operation that the address names, after the `#`. */
function useChosen(): string | undefined {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = () => setHash(location.hash);
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  const text = hash.slice(1);
  try {
    return text === '' ? undefined : decodeURIComponent(text);
  } catch {
    return text;
  }
}
