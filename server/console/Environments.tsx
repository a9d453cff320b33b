import { useDeferredValue, useId, useMemo, useRef, useState } from 'react';
import { AppChoice } from './AppChoice.tsx';
import { Empty, Read } from './Feedback.tsx';
import { JobState } from './JobState.tsx';
import { exampleApp } from './parameters.ts';
import { formHash, hashOf } from './place.ts';
import { useSession } from './session.tsx';
import { timeOf } from './times.ts';
import { useReading } from './useReading.ts';
import { useSeen } from './useSeen.ts';

export function Environments({ app }: { app: string | undefined }) {
  return app === undefined ? <Welcome /> : <EnvironmentsOf app={app} />;
}

function Welcome() {
  const { document } = useSession();
  const example = exampleApp(document);
  return (
    <>
      <h1>Which app?</h1>
      <p className="lead">
        Enter the id of an app to see its environments, their sign-in, and the jobs that change them.
      </p>
      <AppChoice app={undefined} />
      <p className="muted">
        <a href={hashOf({ view: 'environments', app: example })}>Open {example}</a>, the app of the documentation's
        examples, which <code>--demo</code> makes. Or read the <a href="/console/guides/">guides</a> and the{' '}
        <a href="/docs">reference</a>.
      </p>
    </>
  );
}

function EnvironmentsOf({ app }: { app: string }) {
  const reading = useApp(app);
  const create = formHash('CreateBackend', { app });
  const { appName, backendEnvironmentList: environments = [] } = reading.value ?? {};
  return (
    <>
      <p className="above">App {app}</p>
      <h1>{appName ?? 'Environments'}</h1>
      <Read
        reading={reading}
        what="the environments"
        onRefusal={({ status, message }) =>
          status === 404 && (
            <Empty title="There is no such app yet">
              <p className="muted">{message}</p>
              <a className="button primary" href={create}>
                Create an environment
              </a>
            </Empty>
          )
        }
      >
        {() => (
          <>
            <Cards app={app} environments={environments} />
            <p className="actions">
              <a className="button" href={create}>
                Create an environment
              </a>
              <a className="button danger" href={formHash('RemoveAllBackends', { app })}>
                Delete all environments
              </a>
            </p>
          </>
        )}
      </Read>
    </>
  );
}

/** Reads an app and the names of its environments; the navigation shares the reading. */
export function useApp(app: string | undefined) {
  const { client } = useSession();
  return useReading(['app', app], (signal) => client.getBackend({ appId: app ?? '' }, { signal }), {
    enabled: app !== undefined,
  });
}

const FEW = 8;

function Cards({ app, environments }: { app: string; environments: readonly string[] }) {
  const [filter, setFilter] = useState('');
  const sought = useDeferredValue(filter.trim().toLowerCase());
  const id = useId();
  const found = useMemo(
    () => environments.filter((name) => name.toLowerCase().includes(sought)),
    [environments, sought],
  );
  // Hundreds of cards are rendered in slices, between which the page stays responsive.
  const shown = useDeferredValue(found, []);
  return (
    <>
      {environments.length > FEW && (
        <div className="actions">
          <label className="field inline" htmlFor={id}>
            <span>Filter</span>
            <input id={id} type="search" value={filter} onChange={({ target }) => setFilter(target.value)} />
          </label>
          <p className="small muted" role="status">
            {found.length} of {environments.length} environments
          </p>
        </div>
      )}
      <ul className="cards">
        {shown.map((environment) => (
          <Card key={environment} app={app} environment={environment} />
        ))}
      </ul>
    </>
  );
}

interface CardProps {
  readonly app: string;
  readonly environment: string;
}

/** An environment. Its last job is read once the card is in sight: there may be hundreds. */
function Card({ app, environment }: CardProps) {
  const item = useRef<HTMLLIElement>(null);
  const isSeen = useSeen(item);
  return (
    <li className="card environment" ref={item}>
      <h2>
        <a href={hashOf({ view: 'configuration', app, environment })}>{environment}</a>
      </h2>
      <p className="small last-job">{isSeen && <LastJob app={app} environment={environment} />}</p>
      <p className="card-links">
        <a href={hashOf({ view: 'change', app, environment })}>Change</a>
        <a href={hashOf({ view: 'jobs', app, environment })}>Jobs</a>
        <a className="danger-link" href={formHash('DeleteBackend', { app, environment })}>
          Delete
        </a>
      </p>
    </li>
  );
}

function LastJob({ app, environment }: CardProps) {
  const { client } = useSession();
  const { value } = useReading(['last job', app, environment], (signal) =>
    client.listBackendJobs({ appId: app, backendEnvironmentName: environment, maxResults: 1 }, { signal }),
  );
  if (value === undefined) return null;
  const [last] = value.jobs ?? [];
  if (last === undefined) return <span className="muted">No jobs</span>;
  return (
    <>
      <JobState status={last.status} /> {last.operation}{' '}
      <span className="muted">{timeOf(Number(last.createTime))}</span>
    </>
  );
}
