import type { IdentityPool } from '@aws-sdk/client-cognito-identity';
import type { IdentityProviderType, UserPoolClientType } from '@aws-sdk/client-cognito-identity-provider';
import { isEmpty, type UpdatePlan } from '../../auth/plan.ts';
import {
  type AuthUpdate,
  type Journal,
  type PutBack,
  type Resources,
  type StoredAuth,
  UnfinishedUpdate,
} from '../provisioner.ts';
import { type Cognito, unlessMissing } from './api.ts';
import { appClientSteps, describeAppClient } from './appClients.ts';
import { type DomainState, domainSteps, readDomain } from './domain.ts';
import { deleteIdentityPoolStep, describeIdentityPool, guestsStep, makeIdentityPoolStep } from './identityPool.ts';
import { checkComplete, dropProviderSteps, putProviderSteps, readProviders } from './identityProviders.ts';
import { readMfa } from './mfa.ts';
import { readConfig } from './readConfig.ts';
import { type Left, runSteps, type Step, StepsFailed, undoAll } from './step.ts';
import { describeUserPool, getUserPool } from './userPool.ts';
import { type PoolState, userPoolStep } from './userPoolUpdate.ts';

/** The present state of the things that a plan touches. The rest is not read. */
interface Found {
  readonly pool?: PoolState;
  readonly clients?: readonly UserPoolClientType[];
  readonly domain?: DomainState;
  readonly providers?: readonly IdentityProviderType[];
  readonly identityPool?: IdentityPool;
}

/**
 * Reads, checks, and writes what the plan names over what it read. Puts that back where a write fails. A job that was cut
 * off finds in its journal what it had read, and goes on from there: what is there now may be its own doing.
 */
export async function update(
  cognito: Cognito,
  auth: AuthUpdate,
  journal: Journal,
  mayUndo: () => boolean,
): Promise<Resources> {
  const { resources } = auth;
  if (isEmpty(auth.plan)) return resources;
  const made: { identityPoolId?: string } = {};
  const noted = await journal.read();
  const resumes = noted !== undefined;
  const found: Found = resumes ? JSON.parse(noted) : await read(cognito, auth);
  const steps = stepsOf(cognito, auth, found, resumes, (id) => {
    made.identityPoolId = id;
  });
  if (!resumes && steps.length > 0) await journal.write(JSON.stringify(found));
  try {
    await runSteps(steps, resumes, mayUndo);
  } catch (error) {
    if (!(error instanceof StepsFailed) || error.left.length === 0) throw error;
    throw await unfinished(cognito, auth, found, error, made.identityPoolId);
  }
  return withIdentityPool(resources, auth.plan, made.identityPoolId);
}

/** A failed update: everything its steps are derived from, and the steps that could not be undone. */
interface Note {
  readonly auth: AuthUpdate;
  readonly found: Found;
  readonly steps: readonly string[];
}

const noteOf = (auth: AuthUpdate, found: Found, left: readonly Left[]): string =>
  JSON.stringify({ auth, found, steps: left.map(({ step }) => step.resource) } satisfies Note);

/** Puts back what an earlier update left. */
export async function putBack(cognito: Cognito, { resources, left }: StoredAuth & { left: string }): Promise<PutBack> {
  const { auth, found, steps: names }: Note = JSON.parse(left);
  const steps = stepsOf(cognito, auth, found, true, () => {}).filter(({ resource }) => names.includes(resource));
  const still = await undoAll(steps);
  if (still.length > 0) return { resources, left: noteOf(auth, found, still) };
  return { resources: auth.resources, left: undefined };
}

/** The steps of an update that would be carried out now. */
export async function planSteps(cognito: Cognito, auth: AuthUpdate): Promise<readonly Step[]> {
  if (isEmpty(auth.plan)) return [];
  const found = await read(cognito, auth);
  return stepsOf(cognito, auth, found, false, () => {});
}

/** Reads what the plan touches, and refuses what can be known to fail. */
async function read(cognito: Cognito, { plan, resources, config }: AuthUpdate): Promise<Found> {
  const { userPoolId, webClientId, nativeClientId } = resources;
  const { oAuth } = plan;
  const touchesPool = plan.passwordPolicy ?? plan.mfa ?? plan.verification ?? oAuth ?? plan.identityPool === 'make';
  const pool = touchesPool ? await getUserPool(cognito, userPoolId) : undefined;
  if (oAuth?.providers !== undefined) checkComplete(config.userPoolConfigs, oAuth.providers.put);
  const identityPool = await readIdentityPool(cognito, plan, resources);
  const mfa = plan.mfa === undefined ? undefined : await readMfa(cognito, userPoolId);
  return {
    ...(pool && { pool: { pool, mfa } }),
    ...(oAuth?.clients && {
      clients: [
        await describeAppClient(cognito, userPoolId, webClientId),
        await describeAppClient(cognito, userPoolId, nativeClientId),
      ],
    }),
    ...(oAuth?.domain && { domain: await readDomain(cognito, userPoolId, pool?.Domain, oAuth.domain) }),
    ...(oAuth?.providers && { providers: await readProviders(cognito, userPoolId, oAuth.providers) }),
    ...(identityPool && { identityPool }),
  };
}

