import { useMemo } from 'react';
import { operations } from '../../generated/operations.ts';
import { type OpenApiDocument, type Operation, operationOf } from '../../pipeline/forms/document.ts';
import { Breakable } from './Breakable.tsx';
import { Empty } from './Feedback.tsx';
import { FollowedForm } from './FollowedForm.tsx';
import { taken } from './parameters.ts';
import { hashOf, type Place } from './place.ts';
import { useSession } from './session.tsx';

/** All operations that the client can call, or the form of one of them. */
export function Operations({ place }: { place: Place }) {
  const { operation } = place;
  if (operation === undefined) return <List place={place} />;
  if (!Object.hasOwn(operations, operation)) {
    return (
      <Empty title={`There is no operation ${operation}`}>
        <a href={hashOf({ ...place, operation: undefined })}>All operations</a>
      </Empty>
    );
  }
  return <One place={place} id={operation} />;
}

function List({ place }: { place: Place }) {
  const { document } = useSession();
  const groups = Map.groupBy(
    Object.keys(operations).map((id) => operationOf(document, id)),
    ({ id }) => tagOf(document, id),
  );
  return (
    <>
      <h1>Operations</h1>
      <p className="lead">Each has a form made of the API's document, which sends a real request to this server.</p>
      {[...groups].map(([tag, of]) => (
        <section key={tag}>
          <h2>{tag}</h2>
          <ul className="operations">
            {of.map((operation) => (
              <li className="card" key={operation.id}>
                <h3>
                  <a href={hashOf({ ...place, view: 'operations', operation: operation.id })}>{operation.id}</a>{' '}
                  {operation.deprecated && <span className="badge">deprecated</span>}
                </h3>
                <p>{operation.summary}</p>
                <Route operation={operation} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function One({ place, id }: { place: Place; id: string }) {
  const { document } = useSession();
  const { app, environment } = place;
  const operation = operationOf(document, id);
  const initial = useMemo(
    () => taken(document, id, { appId: app, backendEnvironmentName: environment }),
    [document, id, app, environment],
  );
  return (
    <>
      <p className="above">
        <a href={hashOf({ ...place, operation: undefined })}>Operations</a>
      </p>
      <h1>
        {id} {operation.deprecated && <span className="badge">deprecated</span>}
      </h1>
      <p className="lead">{operation.summary}</p>
      <Route operation={operation} />
      <section className="card form-card" aria-labelledby="input">
        <h2 id="input">Input</h2>
        <FollowedForm operationId={id} initial={initial} />
      </section>
    </>
  );
}

const Route = ({ operation: { method, path } }: { operation: Operation }) => (
  <p className="small muted route">
    <code>
      {method} <Breakable text={path} />
    </code>
  </p>
);

/** The first tag of an operation: it is listed under that. */
function tagOf({ paths }: OpenApiDocument, id: string): string {
  const all = Object.values(paths).flatMap((item) => Object.values(item as Record<string, Tagged>));
  return all.find(({ operationId }) => operationId === id)?.tags?.[0] ?? 'Others';
}

interface Tagged {
  readonly operationId?: string;
  readonly tags?: readonly string[];
}
