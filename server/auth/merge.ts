import { OAuthScopesElement } from '../../generated/enums.ts';
import type { components } from '../../generated/schema.ts';
import { keepStoredSecrets, withBareKey } from './providerSecrets.ts';

type Schemas = components['schemas'];
type Config = Schemas['CreateBackendAuthResourceConfig'];
type UserPool = Schemas['CreateBackendAuthUserPoolConfig'];
type Update = Schemas['UpdateBackendAuthResourceConfig'];

// The Amplify CLI's defaults for members that are left out: its cognito-defaults.
const DEFAULT = { MFAMode: 'OFF', minimumLength: 8, oAuthGrantType: 'CODE', deliveryMethod: 'EMAIL' } as const;

/** The whole configuration of a new resource: the request, and the service's defaults for the rest. */
export function completeConfig(config: Config, resourceName: string): Config {
  const { userPoolConfigs: pool, identityPoolConfigs, ...rest } = withBareKey(config);
  return {
    ...rest,
    userPoolConfigs: {
      ...pool,
      mfa: completeMfa(pool.mfa ?? {}),
      passwordPolicy: completePasswordPolicy(pool.passwordPolicy ?? {}),
    },
    ...(config.authResources === 'IDENTITY_POOL_AND_USER_POOL' || identityPoolConfigs !== undefined
      ? { identityPoolConfigs: completeIdentityPool(identityPoolConfigs ?? {}, resourceName) }
      : {}),
  };
}

/**
 * The configuration after an update: a member of `userPoolConfigs` that is given replaces the stored one whole, one
 * that is left out stays, `oAuth: {}` removes OAuth (amplify-cli, headless interface of auth, update). The Amplify CLI
 * itself turns MFA off when `mfa` is left out; the documented rule is kept here instead.
 */
export function mergeConfig(stored: Config, update: Update, resourceName: string): Config {
  const { forgotPassword, mfa, oAuth, passwordPolicy, verificationMessage } = update.userPoolConfigs;
  const pool: UserPool = { ...stored.userPoolConfigs };
  if (forgotPassword !== undefined) {
    pool.forgotPassword = {
      ...forgotPassword,
      deliveryMethod: forgotPassword.deliveryMethod ?? DEFAULT.deliveryMethod,
    };
  }
  if (mfa !== undefined) pool.mfa = completeMfa(mfa);
  if (passwordPolicy !== undefined) pool.passwordPolicy = completePasswordPolicy(passwordPolicy);
  if (verificationMessage !== undefined) pool.verificationMessage = verificationMessage;
  if (oAuth !== undefined) {
    if (Object.keys(oAuth).length === 0) delete pool.oAuth;
    else pool.oAuth = completeOAuth(withStoredSecrets(oAuth, stored));
  }
  const identityPool = { ...stored.identityPoolConfigs, ...update.identityPoolConfigs };
  return completeConfig(
    {
      ...stored,
      authResources: update.authResources,
      service: update.service,
      userPoolConfigs: pool,
      // The name outlives a switch to USER_POOL_ONLY, since it can't be given again by an update.
      ...(stored.identityPoolConfigs !== undefined || update.identityPoolConfigs !== undefined
        ? { identityPoolConfigs: completeIdentityPool(identityPool, resourceName) }
        : {}),
    },
    resourceName,
  );
}

function withStoredSecrets(oAuth: Schemas['UpdateBackendAuthOAuthConfig'], stored: Config) {
  const { socialProviderSettings: providers } = oAuth;
  if (providers === undefined) return oAuth;
  const before = stored.userPoolConfigs.oAuth?.socialProviderSettings;
  return { ...oAuth, socialProviderSettings: keepStoredSecrets(providers, before) };
}

function completeMfa(mfa: Schemas['UpdateBackendAuthMFAConfig']): Schemas['CreateBackendAuthMFAConfig'] {
  return { ...mfa, MFAMode: mfa.MFAMode ?? DEFAULT.MFAMode };
}

/** `additionalConstraints` is always a list: the Amplify console reads it without asking whether it is there. */
function completePasswordPolicy(
  policy: Schemas['UpdateBackendAuthPasswordPolicyConfig'],
): Schemas['CreateBackendAuthPasswordPolicyConfig'] {
  return {
    minimumLength: policy.minimumLength ?? DEFAULT.minimumLength,
    additionalConstraints: policy.additionalConstraints ?? [],
  };
}

function completeOAuth(oAuth: Schemas['UpdateBackendAuthOAuthConfig']): Schemas['CreateBackendAuthOAuthConfig'] {
  return {
    ...oAuth,
    oAuthGrantType: oAuth.oAuthGrantType ?? DEFAULT.oAuthGrantType,
    oAuthScopes: oAuth.oAuthScopes ?? [...OAuthScopesElement],
    redirectSignInURIs: oAuth.redirectSignInURIs ?? [],
    redirectSignOutURIs: oAuth.redirectSignOutURIs ?? [],
  };
}

function completeIdentityPool(
  pool: Partial<Schemas['CreateBackendAuthIdentityPoolConfig']>,
  resourceName: string,
): Schemas['CreateBackendAuthIdentityPoolConfig'] {
  return {
    identityPoolName: pool.identityPoolName ?? `${resourceName}_identitypool`,
    unauthenticatedLogin: pool.unauthenticatedLogin ?? false,
  };
}
