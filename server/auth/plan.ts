import type {
  AdditionalConstraintsElement,
  DeliveryMethod,
  MFAMode,
  MfaTypesElement,
  OAuthGrantType,
  OAuthScopesElement,
} from '../../generated/enums.ts';
import type { AuthConfig } from './config.ts';
import { withBareKey } from './providerSecrets.ts';
import { sameValue } from './sameValue.ts';

type UserPool = AuthConfig['userPoolConfigs'];
type OAuth = NonNullable<UserPool['oAuth']>;

/** A value that changes. `to` is undefined where the service's default returns. */
export interface Change<Value> {
  readonly to: Value;
}

/** Elements that join and leave a list. What the stored list never held is in neither, and stays where it is. */
export interface ListChange<Value> {
  readonly add: readonly Value[];
  readonly drop: readonly Value[];
}

/** The members that an update changes. A member that is absent is not touched outside, whatever it is there. */
export interface UpdatePlan {
  readonly passwordPolicy?: {
    readonly minimumLength?: Change<number>;
    readonly constraints?: ListChange<AdditionalConstraintsElement>;
  };
  readonly mfa?: {
    readonly mode?: Change<MFAMode>;
    readonly types?: ListChange<MfaTypesElement>;
    readonly smsMessage?: Change<string | undefined>;
  };
  readonly verification?: {
    readonly delivery?: ListChange<DeliveryMethod>;
    readonly emailMessage?: Change<string | undefined>;
    readonly emailSubject?: Change<string | undefined>;
    readonly smsMessage?: Change<string | undefined>;
    /** E-mails verify by a code, and no longer by a link. */
    readonly byCode?: true;
  };
  readonly oAuth?: OAuthPlan;
  /** The whole identity pool appears or goes. */
  readonly identityPool?: 'make' | 'remove';
  readonly unauthenticatedLogin?: Change<boolean>;
}

export interface OAuthPlan {
  readonly clients?: {
    readonly enabled?: Change<boolean>;
    readonly grants?: ListChange<OAuthGrantType>;
    readonly scopes?: ListChange<OAuthScopesElement>;
    readonly signInURIs?: ListChange<string>;
    readonly signOutURIs?: ListChange<string>;
    readonly providers?: ListChange<string>;
  };
  /** `from` are those to give up; more than one where it is not known which of them there is. */
  readonly domain?: { readonly from: readonly string[]; readonly to: string | undefined };
  /** Providers whose credentials are new or others, and providers that go. */
  readonly providers?: { readonly put: readonly string[]; readonly drop: readonly string[] };
}

/**
 * The plan of an update. Where what is outside may be as any of several configurations, a member is planned that differs
 * from one of them.
 */
export const planUpdate = (bases: readonly AuthConfig[], after: AuthConfig, named: readonly string[]): UpdatePlan =>
  bases.map((before) => compare(before, after, named)).reduce(both);

/** Two plans that lead to the same configuration, as one. */
function both<Plan>(one: Plan, other: Plan): Plan {
  if (one === undefined || other === undefined) return one ?? other;
  if (Array.isArray(one) && Array.isArray(other)) return [...new Set([...one, ...other])] as Plan;
  if (typeof one !== 'object' || typeof other !== 'object') return other;
  const [a, b] = [one, other] as readonly Readonly<Record<string, unknown>>[];
  const names = [...new Set([...Object.keys(a ?? {}), ...Object.keys(b ?? {})])];
  return Object.fromEntries(names.map((name) => [name, both(a?.[name], b?.[name])])) as Plan;
}

/**
 * Compares two configurations member by member. `named` are the members of `userPoolConfigs` that the request names:
 * they count only where a setting that the contract can't say, such as verification by link, lasts until then.
 */
function compare(before: AuthConfig, after: AuthConfig, named: readonly string[]): UpdatePlan {
  const [was, is] = [withBareKey(before).userPoolConfigs, withBareKey(after).userPoolConfigs];
  const plan = some<UpdatePlan>({
    passwordPolicy: some({
      minimumLength: change(was.passwordPolicy?.minimumLength ?? 8, is.passwordPolicy?.minimumLength ?? 8),
      constraints: list(was.passwordPolicy?.additionalConstraints, is.passwordPolicy?.additionalConstraints),
    }),
    mfa: some({
      mode: change(modeOf(was), modeOf(is)),
      types: list(typesOf(was), typesOf(is)),
      smsMessage: change(was.mfa?.settings?.smsMessage, is.mfa?.settings?.smsMessage),
    }),
    verification: planVerification(was, is, named),
    oAuth: planOAuth(was.oAuth, is.oAuth),
    ...planIdentityPool(before, after),
  });
  return plan ?? {};
}

