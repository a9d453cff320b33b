import { useEffect, useMemo, useRef, useState } from 'react';
import { type Operation, operationsOf } from '../../document/operations.ts';
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
  const { title } = served.info;
  const heading = useFocusAfterChange(id);
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
          {chosen?.id ?? title}
        </h1>
        {chosen === undefined ? (
          <p>{id === undefined ? 'Choose an operation.' : `The document has no operation ${id}.`}</p>
        ) : (
          <Chosen document={served} baseUrl={baseUrl} operation={chosen} credentials={given} />
        )}
      </main>
    </div>
  );
}

interface ChosenProps extends Props {
  readonly operation: Operation;
  readonly credentials: Given;
}

/** The form of an operation, which sends to the server. */
function Chosen({ document: served, baseUrl, operation, credentials }: ChosenProps) {
  const { id, method, path, object } = operation;
  const document = served as unknown as OpenApiDocument;
  return (
    <>
      <p className="route">
        {method} {path}
      </p>
      {object.summary && <p>{object.summary}</p>}
      <OperationForm
        document={document}
        operationId={id}
        call={(_id, input) => send(served, operationOf(document, id), input, { baseUrl, credentials })}
        target={{ baseUrl, curlArguments: curlArguments(served, id) }}
      />
    </>
  );
}

/** Moves the focus to a heading each time that another operation is chosen, but not when the page is opened. */
function useFocusAfterChange(id: string | undefined) {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(id);
  useEffect(() => {
    if (shown.current !== id) heading.current?.focus();
    shown.current = id;
  }, [id]);
  return heading;
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
