import {
  CreateIdentityProviderCommand,
  DeleteIdentityProviderCommand,
  ListIdentityProvidersCommand,
  UpdateIdentityProviderCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { RequiredSignUpAttributesElement } from '../../../generated/enums.ts';
import { PROVIDER_MEMBERS, type SocialProvider } from '../providers.ts';
import type { AuthConfig } from '../provisioner.ts';
import { type Cognito, createOnce, unlessMissing, unlessUnsupported } from './api.ts';
import { ATTRIBUTE } from './mapping.ts';

interface Kind {
  readonly separator: ',' | ' ';
  readonly scopes: readonly string[];
  /** What the provider calls each of Cognito's attributes, and the scope that gives it where that is one more. */
  readonly attributes: Partial<Record<RequiredSignUpAttributesElement, readonly [name: string, scope?: string]>>;
  /** What becomes the user's name in the pool. */
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

/** What Cognito is told of a provider. */
export function providerInput(pool: AuthConfig['userPoolConfigs'], name: SocialProvider) {
  const { separator, scopes, attributes, username } = KINDS[name];
  const settings = (pool.oAuth?.socialProviderSettings?.[name] ?? {}) as Readonly<Record<string, string>>;
  const wanted = new Set<RequiredSignUpAttributesElement>([...pool.requiredSignUpAttributes, 'EMAIL']);
  const mapped = [...wanted].flatMap((attribute) => {
    const provided = attributes[attribute];
    return provided === undefined ? [] : [{ attribute: ATTRIBUTE[attribute], name: provided[0], scope: provided[1] }];
  });
  const allScopes = new Set([...scopes, ...mapped.flatMap(({ scope }) => (scope === undefined ? [] : [scope]))]);
  return {
    ProviderDetails: {
      ...Object.fromEntries(PROVIDER_MEMBERS[name].map((member) => [member, settings[member] ?? ''])),
      authorize_scopes: [...allScopes].join(separator),
    },
    AttributeMapping: {
      ...Object.fromEntries(mapped.map(({ attribute, name }) => [attribute, name])),
      ...(username !== undefined && { username }),
    },
  };
}

/** Whether the configuration has all that Cognito wants of a provider. */
export function isComplete({ oAuth }: AuthConfig['userPoolConfigs'], name: SocialProvider): boolean {
  const settings = oAuth?.socialProviderSettings?.[name] as Readonly<Record<string, string>> | undefined;
  return PROVIDER_MEMBERS[name].every((member) => settings?.[member] !== undefined && settings[member] !== '');
}

/** Creates or updates each provider that is wanted: before any app client lists it. */
export async function putProviders(
  cognito: Cognito,
  UserPoolId: string,
  pool: AuthConfig['userPoolConfigs'],
): Promise<readonly SocialProvider[]> {
  const wanted = wantedProviders(pool);
  const existing = wanted.length > 0 ? await listProviders(cognito, UserPoolId) : [];
  for (const ProviderName of wanted) {
    // What was imported may lack what Cognito never tells (Apple's key): it stays as it is, until an update brings it.
    if (existing.includes(ProviderName) && !isComplete(pool, ProviderName)) continue;
    const input = { UserPoolId, ProviderName, ...providerInput(pool, ProviderName) };
    const about = `identity provider ${ProviderName}`;
    const update = () => cognito.userPools(about, new UpdateIdentityProviderCommand(input));
    if (existing.includes(ProviderName)) {
      await update();
      continue;
    }
    const command = new CreateIdentityProviderCommand({ ...input, ProviderType: ProviderName });
    await createOnce<object>(
      () => cognito.userPools(about, command),
      async () => ((await listProviders(cognito, UserPoolId)).includes(ProviderName) ? update() : undefined),
    );
  }
  return wanted;
}

/** Deletes the social providers that are no longer wanted: after no app client lists them. Others are left alone. */
export async function deleteOtherProviders(
  cognito: Cognito,
  UserPoolId: string,
  wanted: readonly SocialProvider[],
): Promise<void> {
  for (const ProviderName of await listProviders(cognito, UserPoolId)) {
    if (wanted.includes(ProviderName)) continue;
    const command = new DeleteIdentityProviderCommand({ UserPoolId, ProviderName });
    await unlessMissing(cognito.userPools(`identity provider ${ProviderName}`, command));
  }
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