export const isEmpty = (plan: UpdatePlan): boolean => Object.keys(plan).length === 0;

const modeOf = ({ mfa }: UserPool): MFAMode => mfa?.MFAMode ?? 'OFF';
const typesOf = (pool: UserPool) => (modeOf(pool) === 'OFF' ? [] : pool.mfa?.settings?.mfaTypes);

/** The member that counts: `verificationMessage` wins over the deprecated one as a whole. */
export const messageOf = ({ verificationMessage, forgotPassword }: UserPool) => verificationMessage ?? forgotPassword;

function planVerification(was: UserPool, is: UserPool, named: readonly string[]): UpdatePlan['verification'] {
  const [from, to] = [messageOf(was), messageOf(is)];
  if (to === undefined) return undefined;
  // Without a message a new pool verifies by e-mail.
  const delivery = list([from?.deliveryMethod ?? 'EMAIL'], [to.deliveryMethod ?? 'EMAIL']);
  const namesMessage = named.includes('verificationMessage') || named.includes('forgotPassword');
  const first = from === undefined ? { add: [to.deliveryMethod ?? 'EMAIL'], drop: delivery?.drop ?? [] } : delivery;
  return some({
    delivery: first,
    emailMessage: change(from?.emailSettings?.emailMessage, to.emailSettings?.emailMessage),
    emailSubject: change(from?.emailSettings?.emailSubject, to.emailSettings?.emailSubject),
    smsMessage: change(from?.smsSettings?.smsMessage, to.smsSettings?.smsMessage),
    byCode: namesMessage && (to.deliveryMethod !== 'SMS' || to.emailSettings !== undefined) ? true : undefined,
  });
}

function planOAuth(was: OAuth | undefined, is: OAuth | undefined): OAuthPlan | undefined {
  const [before, after] = [was?.socialProviderSettings ?? {}, is?.socialProviderSettings ?? {}];
  const [had, has] = [Object.keys(before), Object.keys(after)];
  const put = has.filter((name) => !sameValue(before[name], after[name]));
  const drop = had.filter((name) => !has.includes(name));
  const domainChanged = was?.domainPrefix !== is?.domainPrefix;
  return some<OAuthPlan>({
    clients: some({
      enabled: change(was !== undefined, is !== undefined),
      grants: list(was && [was.oAuthGrantType], is && [is.oAuthGrantType]),
      scopes: list(was?.oAuthScopes, is?.oAuthScopes),
      signInURIs: list(was?.redirectSignInURIs, is?.redirectSignInURIs),
      signOutURIs: list(was?.redirectSignOutURIs, is?.redirectSignOutURIs),
      providers: list(had, has),
    }),
    domain: domainChanged
      ? { from: was?.domainPrefix === undefined ? [] : [was.domainPrefix], to: is?.domainPrefix }
      : undefined,
    providers: put.length + drop.length > 0 ? { put, drop } : undefined,
  });
}

function planIdentityPool(before: AuthConfig, after: AuthConfig) {
  const [had, has] = [before, after].map((config) => config.authResources === 'IDENTITY_POOL_AND_USER_POOL');
  if (!has) return { identityPool: had ? ('remove' as const) : undefined };
  if (!had) return { identityPool: 'make' as const };
  const guests = (config: AuthConfig) => config.identityPoolConfigs?.unauthenticatedLogin ?? false;
  return { unauthenticatedLogin: change(guests(before), guests(after)) };
}

/**
 * The configuration as it is when a part of a plan has been carried out: `live` is what was read outside afterwards. Only
 * what the plan names is taken from it.
 */
