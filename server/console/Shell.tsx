import { useEffect, useRef, useState } from 'react';
import { Change } from './Change.tsx';
import { Configuration } from './Configuration.tsx';
import { Environments } from './Environments.tsx';
import { Jobs } from './Jobs.tsx';
import { Navigation } from './Navigation.tsx';
import { Operations } from './Operations.tsx';
import { type Place, usePlace, type View } from './place.ts';
import { SignIn } from './SignIn.tsx';
import { useSession } from './session.tsx';

/** The frame of every view: the bar, the navigation, the dialog to sign in. */
export function Shell() {
  const place = usePlace();
  const [isMenuOpen, setMenuOpen] = useState(false);
  const [isSigning, setSigning] = useState(false);
  const main = useRef<HTMLElement>(null);
  const menu = useRef<HTMLButtonElement>(null);
  useTitle(place);
  const address = JSON.stringify(place);
  const shown = useRef(address);
  useEffect(() => {
    if (shown.current === address) return;
    shown.current = address;
    // As after loading a page: the menu closes, and the focus and the scroll position go to the new view.
    setMenuOpen(false);
    main.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [address]);

  useEffect(() => {
    if (!isMenuOpen) return;
    const close = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      setMenuOpen(false);
      menu.current?.focus();
    };
    addEventListener('keydown', close);
    return () => removeEventListener('keydown', close);
  }, [isMenuOpen]);

  return (
    <>
      <button type="button" className="skip" onClick={() => main.current?.focus()}>
        Skip to content
      </button>
      <header className="bar">
        <button
          ref={menu}
          type="button"
          className="menu"
          aria-expanded={isMenuOpen}
          aria-controls="navigation"
          onClick={() => setMenuOpen(!isMenuOpen)}
        >
          Menu
        </button>
        <p className="brand">
          <span className="brand-name">Amplify Backend</span> <span className="brand-part">Auth console</span>
        </p>
        <Signing onOpen={() => setSigning(true)} />
      </header>
      <div className="frame">
        <Navigation place={place} isOpen={isMenuOpen} />
        <main ref={main} tabIndex={-1} className="page" id="content">
          <Content place={place} />
        </main>
      </div>
      {isSigning && <SignIn app={place.app} onClose={() => setSigning(false)} />}
    </>
  );
}

function Signing({ onOpen }: { onOpen: () => void }) {
  const { signer, sign, wantsSigning } = useSession();
  if (signer === undefined && !wantsSigning) return null;
  return (
    <div className="signing">
      <p className="signing-state" role="status">
        {signer === undefined ? 'Unsigned' : `Signed as ${signer.credentials.accessKeyId} · ${signer.region}`}
      </p>
      {signer === undefined ? (
        <button type="button" onClick={onOpen}>
          Sign in
        </button>
      ) : (
        <button type="button" onClick={() => sign(undefined)}>
          Sign out
        </button>
      )}
    </div>
  );
}

const TITLES = {
  environments: 'Environments',
  configuration: 'Configuration',
  change: 'Change',
  jobs: 'Jobs',
  operations: 'Operations',
} as const satisfies Record<View, string>;

/** Names the view in the title of the page, which tabs, bookmarks and screen readers show. */
function useTitle({ view, app, environment, operation }: Place): void {
  const parts = [operation ?? TITLES[view], environment, app, 'Auth console'];
  const title = parts.filter(Boolean).join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
}

function Content({ place }: { place: Place }) {
  const { app, environment, view, operation } = place;
  if (view === 'operations') return <Operations place={place} key={operation} />;
  if (app === undefined || environment === undefined || view === 'environments') {
    return <Environments app={app} />;
  }
  const at = { app, environment };
  const key = `${app}/${environment}`;
  if (view === 'change') return <Change {...at} key={key} />;
  if (view === 'jobs') return <Jobs {...at} place={place} key={key} />;
  return <Configuration {...at} key={key} />;
}
