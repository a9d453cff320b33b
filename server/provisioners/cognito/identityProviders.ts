import {
  CreateIdentityProviderCommand,
  DeleteIdentityProviderCommand,
  DescribeIdentityProviderCommand,
  type IdentityProviderType,
  ListIdentityProvidersCommand,
  UpdateIdentityProviderCommand,
  type UpdateIdentityProviderCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import type { RequiredSignUpAttributesElement } from '../../../generated/enums.ts';
import type { AuthConfig } from '../../auth/config.ts';
import type { OAuthPlan } from '../../auth/plan.ts';
import { PROVIDER_MEMBERS, type SocialProvider } from '../../auth/providers.ts';
import { type Cognito, createOnce, unlessMissing, unlessUnsupported } from './api.ts';
import { ATTRIBUTE } from './mapping.ts';
import type { Step } from './step.ts';
import type { Whole } from './whole.ts';

interface Kind {
  readonly separator: ',' | ' ';
  readonly scopes: readonly string[];
  /** The provider's name for each of Cognito's attributes, and the additional scope that it needs, if any. */
  readonly attributes: Partial<Record<RequiredSignUpAttributesElement, readonly [name: string, scope?: string]>>;
  /** The attribute that becomes the user's name in the pool. */
  readonly username?: string;
}

// After the Amplify CLI's attribute map; the providers' own names.
export const KINDS: Readonly<Record<SocialProvider, Kind>> = {
  Facebook: {
    separator: ',',
    scopes: ['public_profile'],
    username: 'id',
    attributes: {
      BIRTHDATE: ['birthday', 'user_birthday'],
      EMAIL: ['email', 'email'],
      FAMILY_NAME: ['last_name'],
      GENDER: ['gender', 'user_gender'],
      GIVEN_NAME: ['first_name'],
      MIDDLE_NAME: ['middle_name'],
      NAME: ['name'],
      PICTURE: ['picture'],
      UPDATED_AT: ['updated_time'],
    },
  },
  Google: {
    separator: ' ',
    scopes: ['openid', 'email', 'profile'],
    username: 'sub',
    attributes: {
      ADDRESS: ['addresses', 'https://www.googleapis.com/auth/user.addresses.read'],
      BIRTHDATE: ['birthdays', 'https://www.googleapis.com/auth/user.birthday.read'],
      EMAIL: ['email'],
      FAMILY_NAME: ['family_name'],
      GENDER: ['genders'],
      GIVEN_NAME: ['given_name'],
      NAME: ['name'],
      PHONE_NUMBER: ['phoneNumbers', 'https://www.googleapis.com/auth/user.phonenumbers.read'],
      PICTURE: ['picture'],
    },
  },
  LoginWithAmazon: {
    separator: ' ',
    scopes: ['profile', 'profile:user_id'],
    username: 'user_id',
    attributes: { ADDRESS: ['postal_code', 'postal_code'], EMAIL: ['email'], NAME: ['name'] },
  },
  SignInWithApple: {
    separator: ' ',
    scopes: ['email'],
    attributes: { EMAIL: ['email'], FAMILY_NAME: ['lastName', 'name'], GIVEN_NAME: ['firstName', 'name'] },
  },
};

export const NAMES = Object.keys(PROVIDER_MEMBERS) as SocialProvider[];

/** The providers that the configuration asks for. */
export function wantedProviders({ oAuth }: AuthConfig['userPoolConfigs']): SocialProvider[] {
  return NAMES.filter((name) => oAuth?.socialProviderSettings?.[name] !== undefined);
}

/** A new provider: its credentials, and the scopes and attributes that the configuration needs. */
function newProvider(pool: AuthConfig['userPoolConfigs'], name: SocialProvider) {
  const { separator, scopes, attributes, username } = KINDS[name];
  const wanted = new Set<RequiredSignUpAttributesElement>([...pool.requiredSignUpAttributes, 'EMAIL']);
  const mapped = [...wanted].flatMap((attribute) => {
    const provided = attributes[attribute];
    return provided === undefined ? [] : [{ attribute: ATTRIBUTE[attribute], name: provided[0], scope: provided[1] }];
  });
  const allScopes = new Set([...scopes, ...mapped.flatMap(({ scope }) => (scope === undefined ? [] : [scope]))]);
  return {
    ProviderName: name,
    ProviderType: name,
    ProviderDetails: {
      ...credentialsOf(pool, name),
      authorize_scopes: [...allScopes].join(separator),
    },
    AttributeMapping: {
      ...Object.fromEntries(mapped.map(({ attribute, name }) => [attribute, name])),
      ...(username !== undefined && { username }),
    },
  } satisfies IdentityProviderType;
}

/** The members of the contract that Cognito wants of a provider, as far as the configuration has them. */
function credentialsOf({ oAuth }: AuthConfig['userPoolConfigs'], name: SocialProvider): Record<string, string> {
  const settings = (oAuth?.socialProviderSettings?.[name] ?? {}) as Readonly<Record<string, string>>;
  return Object.fromEntries(PROVIDER_MEMBERS[name].flatMap((m) => (settings[m] ? [[m, settings[m]]] : [])));
}

/** Throws where a provider that is to be written lacks a credential: Cognito tells no key that it was given before. */
export function checkComplete(pool: AuthConfig['userPoolConfigs'], names: readonly string[]): void {
  for (const name of known(names)) {
    const missing = PROVIDER_MEMBERS[name].filter((member) => !(member in credentialsOf(pool, name)));
    if (missing.length === 0) continue;
    throw new Error(`The identity provider ${name} needs ${missing.join(', ')}: send what is missing with the update.`);
  }
}

const known = (names: readonly string[]): SocialProvider[] => NAMES.filter((name) => names.includes(name));

/** Makes the providers of a new pool, before any app client lists them. */
export async function createProviders(
  cognito: Cognito,
  UserPoolId: string,
  pool: AuthConfig['userPoolConfigs'],
  isNew: boolean,
): Promise<readonly SocialProvider[]> {
  const wanted = wantedProviders(pool);
  const existing = isNew ? [] : await listProviders(cognito, UserPoolId);
  for (const name of wanted) await put(cognito, UserPoolId, newProvider(pool, name), existing.includes(name));
  for (const name of existing) if (!wanted.includes(name)) await deleteProvider(cognito, UserPoolId, name);
  return wanted;
}

/** Reads the providers of the plan that exist. */
export async function readProviders(
  cognito: Cognito,
  UserPoolId: string,
  { put, drop }: NonNullable<OAuthPlan['providers']>,
): Promise<readonly IdentityProviderType[]> {
  const existing = await listProviders(cognito, UserPoolId);
  const found: IdentityProviderType[] = [];
  for (const name of existing) {
    if (put.includes(name) || drop.includes(name)) found.push(await describeProvider(cognito, UserPoolId, name));
  }
  return found;
}

export async function describeProvider(
  cognito: Cognito,
  UserPoolId: string,
  ProviderName: SocialProvider,
): Promise<IdentityProviderType> {
  const command = new DescribeIdentityProviderCommand({ UserPoolId, ProviderName });
  const { IdentityProvider } = await cognito.userPools(`identity provider ${ProviderName}`, command);
  return { ...IdentityProvider, ProviderName };
}

/** The steps that make or change providers: before any app client lists them. */
export function putProviderSteps(
  cognito: Cognito,
  UserPoolId: string,
  found: readonly IdentityProviderType[],
  before: AuthConfig['userPoolConfigs'],
  after: AuthConfig['userPoolConfigs'],
  { put: names }: NonNullable<OAuthPlan['providers']>,
): Step[] {
  return known(names).flatMap((name) => {
    const live = found.find(({ ProviderName }) => ProviderName === name);
    const changed = live ? withCredentials(live, after, name) : newProvider(after, name);
    const [from, to] = [live && settingsOf(live), settingsOf(changed)];
    if (JSON.stringify(from) === JSON.stringify(to)) return [];
    return {
      resource: `identity provider ${name}`,
      before: from,
      after: to,
      read: () => readSettings(cognito, UserPoolId, name),
      run: () => putAsNeeded(cognito, UserPoolId, changed),
      undo: () =>
        live === undefined
          ? deleteProvider(cognito, UserPoolId, name)
          : putAsNeeded(cognito, UserPoolId, withSecrets(live, before, name)),
    };
  });
}

/** The steps that delete providers: after no app client lists them. */
export function dropProviderSteps(
  cognito: Cognito,
  UserPoolId: string,
  found: readonly IdentityProviderType[],
  before: AuthConfig['userPoolConfigs'],
  { drop }: NonNullable<OAuthPlan['providers']>,
): Step[] {
  return known(drop).flatMap((name) => {
    const live = found.find(({ ProviderName }) => ProviderName === name);
    if (live === undefined) return [];
    return {
      resource: `identity provider ${name}`,
      ...(missingOf(secretsAnd(live, before, name), name).length > 0 && { isFinal: true as const }),
      before: settingsOf(live),
      after: undefined,
      read: () => readSettings(cognito, UserPoolId, name),
      run: () => deleteProvider(cognito, UserPoolId, name),
      undo: () => putAsNeeded(cognito, UserPoolId, withSecrets(live, before, name)),
    };
  });
}

async function readSettings(cognito: Cognito, UserPoolId: string, name: SocialProvider): Promise<object | undefined> {
  const existing = await listProviders(cognito, UserPoolId);
  return existing.includes(name) ? settingsOf(await describeProvider(cognito, UserPoolId, name)) : undefined;
}

const withCredentials = (
  live: IdentityProviderType,
  pool: AuthConfig['userPoolConfigs'],
  name: SocialProvider,
): IdentityProviderType => ({ ...live, ProviderDetails: { ...live.ProviderDetails, ...credentialsOf(pool, name) } });

/** As it was read, with the secrets that Cognito does not tell. Throws where no one knows them. */
function withSecrets(
  live: IdentityProviderType,
  pool: AuthConfig['userPoolConfigs'],
  name: SocialProvider,
): IdentityProviderType {
  const ProviderDetails = secretsAnd(live, pool, name);
  const missing = missingOf(ProviderDetails, name);
  if (missing.length > 0) throw new Error(`Cognito does not tell its ${missing.join(', ')}, and no update has sent it`);
  return { ...live, ProviderDetails };
}

const secretsAnd = (
  live: IdentityProviderType,
  pool: AuthConfig['userPoolConfigs'],
  name: SocialProvider,
): Record<string, string> => ({ ...credentialsOf(pool, name), ...live.ProviderDetails });

const missingOf = (details: Readonly<Record<string, string>>, name: SocialProvider): string[] =>
  PROVIDER_MEMBERS[name].filter((member) => !details[member]);

/** UpdateIdentityProvider resets the members that it is not given, so all of them go back with it. */
const settingsOf = (
  provider: IdentityProviderType,
): Whole<UpdateIdentityProviderCommandInput, { UserPoolId: 'given with each call' }> => ({
  ProviderName: provider.ProviderName,
  ProviderDetails: provider.ProviderDetails,
  AttributeMapping: provider.AttributeMapping,
  IdpIdentifiers: provider.IdpIdentifiers,
});

async function putAsNeeded(cognito: Cognito, UserPoolId: string, provider: IdentityProviderType): Promise<void> {
  const existing = await listProviders(cognito, UserPoolId);
  await put(cognito, UserPoolId, provider, existing.includes(provider.ProviderName as SocialProvider));
}

async function put(
  cognito: Cognito,
  UserPoolId: string,
  provider: IdentityProviderType,
  exists: boolean,
): Promise<void> {
  const { ProviderName = '', ProviderType = ProviderName as SocialProvider } = provider;
  const about = `identity provider ${ProviderName}`;
  const input = { UserPoolId, ...settingsOf(provider), ProviderName };
  const update = () => cognito.userPools(about, new UpdateIdentityProviderCommand(input));
  if (exists) {
    await update();
    return;
  }
  const { ProviderDetails } = provider;
  const command = new CreateIdentityProviderCommand({ ...input, ProviderType, ProviderDetails });
  await createOnce<object>(
    () => cognito.userPools(about, command),
    async () => ((await listProviders(cognito, UserPoolId)).some((name) => name === ProviderName) ? {} : undefined),
  );
}

async function deleteProvider(cognito: Cognito, UserPoolId: string, ProviderName: SocialProvider): Promise<void> {
  const command = new DeleteIdentityProviderCommand({ UserPoolId, ProviderName });
  await unlessMissing(cognito.userPools(`identity provider ${ProviderName}`, command));
}

async function listProviders(cognito: Cognito, UserPoolId: string): Promise<SocialProvider[]> {
  const names: SocialProvider[] = [];
  let NextToken: string | undefined;
  do {
    const command = new ListIdentityProvidersCommand({ UserPoolId, NextToken, MaxResults: 60 });
    const page = await unlessUnsupported(cognito.userPools(`user pool ${UserPoolId}`, command));
    if (page === undefined) return [];
    names.push(...(page.Providers ?? []).flatMap(({ ProviderName }) => NAMES.filter((name) => name === ProviderName)));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return names;
}
