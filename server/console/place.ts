import { useSyncExternalStore } from 'react';
import type { operations } from '../../generated/operations.ts';
import { mayLeave } from './unsent.ts';

export type View = 'environments' | 'configuration' | 'change' | 'jobs' | 'operations';

/** The current view and its subject. All of it is in the address, after the #, to be kept, shared and gone back to. */
export interface Place {
  readonly view: View;
  readonly app?: string | undefined;
  readonly environment?: string | undefined;
  /** The operation whose form is open. */
  readonly operation?: string | undefined;
  /** The state that listed jobs have. */
  readonly status?: string | undefined;
  /** Where a list of jobs goes on: a token of ListBackendJobs. */
  readonly from?: string | undefined;
}

const VIEWS: readonly string[] = ['environments', 'configuration', 'change', 'jobs', 'operations'] satisfies View[];

export function readPlace(hash: string): Place {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const text = (name: string) => given.get(name) || undefined;
  const view = text('view') ?? '';
  const [app, environment] = [text('app'), text('environment')];
  const isKnown = VIEWS.includes(view) && (view === 'operations' || view === 'environments' || environment);
  return {
    view: isKnown ? (view as View) : 'environments',
    app,
    environment,
    operation: text('operation'),
    status: text('status'),
    from: text('from'),
  };
}

export function hashOf(place: Place): string {
  const given = Object.entries(place).filter(([, value]) => value !== undefined);
  return `#${new URLSearchParams(given)}`;
}

export function go(place: Place): void {
  location.hash = hashOf(place);
}

let current = typeof location === 'undefined' ? '' : location.hash;

const subscribe = (onChange: () => void) => {
  const follow = () => {
    if (location.hash === current) return;
    if (mayLeave()) {
      current = location.hash;
      onChange();
    } else {
      // The address says again what is still shown.
      location.hash = current;
    }
  };
  addEventListener('hashchange', follow);
  // The address may have changed before the first view was there to see it.
  follow();
  return () => removeEventListener('hashchange', follow);
};

export function usePlace(): Place {
  return readPlace(useSyncExternalStore(subscribe, () => current));
}

type OperationId = keyof typeof operations;

/** The address of an operation's form. */
export const formHash = (operation: OperationId, at: Pick<Place, 'app' | 'environment'>): string =>
  hashOf({ view: 'operations', ...at, operation });