/** The identity pool that the plan changes. One that is to be made may be there, where an update was not undone whole. */
async function readIdentityPool(
  cognito: Cognito,
  plan: UpdatePlan,
  { identityPoolId }: Resources,
): Promise<IdentityPool | undefined> {
  const makes = plan.identityPool === 'make';
  if (plan.unauthenticatedLogin === undefined && !makes) return undefined;
  const pool =
    identityPoolId === undefined ? undefined : await unlessMissing(describeIdentityPool(cognito, identityPoolId));
  if (pool !== undefined || makes) return pool;
  throw new Error(
    identityPoolId === undefined
      ? 'The authentication resource has no identity pool.'
      : `There is no identity pool ${identityPoolId}.`,
  );
}

/**
 * The order matters. Providers exist before an app client lists them and go after none does. The domain and MFA come
 * late, when most of what Cognito may refuse is past. What can't be put back goes last.
 */
function stepsOf(
  cognito: Cognito,
  auth: AuthUpdate,
  found: Found,
  resumes: boolean,
  onMade: (id: string) => void,
): readonly Step[] {
  const { plan, resources, resourceName } = auth;
  const { userPoolId, webClientId, nativeClientId, identityPoolId } = resources;
  const { clients, domain, providers } = plan.oAuth ?? {};
  const [before, after] = [auth.before.userPoolConfigs, auth.config.userPoolConfigs];
  const { pool, providers: live = [] } = found;
  const poolStep = pool && userPoolStep(cognito, resourceName, pool, resumes, plan);
  const dropsIdentityPool = plan.identityPool === 'remove' && !resources.adopted.includes('identityPool');
  const steps: Step[] = [
    ...(providers ? putProviderSteps(cognito, userPoolId, live, before, after, providers) : []),
    ...(clients && found.clients ? appClientSteps(cognito, found.clients, clients) : []),
    ...(plan.identityPool === 'make' && found.identityPool === undefined
      ? [makeIdentityPoolStep(cognito, auth, { userPoolId, webClientId, nativeClientId }, onMade)]
      : []),
    ...(plan.unauthenticatedLogin && found.identityPool
      ? guestsStep(cognito, found.identityPool, plan.unauthenticatedLogin.to)
      : []),
    ...(providers ? dropProviderSteps(cognito, userPoolId, live, before, providers) : []),
    ...(domain && found.domain ? domainSteps(cognito, userPoolId, domain, found.domain) : []),
    ...(poolStep ? [poolStep] : []),
    ...(dropsIdentityPool && identityPoolId !== undefined ? [deleteIdentityPoolStep(cognito, identityPoolId)] : []),
  ];
  const isFinal = (step: Step) => step.isFinal === true;
  return [...steps.filter((step) => !isFinal(step)), ...steps.filter(isFinal)];
}

function withIdentityPool(resources: Resources, plan: UpdatePlan, made: string | undefined): Resources {
  if (made === undefined && plan.identityPool !== 'remove') return resources;
  const { identityPoolId: _, ...rest } = resources;
  return {
    ...rest,
    ...(made !== undefined && { identityPoolId: made }),
    provisioner: 'cognito',
    adopted: rest.adopted.filter((thing) => thing !== 'identityPool'),
  };
}

/** Reads what is true after an update that was not put back whole. */
async function unfinished(
  cognito: Cognito,
  auth: AuthUpdate,
  found: Found,
  error: StepsFailed,
  made: string | undefined,
): Promise<Error> {
  const { plan, resources } = auth;
  try {
    // The client that was left changed tells more than the other one.
    const changed = error.left.find(({ step }) => step.resource === `app client ${resources.nativeClientId}`);
    const clientId = changed === undefined ? resources.webClientId : resources.nativeClientId;
    const pool = await describeUserPool(cognito, resources.userPoolId);
    const client = await describeAppClient(cognito, resources.userPoolId, clientId);
    const identityPoolId = made ?? resources.identityPoolId;
    const identityPool =
      identityPoolId === undefined ? undefined : await unlessMissing(describeIdentityPool(cognito, identityPoolId));
    const live = await readConfig(cognito, pool, client, identityPool);
    const { identityPoolId: _, ...rest } = made === undefined ? resources : withIdentityPool(resources, plan, made);
    const there = identityPool !== undefined && identityPoolId !== undefined && { identityPoolId };
    return new UnfinishedUpdate(error.message, live, { ...rest, ...there }, noteOf(auth, found, error.left));
  } catch (failure) {
    return new Error(`${error.message} What is there now could not be read: ${(failure as Error).message}`);
  }
}
