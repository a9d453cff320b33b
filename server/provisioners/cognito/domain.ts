import {
  CreateUserPoolDomainCommand,
  type CreateUserPoolDomainCommandInput,
  DeleteUserPoolDomainCommand,
  DescribeUserPoolDomainCommand,
  type DomainDescriptionType,
} from '@aws-sdk/client-cognito-identity-provider';
import type { OAuthPlan } from '../../auth/plan.ts';
import { type Cognito, createOnce, unlessMissing } from './api.ts';
import type { Step } from './step.ts';
import type { Whole } from './whole.ts';

/** The prefix domain of the pool, and whether the one that is wanted can be had. */
export interface DomainState {
  /** The domain that the update takes away, where the pool has it. */
  readonly old: DomainDescriptionType | undefined;
  /** Whether the pool has the domain that is wanted already. */
  readonly has: boolean;
}

/** Reads the domains of the plan, and refuses one that can't be had. */
export async function readDomain(
  cognito: Cognito,
  userPoolId: string,
  poolDomain: string | undefined,
  { from, to }: NonNullable<OAuthPlan['domain']>,
): Promise<DomainState> {
  const owned = async (domain: string) => {
    const found = await describeDomain(cognito, domain);
    return found?.UserPoolId === userPoolId ? found : undefined;
  };
  let old: DomainDescriptionType | undefined;
  for (const domain of from) old ??= await owned(domain);
  const has = to !== undefined && (await checkDomain(cognito, userPoolId, to)) === 'ours';
  if (to !== undefined && !has && poolDomain !== undefined && !from.includes(poolDomain)) {
    throw new Error(
      `The user pool ${userPoolId} has the domain ${poolDomain} already, which was made elsewhere. Delete it first.`,
    );
  }
  return { old, has };
}

/** Whether the pool has the domain or can have it. Throws where another user pool has it. */
export async function checkDomain(
  cognito: Cognito,
  userPoolId: string | undefined,
  domain: string,
): Promise<'ours' | 'free'> {
  const owner = (await describeDomain(cognito, domain))?.UserPoolId;
  if (owner === undefined) return 'free';
  if (owner !== userPoolId) throw new Error(`The domain ${domain} is not available: another user pool has it.`);
  return 'ours';
}

/** A domain is not renamed (UpdateUserPoolDomain is for custom domains), and a pool has one: the old one goes first. */
export function domainSteps(
  cognito: Cognito,
  userPoolId: string,
  { to }: NonNullable<OAuthPlan['domain']>,
  { old, has }: DomainState,
): Step[] {
  const steps: Step[] = [];
  if (old?.Domain !== undefined) {
    const resource = `domain ${old.Domain}`;
    steps.push({
      resource,
      before: settingsOf(old),
      after: undefined,
      read: () => readSettings(cognito, userPoolId, old.Domain ?? ''),
      run: () => deleteDomain(cognito, userPoolId, old.Domain ?? ''),
      undo: () => putDomain(cognito, userPoolId, old),
    });
  }
  if (to !== undefined && !has) {
    const settings = { ...old, Domain: to };
    steps.push({
      resource: `domain ${to}`,
      before: undefined,
      after: settingsOf(settings),
      read: () => readSettings(cognito, userPoolId, to),
      run: () => putDomain(cognito, userPoolId, settings),
      undo: () => deleteDomain(cognito, userPoolId, to),
    });
  }
  return steps;
}

/** Without the empty objects that Cognito answers where there is no certificate and no routing, and refuses to be sent. */
const settingsOf = (
  domain: DomainDescriptionType,
): Whole<CreateUserPoolDomainCommandInput, { UserPoolId: 'given with each call' }> => ({
  Domain: domain.Domain,
  ManagedLoginVersion: domain.ManagedLoginVersion,
  CustomDomainConfig: domain.CustomDomainConfig?.CertificateArn === undefined ? undefined : domain.CustomDomainConfig,
  Routing: domain.Routing?.Failover === undefined ? undefined : domain.Routing,
});

async function readSettings(cognito: Cognito, userPoolId: string, name: string): Promise<object | undefined> {
  const domain = await describeDomain(cognito, name);
  return domain?.UserPoolId === userPoolId ? settingsOf(domain) : undefined;
}

/** Gives the pool the domain, if it does not have it. */
export async function putDomain(cognito: Cognito, userPoolId: string, domain: DomainDescriptionType): Promise<void> {
  if ((await describeDomain(cognito, domain.Domain ?? ''))?.UserPoolId === userPoolId) return;
  await createDomain(cognito, userPoolId, domain);
}

export async function createDomain(cognito: Cognito, UserPoolId: string, domain: DomainDescriptionType): Promise<void> {
  const { Domain = '' } = domain;
  const command = new CreateUserPoolDomainCommand({ UserPoolId, ...settingsOf(domain), Domain });
  await createOnce<object>(
    () => cognito.userPools(`domain ${Domain}`, command),
    async () => ((await describeDomain(cognito, Domain))?.UserPoolId === UserPoolId ? {} : undefined),
  );
}

/** Deletes the domain if it is this pool's. */
export async function deleteDomain(cognito: Cognito, UserPoolId: string, Domain: string): Promise<void> {
  if ((await describeDomain(cognito, Domain))?.UserPoolId !== UserPoolId) return;
  const command = new DeleteUserPoolDomainCommand({ UserPoolId, Domain });
  await unlessMissing(cognito.userPools(`domain ${Domain}`, command));
}

export async function describeDomain(cognito: Cognito, Domain: string): Promise<DomainDescriptionType | undefined> {
  const command = new DescribeUserPoolDomainCommand({ Domain });
  return (await unlessMissing(cognito.userPools(`domain ${Domain}`, command)))?.DomainDescription;
}
