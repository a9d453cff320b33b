import { useDeferredValue, useId, useMemo, useState } from 'react';
import { AppChoice } from './AppChoice.tsx';
import { useApp } from './Environments.tsx';
import { hashOf, type Place, type View } from './place.ts';

const VIEWS = [
  ['configuration', 'Configuration'],
  ['change', 'Change'],
  ['jobs', 'Jobs'],
] as const satisfies readonly (readonly [View, string])[];

const FEW = 8;

export function Navigation({ place, isOpen }: { place: Place; isOpen: boolean }) {
  const { app, environment } = place;
  const { value, refusal } = useApp(app);
  // An environment named in the address is shown even where the app can't be read.
  const environments = value?.backendEnvironmentList ?? (environment && refusal ? [environment] : []);
  return (
    <nav id="navigation" className={isOpen ? 'side is-open' : 'side'} aria-label="Console">
      <AppChoice app={app} key={app} />
      {app !== undefined && (
        <>
          <Item to={{ view: 'environments', app }} at={place}>
            Environments
          </Item>
          <EnvironmentList app={app} environments={environments} place={place} />
        </>
      )}
      <h2 className="side-title">API</h2>
      <ul>
        <li>
          <Item to={{ view: 'operations', app, environment }} at={place}>
            Operations
          </Item>
        </li>
        <li>
          <a href="/docs" className="item">
            Reference
          </a>
        </li>
        <li>
          <a href="/console/guides/" className="item">
            Guides
          </a>
        </li>
      </ul>
    </nav>
  );
}

interface ListProps {
  readonly app: string;
  readonly environments: readonly string[];
  readonly place: Place;
}

/** The environments of an app, in a list that scrolls by itself. The current one is open and in sight. */
function EnvironmentList({ app, environments, place }: ListProps) {
  const [filter, setFilter] = useState('');
  const sought = useDeferredValue(filter.trim().toLowerCase());
  const id = useId();
  const found = useMemo(
    () => environments.filter((name) => name === place.environment || name.toLowerCase().includes(sought)),
    [environments, sought, place.environment],
  );
  const shown = useDeferredValue(found, []);
  return (
    <>
      {environments.length > FEW && (
        <label className="field side-filter" htmlFor={id}>
          <span>Filter environments</span>
          <input id={id} type="search" value={filter} onChange={({ target }) => setFilter(target.value)} />
        </label>
      )}
      <ul className="side-environments">
        {shown.map((environment) =>
          environment === place.environment ? (
            <li key={environment} ref={bringIntoSight}>
              <h2 className="side-title">{environment}</h2>
              <ul>
                {VIEWS.map(([view, title]) => (
                  <li key={view}>
                    <Item to={{ view, app, environment }} at={place}>
                      {title}
                    </Item>
                  </li>
                ))}
              </ul>
            </li>
          ) : (
            <li key={environment}>
              <a href={hashOf({ view: 'configuration', app, environment })} className="item">
                {environment}
              </a>
            </li>
          ),
        )}
      </ul>
    </>
  );
}

const bringIntoSight = (item: HTMLLIElement | null) => item?.scrollIntoView({ block: 'nearest' });

function Item({ to, at, children }: { to: Place; at: Place; children: string }) {
  const isHere = to.view === at.view && to.app === at.app && to.environment === at.environment;
  return (
    <a href={hashOf(to)} className="item" aria-current={isHere ? 'page' : undefined}>
      {children}
    </a>
  );
}
