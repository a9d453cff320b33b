import { type AuthResource, putAuth } from '../auth/backends.ts';
import type { AuthConfig } from '../auth/config.ts';
import { settle, type UpdatePlan } from '../auth/plan.ts';
import type { AuthPlace, UnfinishedUpdate } from '../provisioners/provisioner.ts';
import { type AuthWork, type PutAuth, withJournal } from './authWork.ts';

interface Attempt {
  readonly change: PutAuth;
  readonly auth: AuthResource;
  /** The configuration to reach, with secrets in clear. */
  readonly config: AuthConfig;
  readonly plan: UpdatePlan;
}

/** An update failed and was not undone whole: the configuration tells what is true all the same. */
export async function storeUnfinished(
  { live, resources, left: note }: UnfinishedUpdate,
  { change, auth, config, plan }: Attempt,
  { checkpoint, secrets }: AuthWork,
): Promise<void> {
  const { intended, attempted, left } = auth.unfinished ?? { intended: auth.config, attempted: [], left: [] };
  const truth: AuthResource = {
    resourceName: auth.resourceName,
    config: secrets.sealConfig(settle(secrets.openConfig(auth.config), config, plan, live)),
    resources,
    unfinished: { intended, attempted: [...attempted, change.config], left: [...left, secrets.seal(note)] },
  };
  await checkpoint((transaction, now) => putAuth(transaction, change, truth, now), { evenIfEnded: true });
}

/** Puts back what earlier updates left, the last first. What can't be is left to the update that comes now. */
export async function putBack(place: AuthPlace, auth: AuthResource, work: AuthWork): Promise<AuthResource> {
  if (auth.unfinished === undefined) return auth;
  const { provisioner, secrets, checkpoint } = work;
  const { intended } = auth.unfinished;
  let { resources } = auth;
  const still: string[] = [];
  for (const note of auth.unfinished.left.toReversed()) {
    const stored = { ...place, resources, left: secrets.open(note) };
    const { left, resources: after } = await provisioner.putBack(stored, withJournal(work));
    resources = after;
    if (left !== undefined) still.unshift(secrets.seal(left));
  }
  if (still.length > 0 || auth.unfinished.left.length === 0) {
    return { ...auth, resources, unfinished: { ...auth.unfinished, left: still } };
  }
  const whole = { resourceName: auth.resourceName, config: intended, resources };
  await checkpoint((transaction, now) => putAuth(transaction, place, whole, now));
  return whole;
}
