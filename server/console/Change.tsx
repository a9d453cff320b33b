import { useCallback, useMemo, useRef, useState } from 'react';
import { operationOf } from '../../pipeline/forms/document.ts';
import { ChangedMeanwhile } from './ChangedMeanwhile.tsx';
import { NoAuth } from './Configuration.tsx';
import type { Call } from './calls.ts';
import { countOf, Difference } from './Difference.tsx';
import { configAfter, difference, type Row } from './difference.ts';
import { edited } from './edits.ts';
import { type Config, readEnvironment } from './environment.ts';
import { Read } from './Feedback.tsx';
import { FollowedForm } from './FollowedForm.tsx';
import { OutsidePreview } from './OutsidePreview.tsx';
import { useSession } from './session.tsx';
import { fitting, isObject } from './settings.ts';
import { type At, useEnvironment } from './useEnvironment.ts';

const OPERATION = 'UpdateBackendAuth' as const;

/** The form of an update, filled with the present configuration, and the difference that sending it would make. */
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

/** A question that waits for its answer before the update is sent. */
interface Question {
  readonly rows: readonly Row[];
  readonly answer: (send: boolean) => void;
}

interface Props extends At {
  readonly resourceName: string;
  /** The configuration as it was last read. */
  readonly config: Config;
}

function Update({ app, environment, resourceName, config }: Props) {
  const { document, client, call, changed } = useSession();
  const schema = useMemo(() => operationOf(document, OPERATION).input.properties?.resourceConfig ?? {}, [document]);
  const fixed = useMemo(
    () => ({ appId: app, backendEnvironmentName: environment, resourceName }),
    [app, environment, resourceName],
  );
  // The configuration that edits are counted from. What others change meanwhile does not move it.
  const [began, setBegan] = useState<unknown>(() => fitting(document, schema, config));
  const initial = useMemo(() => ({ resourceConfig: fitting(document, schema, config) }), [document, schema]);
  const [input, setInput] = useState<Readonly<Record<string, unknown>>>(initial);
  // The last configuration that this person has seen.
  const seen = useRef(config);
  const [question, setQuestion] = useState<Question>();

  const reduceTo = useCallback(
    (present: Config) => (whole: Record<string, unknown>) =>
      isObject(whole.resourceConfig)
        ? { ...whole, resourceConfig: edited(document, schema, began, whole.resourceConfig, present) }
        : whole,
    [document, schema, began],
  );
  const reduce = useMemo(() => reduceTo(config), [reduceTo, config]);

  const send: Call = async (operationId) => {
    const present = (await readEnvironment(client, app, environment, AbortSignal.timeout(30_000))).config;
    if (present === undefined) throw new Error('Nothing was sent: the authentication was deleted meanwhile.');
    const rows = difference(seen.current, present).filter(({ change }) => change !== 'same');
    seen.current = present;
    if (rows.length > 0) {
      changed();
      const goesOn = await new Promise<boolean>((answer) => setQuestion({ rows, answer }));
      setQuestion(undefined);
      if (!goesOn) return { ok: false, message: 'Nothing was sent. The difference shows the present configuration.' };
    }
    return call(operationId, reduceTo(present)({ ...input }));
  };

  const sent = reduce({ ...input });
  const after = configAfter(config, sent, resourceName);
  const rows = after && difference(config, after);
  const side = useRef<HTMLDivElement>(null);
  return (
    <>
      <p className="lead">
        Only the groups of settings that you edit are sent. A group that is sent replaces the stored one; the others
        stay as they are.
      </p>
      <div className="split">
        <section className="card" aria-labelledby="update">
          <h2 id="update">Update</h2>
          <dl className="target" aria-label="Target of the update">
            <Term name="App" value={app} />
            <Term name="Environment" value={environment} />
            <Term name="Resource" value={resourceName} />
          </dl>
          <FollowedForm
            operationId={OPERATION}
            initial={initial}
            fixed={fixed}
            reduce={reduce}
            send={send}
            onInput={setInput}
            onCompleted={() => setBegan(input.resourceConfig)}
          />
        </section>
        <div className="split-side" ref={side}>
          {rows === undefined ? (
            <p className="note" role="status">
              The difference appears once the form holds a configuration.
            </p>
          ) : (
            <Difference rows={rows} />
          )}
          <OutsidePreview input={sent} />
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
      {question && <ChangedMeanwhile rows={question.rows} onAnswer={question.answer} />}
    </>
  );
}

const Term = ({ name, value }: { name: string; value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>
      <code>{value}</code>
    </dd>
  </div>
);
