import { useSyncExternalStore } from 'react';
import type { operations } from '../../generated/operations.ts';

export type View = 'environments' | 'configuration' | 'change' | 'jobs' | 'operations';

/** Where one is: all of it is in the address, after the #, so that it can be kept, shared and gone back to. */
export interface Place {
  readonly view: View;
  readonly app?: string | undefined;
  readonly environment?: string | undefined;
  /** The operation whose form is open. */
  readonly operation?: string | undefined;
}

const VIEWS: readonly string[] = ['environments', 'configuration', 'change', 'jobs', 'operations'] satisfies View[];

export function readPlace(hash: string): Place {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const view = given.get('view') ?? '';
  const app = given.get('app') || undefined;
  const environment = given.get('environment') || undefined;
  const operation = given.get('operation') || undefined;
  const isKnown = VIEWS.includes(view) && (view === 'operations' || view === 'environments' || environment);
  return { view: isKnown ? (view as View) : 'environments', app, environment, operation };
}

export function hashOf(place: Place): string {
  const given = Object.entries(place).filter(([, value]) => value !== undefined);
  return `#${new URLSearchParams(given)}`;
}

export function go(place: Place): void {
  location.hash = hashOf(place);
}

const subscribe = (onChange: () => void) => {
  addEventListener('hashchange', onChange);
  return () => removeEventListener('hashchange', onChange);
};

export function usePlace(): Place {
  return readPlace(useSyncExternalStore(subscribe, () => location.hash));
}

type OperationId = keyof typeof operations;

/** The address of an operation's form. */
export const formHash = (operation: OperationId, at: Pick<Place, 'app' | 'environment'>): string =>
  hashOf({ view: 'operations', ...at, operation });
