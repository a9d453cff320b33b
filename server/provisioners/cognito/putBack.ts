import type { OAuthPlan } from '../../auth/plan.ts';
import type { AuthUpdate, OutsideChange, PutBack, StoredAuth } from '../provisioner.ts';
import type { Cognito } from './api.ts';
import { differences } from './differences.ts';
import type { DomainState } from './domain.ts';
import { type Left, type Step, undoAll } from './step.ts';
import { type Found, readFound, stepsOf } from './steps.ts';

/** A failed update: everything its steps are derived from, and the steps that could not be undone. */
interface Note {
  readonly auth: AuthUpdate;
  readonly found: Found;
  readonly steps: readonly string[];
}

export const noteOf = (auth: AuthUpdate, found: Found, left: readonly Left[]): string =>
  JSON.stringify({ auth, found, steps: left.map(({ step }) => step.resource) } satisfies Note);

/** Puts back what an earlier update left. */
export async function putBack(cognito: Cognito, { resources, left }: StoredAuth & { left: string }): Promise<PutBack> {
  const note: Note = JSON.parse(left);
  const { auth, found } = note;
  const steps = leftSteps(cognito, note);
  const still = await undoAll(steps);
  if (still.length > 0) return { resources, left: noteOf(auth, found, still) };
  return { resources: auth.resources, left: undefined };
}

const leftSteps = (cognito: Cognito, { auth, found, steps }: Note): Step[] =>
  stepsOf(cognito, auth, found, true, () => {}).filter(({ resource }) => steps.includes(resource));

/** The changes that an update would make now, member by member, together with what it would put back first. */
export async function preview(cognito: Cognito, auth: AuthUpdate, left: readonly string[]): Promise<OutsideChange[]> {
  const notes: Note[] = left.map((note) => JSON.parse(note));
  // The first update's come last: what it had read is what everything goes back to.
  const last = notes.toReversed().flatMap((note) => leftSteps(cognito, note));
  const returning = new Map(last.filter(({ isFinal }) => !isFinal).map((step) => [step.resource, step]));
  const live = await readFound(cognito, auth);
  const found = notes.toReversed().reduce((state, note) => restored(state, note, auth.plan.oAuth?.domain), live);
  const steps = stepsOf(cognito, auth, found, false, () => {});
  const changes: OutsideChange[] = [];
  const add = (resource: string, from: object | undefined, to: object | undefined) => {
    changes.push(...differences(from, to).map((difference) => ({ resource, ...difference })));
  };
  for (const { resource, before, read } of returning.values()) {
    if (!steps.some((step) => step.resource === resource)) add(resource, await read(), before);
  }
  for (const { resource, before, after } of steps) {
    const back = returning.get(resource);
    if (back === undefined) add(resource, before, after);
    else add(resource, await back.read(), after && { ...back.before, ...after });
  }
  return changes;
}

/** The present state as it will be once the note's steps are undone. */
function restored(found: Found, { auth, found: noted, steps }: Note, wanted: OAuthPlan['domain']): Found {
  const isLeft = (resource: string) => steps.includes(resource);
  const { pool, clients, domain, providers, identityPool } = found;
  const comesBack = isLeft(`domain ${noted.domain?.old?.Domain}`);
  const goes = isLeft(`domain ${auth.plan.oAuth?.domain?.to}`);
  const isOf = (name: string | undefined) => isLeft(`identity provider ${name}`);
  const clientAsNoted = (id: string | undefined) =>
    isLeft(`app client ${id}`) ? noted.clients?.find(({ ClientId }) => ClientId === id) : undefined;
  return {
    ...(pool && { pool: isLeft(`user pool ${pool.pool.Id}`) ? { ...pool, ...noted.pool } : pool }),
    ...(clients && { clients: clients.map((client) => clientAsNoted(client.ClientId) ?? client) }),
    ...(domain && { domain: goes || comesBack ? owned(comesBack ? noted.domain?.old : undefined, wanted) : domain }),
    ...(providers && {
      providers: [
        ...providers.filter(({ ProviderName }) => !isOf(ProviderName)),
        ...(noted.providers ?? []).filter(({ ProviderName }) => isOf(ProviderName)),
      ],
    }),
    ...(identityPool && {
      identityPool: isLeft(`identity pool ${identityPool.IdentityPoolId}`)
        ? (noted.identityPool ?? identityPool)
        : identityPool,
    }),
  };
}

/** The domains of a pool that has this one alone, as far as the plan is concerned. */
const owned = (old: DomainState['old'], wanted: OAuthPlan['domain']): DomainState => ({
  old: wanted?.from.includes(old?.Domain ?? '') ? old : undefined,
  has: old !== undefined && old.Domain === wanted?.to,
});
