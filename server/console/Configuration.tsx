import { type ReactNode, useId } from 'react';
import type { Environment } from './environment.ts';
import { Empty, Read } from './Feedback.tsx';
import { Prose } from './Prose.tsx';
import { formHash, hashOf } from './place.ts';
import { useSession } from './session.tsx';
import { type Section, sectionsOf } from './settings.ts';
import { titleOf } from './titles.ts';
import { type At, useEnvironment } from './useEnvironment.ts';
import { Value } from './Value.tsx';

/** How people sign in to an environment, and what was made for it. */
export function Configuration(at: At) {
  const { app, environment } = at;
  const reading = useEnvironment(at);
  return (
    <>
      <p className="above">
        {reading.value?.appName ?? `App ${app}`} · {environment}
      </p>
      <h1>Configuration</h1>
      <Read reading={reading} what="the configuration">
        {(read) => (read.resourceName === undefined ? <NoAuth {...at} /> : <Cards at={at} read={read} />)}
      </Read>
    </>
  );
}

/** The view of an environment without authentication. */
export function NoAuth({ app, environment }: At) {
  return (
    <Empty title="No authentication yet">
      <p className="muted">Nobody can sign in to {environment} so far.</p>
      <a className="button primary" href={formHash('CreateBackendAuth', { app, environment })}>
        Create authentication
      </a>{' '}
      <a className="button" href={formHash('ImportBackendAuth', { app, environment })}>
        Take over a user pool
      </a>
    </Empty>
  );
}

function Cards({ at, read }: { at: At; read: Environment }) {
  const { document } = useSession();
  const sections = sectionsOf(document, 'CreateBackendAuthResourceConfig', read.config ?? {});
  // Sections with settings come first.
  const ordered = [...sections].sort((a, b) => Number(a.settings.length === 0) - Number(b.settings.length === 0));
  const made = Object.entries(read.made);
  return (
    <>
      <div className="actions">
        <p className="lead">
          Resource <code>{read.resourceName}</code>
        </p>
        <a className="button primary" href={hashOf({ view: 'change', ...at })}>
          Change it
        </a>
      </div>
      <div className="grid">
        {ordered.map((section) => (
          <SectionCard key={section.title} section={section} />
        ))}
        <Card title="What was made" description="The ids that an app is configured with.">
          <Terms terms={made.map(([name, value]) => [titleOf(name), <Value key={name} value={value} />])} />
        </Card>
      </div>
    </>
  );
}

function SectionCard({ section: { title, description, isDeprecated, settings } }: { section: Section }) {
  return (
    <Card title={title} description={description} isDeprecated={isDeprecated}>
      {settings.length === 0 ? (
        <p className="muted">Not set.</p>
      ) : (
        <Terms terms={settings.map(({ path, title, value }) => [title, <Value key={path.join()} value={value} />])} />
      )}
    </Card>
  );
}

interface CardProps {
  readonly title: string;
  readonly description: string;
  readonly isDeprecated?: boolean;
  readonly children: ReactNode;
}

function Card({ title, description, isDeprecated, children }: CardProps) {
  const id = useId();
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {isDeprecated && <p className="badge">deprecated</p>}
      <p className="small muted">
        <Prose text={description} />
      </p>
      {children}
    </section>
  );
}

function Terms({ terms }: { terms: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl>
      {terms.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
