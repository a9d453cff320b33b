import type { RequestListener } from 'node:http';
import { whyNotSeedable } from '../admin/seedable.ts';
import { Seeding } from '../admin/seeding.ts';
import type { StateKeeper } from '../admin/stateKeeper.ts';
import type { Secrets } from '../auth/secrets.ts';
import type { Provisioner } from '../provisioners/provisioner.ts';
import type { Verifier } from '../signing/verify.ts';
import { type Store, StoreError } from '../store/store.ts';
import type { AppOptions } from './app.ts';
import { ofAllApps } from './authentication.ts';
import { operations } from './contract.ts';
import type { Controls } from './controls.ts';
import type { World } from './world.ts';

export interface AdminOptions {
  /** Serves /admin, which resets, saves and restores the state and injects faults. @default false */
  readonly admin?: boolean | undefined;
  /** Makes the ids of jobs and resources reproducible, and stops the clock. @default random ids, and the real clock */
  readonly seed?: string | undefined;
}

/** Rejects with a `StoreError` where ids of this seed may be in use. */
export async function seedingOf(store: Store, { clock, newId }: World, seed: string | undefined): Promise<Seeding> {
  const seeding = new Seeding(clock, newId);
  if (seed === undefined) return seeding;
  const why = await whyNotSeedable(store);
  if (why !== undefined) throw new StoreError(why);
  seeding.seed(seed);
  return seeding;
}

interface AdminParts {
  readonly controls: Controls;
  readonly state: StateKeeper;
  readonly seeding: Seeding;
  readonly store: Store;
  readonly secrets: Secrets;
  readonly provisioner: Provisioner;
  readonly wake: () => void;
  readonly verifier: Verifier | undefined;
}

const DOCS = new URL('../../generated/admin/docs/index.html', import.meta.url);
const TRY = new URL('../../generated/admin/docs/try.html', import.meta.url);

export async function adminOf(
  { controls, verifier, ...parts }: AdminParts,
  { log, newId }: World,
  { onInvalidResponse }: AppOptions,
): Promise<RequestListener> {
  // Loaded only where it is served.
  const { adminApp } = await import('../admin/adminApp.ts');
  const { heldJobs, faults, recorder } = controls;
  return adminApp({
    services: { ...parts, heldJobs, faults, recorder, api: operations },
    log,
    newId,
    docs: DOCS,
    tryIt: TRY,
    ...(verifier && { authentication: ofAllApps(verifier) }),
    ...(onInvalidResponse && { onInvalidResponse }),
  });
}
