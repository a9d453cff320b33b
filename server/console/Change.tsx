import { useMemo, useRef, useState } from 'react';
import { operationOf } from '../../pipeline/forms/document.ts';
import { NoAuth } from './Configuration.tsx';
import { countOf, Difference } from './Difference.tsx';
import { configAfter, difference } from './difference.ts';
import type { Config } from './environment.ts';
import { Read } from './Feedback.tsx';
import { FollowedForm } from './FollowedForm.tsx';
import { useSession } from './session.tsx';
import { fitting } from './settings.ts';
import { type At, useEnvironment } from './useEnvironment.ts';

const OPERATION = 'UpdateBackendAuth' as const;

/** The form of an update, filled with what is so now, and what sending it would make of it. */
export function Change({ app, environment }: At) {
  const reading = useEnvironment({ app, environment });
  return (
    <>
      <p className="above">
        {reading.value?.appName ?? `App ${app}`} · {environment}
      </p>
      <h1>Change the configuration</h1>
      <Read reading={reading} what="the configuration">
        {({ resourceName, config }) =>
          resourceName === undefined || config === undefined ? (
            <NoAuth app={app} environment={environment} />
          ) : (
            <Update app={app} environment={environment} resourceName={resourceName} config={config} />
          )
        }
      </Read>
    </>
  );
}

function Update({ app, environment, resourceName, config }: At & { resourceName: string; config: Config }) {
  const { document } = useSession();
  // What the form begins with stays as it was: typing goes on while a job ends.
  const [began] = useState(config);
  const initial = useMemo(() => {
    const { resourceConfig = {} } = operationOf(document, OPERATION).input.properties ?? {};
    return {
      appId: app,
      backendEnvironmentName: environment,
      resourceName,
      resourceConfig: fitting(document, resourceConfig, began),
    };
  }, [document, app, environment, resourceName, began]);
  const [input, setInput] = useState<object>(initial);
  const after = configAfter(config, input, resourceName);
  const rows = after && difference(config, after);
  const side = useRef<HTMLDivElement>(null);
  return (
    <>
      <p className="lead">
        A group of settings that is sent replaces the stored one whole; one that is left out stays as it is.
      </p>
      <div className="split">
        <section className="card" aria-labelledby="update">
          <h2 id="update">Update</h2>
          <FollowedForm operationId={OPERATION} initial={initial} onInput={setInput} />
        </section>
        <div className="split-side" ref={side}>
          {rows === undefined ? (
            <p className="note" role="status">
              The difference is shown once the form holds a configuration.
            </p>
          ) : (
            <Difference rows={rows} />
          )}
        </div>
      </div>
      {rows?.some(({ change }) => change !== 'same') && (
        <p className="jump">
          <span>{countOf(rows)}</span>
          <button type="button" onClick={() => side.current?.scrollIntoView()}>
            See
          </button>
        </p>
      )}
    </>
  );
}
