import { Empty, Read } from './Feedback.tsx';
import { exampleApp } from './parameters.ts';
import { formHash, hashOf } from './place.ts';
import { useSession } from './session.tsx';
import { useReading } from './useReading.ts';

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
        Type the id of an app to see its environments, how people sign in to them, and the jobs that change it.
      </p>
      <p>
        <a className="button primary" href={hashOf({ view: 'environments', app: example })}>
          Open {example}
        </a>
      </p>
      <p className="muted">
        That is the app of the documentation's examples, and the one that <code>--demo</code> makes. There are{' '}
        <a href="/console/guides/">guides</a>, and every operation is in the <a href="/docs">reference</a>.
      </p>
    </>
  );
}

function EnvironmentsOf({ app }: { app: string }) {
  const { client, turn } = useSession();
  const reading = useReading((signal) => client.getBackend({ appId: app }, { signal }), [app], { turn });
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
            <ul className="cards">
              {environments.map((environment) => (
                <li className="card" key={environment}>
                  <h2>
                    <a href={hashOf({ view: 'configuration', app, environment })}>{environment}</a>
                  </h2>
                  <p className="card-links">
                    <a href={hashOf({ view: 'change', app, environment })}>Change</a>
                    <a href={hashOf({ view: 'jobs', app, environment })}>Jobs</a>
                  </p>
                </li>
              ))}
            </ul>
            <p>
              <a className="button" href={create}>
                Create an environment
              </a>
            </p>
          </>
        )}
      </Read>
    </>
  );
}