export function settle(before: AuthConfig, after: AuthConfig, plan: UpdatePlan, live: AuthConfig): AuthConfig {
  const [was, is, now] = [before.userPoolConfigs, after.userPoolConfigs, live.userPoolConfigs];
  const pool: UserPool = { ...was };
  if (plan.passwordPolicy !== undefined) {
    pool.passwordPolicy = {
      minimumLength: now.passwordPolicy?.minimumLength ?? 8,
      additionalConstraints: settled(
        was.passwordPolicy?.additionalConstraints,
        plan.passwordPolicy.constraints,
        now.passwordPolicy?.additionalConstraints,
      ),
    };
  }
  if (plan.mfa !== undefined) {
    const mfaTypes = settled(typesOf(was), plan.mfa.types, typesOf(now));
    const smsMessage = now.mfa?.settings?.smsMessage ?? was.mfa?.settings?.smsMessage;
    const settings = { mfaTypes, ...(smsMessage !== undefined && { smsMessage }) };
    pool.mfa = { MFAMode: modeOf(now), ...(modeOf(now) !== 'OFF' && { settings }) };
  }
  if (plan.verification !== undefined) {
    const member = is.verificationMessage === undefined ? 'forgotPassword' : 'verificationMessage';
    const message = now.verificationMessage;
    if (message === undefined) delete pool[member];
    else pool[member] = message;
  }
  if (plan.oAuth !== undefined) settleOAuth(pool, was.oAuth, is.oAuth, plan.oAuth, now.oAuth);
  const { identityPoolConfigs = before.identityPoolConfigs } = live;
  return {
    ...before,
    userPoolConfigs: pool,
    ...(plan.identityPool !== undefined && { authResources: live.authResources }),
    ...(plan.unauthenticatedLogin !== undefined && identityPoolConfigs !== undefined && { identityPoolConfigs }),
  };
}

function settleOAuth(
  pool: UserPool,
  was: OAuth | undefined,
  is: OAuth | undefined,
  plan: OAuthPlan,
  now: OAuth | undefined,
): void {
  if (now === undefined || (was ?? is) === undefined) {
    delete pool.oAuth;
    return;
  }
  const { clients } = plan;
  const [before, after, there] = [was, is, now].map((oAuth) => oAuth?.socialProviderSettings ?? {});
  const names = Object.keys({ ...before, ...after }).filter((name) => name in (there ?? {}));
  // Secrets can't all be read: they are those of the configuration whose client is there.
  const provider = (name: string) =>
    clientOf(after?.[name]) !== undefined && clientOf(after?.[name]) === clientOf(there?.[name])
      ? after?.[name]
      : (before?.[name] ?? after?.[name]);
  const { domainPrefix: _domain, socialProviderSettings: _providers, ...rest } = (was ?? is) as OAuth;
  const domainPrefix = plan.domain === undefined ? was?.domainPrefix : now.domainPrefix;
  pool.oAuth = {
    ...rest,
    oAuthGrantType: clients?.grants === undefined ? rest.oAuthGrantType : now.oAuthGrantType,
    oAuthScopes: settled(was?.oAuthScopes, clients?.scopes, now.oAuthScopes),
    redirectSignInURIs: settled(was?.redirectSignInURIs, clients?.signInURIs, now.redirectSignInURIs),
    redirectSignOutURIs: settled(was?.redirectSignOutURIs, clients?.signOutURIs, now.redirectSignOutURIs),
    ...(domainPrefix !== undefined && { domainPrefix }),
    ...(names.length > 0 && {
      socialProviderSettings: Object.fromEntries(names.map((name) => [name, provider(name)])),
    }),
  };
}

const clientOf = (provider: unknown): unknown => (provider as { readonly client_id?: string } | undefined)?.client_id;

/** The stored list with those changes that are to be found outside. */
function settled<Value>(
  stored: readonly Value[] = [],
  { add, drop }: ListChange<Value> = { add: [], drop: [] },
  live: readonly Value[] = [],
): Value[] {
  const kept = stored.filter((value) => !drop.includes(value) || live.includes(value));
  return [...kept, ...add.filter((value) => live.includes(value) && !kept.includes(value))];
}

function change<Value>(from: Value, to: Value): Change<Value> | undefined {
  return from === to ? undefined : { to };
}

function list<Value>(from: readonly Value[] = [], to: readonly Value[] = []): ListChange<Value> | undefined {
  const add = [...new Set(to)].filter((value) => !from.includes(value));
  const drop = from.filter((value) => !to.includes(value));
  return add.length + drop.length === 0 ? undefined : { add, drop };
}

type Given<Members> = { [Name in keyof Members]: Members[Name] | undefined };

/** The object without its undefined members; undefined where none is left. */
function some<Members extends object>(members: Given<Members>): Members | undefined {
  const given = Object.entries(members).filter(([, value]) => value !== undefined);
  return given.length === 0 ? undefined : (Object.fromEntries(given) as Members);
}
