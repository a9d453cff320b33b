import type { IdentityPool } from '@aws-sdk/client-cognito-identity';
import type { IdentityProviderType, UserPoolClientType } from '@aws-sdk/client-cognito-identity-provider';
import type { UpdatePlan } from '../../auth/plan.ts';
import type { AuthUpdate, Resources } from '../provisioner.ts';
import { type Cognito, unlessMissing } from './api.ts';
import { appClientSteps, describeAppClient } from './appClients.ts';
import { type DomainState, domainSteps, readDomain } from './domain.ts';
import { deleteIdentityPoolStep, describeIdentityPool, guestsStep, makeIdentityPoolStep } from './identityPool.ts';
import { checkComplete, dropProviderSteps, putProviderSteps, readProviders } from './identityProviders.ts';
import { readMfa } from './mfa.ts';
import type { Step } from './step.ts';
import { getUserPool } from './userPool.ts';
import { type PoolState, userPoolStep } from './userPoolUpdate.ts';

/** The present state of the things that a plan touches. The rest is not read. */
export interface Found {
  readonly pool?: PoolState;
  readonly clients?: readonly UserPoolClientType[];
  readonly domain?: DomainState;
  readonly providers?: readonly IdentityProviderType[];
  readonly identityPool?: IdentityPool;
}

/** Reads what the plan touches, and refuses what can be known to fail. */
export async function readFound(cognito: Cognito, { plan, resources, config }: AuthUpdate): Promise<Found> {
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
export function stepsOf(
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
