import { Fragment } from 'react';
import { AppChoice } from './AppChoice.tsx';
import { hashOf, type Place, type View } from './place.ts';
import { useSession } from './session.tsx';
import { useReading } from './useReading.ts';

const VIEWS = [
  ['configuration', 'Configuration'],
  ['change', 'Change'],
  ['jobs', 'Jobs'],
] as const satisfies readonly (readonly [View, string])[];

export function Navigation({ place, isOpen }: { place: Place; isOpen: boolean }) {
  const { app } = place;
  const { client, turn } = useSession();
  const { value, refusal } = useReading(
    async (signal) => (app === undefined ? undefined : await client.getBackend({ appId: app }, { signal })),
    [app],
    { turn },
  );
  // One that was named in the address is shown also where the app can't be read.
  const environments = value?.backendEnvironmentList ?? (place.environment && refusal ? [place.environment] : []);
  return (
    <nav id="navigation" className={isOpen ? 'side is-open' : 'side'} aria-label="Console">
      <AppChoice app={app} key={app} />
      {app !== undefined && (
        <>
          <Item to={{ view: 'environments', app }} at={place}>
            Environments
          </Item>
          {environments.map((environment) => (
            <Fragment key={environment}>
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
            </Fragment>
          ))}
        </>
      )}
      <h2 className="side-title">API</h2>
      <ul>
        <li>
          <Item to={{ view: 'operations', app, environment: place.environment }} at={place}>
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

function Item({ to, at, children }: { to: Place; at: Place; children: string }) {
  const isHere = to.view === at.view && to.app === at.app && to.environment === at.environment;
  return (
    <a href={hashOf(to)} className="item" aria-current={isHere ? 'page' : undefined}>
      {children}
    </a>
  );
}
