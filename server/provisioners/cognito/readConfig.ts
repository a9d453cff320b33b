import type { IdentityPool } from '@aws-sdk/client-cognito-identity';
import type { UserPoolClientType, UserPoolType } from '@aws-sdk/client-cognito-identity-provider';
import type { OAuthGrantType, RequiredSignUpAttributesElement, SignInMethod } from '../../../generated/enums.ts';
import type { AuthConfig } from '../../auth/config.ts';
import { PROVIDER_MEMBERS, type SocialProvider } from '../../auth/providers.ts';
import { type Cognito, unlessMissing } from './api.ts';
import { describeProvider, NAMES } from './identityProviders.ts';
import { ATTRIBUTE, CONSTRAINT, FLOW, keyOf, SCOPE, SIGN_IN, VERIFIED } from './mapping.ts';
import { readMfa } from './mfa.ts';

type UserPoolConfig = AuthConfig['userPoolConfigs'];

/** Reads Cognito back into a configuration: the reverse of the mapping. */
export async function readConfig(
  cognito: Cognito,
  pool: UserPoolType,
  client: UserPoolClientType,
  identityPool: IdentityPool | undefined,
): Promise<AuthConfig> {
  const oAuth = await readOAuth(cognito, pool, client);
  const verificationMessage = readVerificationMessage(pool);
  return {
    authResources: identityPool === undefined ? 'USER_POOL_ONLY' : 'IDENTITY_POOL_AND_USER_POOL',
    service: 'COGNITO',
    userPoolConfigs: {
      userPoolName: pool.Name ?? '',
      signInMethod: readSignInMethod(pool),
      requiredSignUpAttributes: readRequiredAttributes(pool),
      passwordPolicy: readPasswordPolicy(pool),
      mfa: await readMfaConfig(cognito, pool),
      ...(verificationMessage !== undefined && { verificationMessage }),
      ...(oAuth !== undefined && { oAuth }),
    },
    ...(identityPool !== undefined && {
      identityPoolConfigs: {
        identityPoolName: identityPool.IdentityPoolName ?? '',
        unauthenticatedLogin: identityPool.AllowUnauthenticatedIdentities ?? false,
      },
    }),
  };
}

function readSignInMethod({ UsernameAttributes = [] }: UserPoolType): SignInMethod {
  const key = (attributes: readonly string[]) => [...attributes].sort().join();
  const methods = Object.keys(SIGN_IN) as SignInMethod[];
  return methods.find((method) => key(SIGN_IN[method]) === key(UsernameAttributes)) ?? 'USERNAME';
}

function readRequiredAttributes({ SchemaAttributes = [] }: UserPoolType): RequiredSignUpAttributesElement[] {
  return SchemaAttributes.filter(({ Required }) => Required).flatMap(({ Name = '' }) => keyOf(ATTRIBUTE, Name) ?? []);
}

function readPasswordPolicy({ Policies }: UserPoolType): UserPoolConfig['passwordPolicy'] {
  const policy = Policies?.PasswordPolicy ?? {};
  const constraints = Object.values(CONSTRAINT).filter((requirement) => policy[requirement]);
  return {
    minimumLength: policy.MinimumLength ?? 8,
    additionalConstraints: constraints.flatMap((requirement) => keyOf(CONSTRAINT, requirement) ?? []),
  };
}

async function readMfaConfig(cognito: Cognito, { Id = '' }: UserPoolType): Promise<UserPoolConfig['mfa']> {
  const config = await readMfa(cognito, Id);
  const MFAMode = config.MfaConfiguration ?? 'OFF';
  if (MFAMode === 'OFF') return { MFAMode };
  const sms = config.SmsMfaConfiguration;
  return {
    MFAMode,
    settings: {
      mfaTypes: [
        ...(sms?.SmsConfiguration === undefined ? [] : (['SMS'] as const)),
        ...(config.SoftwareTokenMfaConfiguration?.Enabled ? (['TOTP'] as const) : []),
      ],
      ...(sms?.SmsAuthenticationMessage !== undefined && { smsMessage: sms.SmsAuthenticationMessage }),
    },
  };
}

/** Undefined where Cognito verifies nothing by itself: the contract has no method for that. */
function readVerificationMessage(pool: UserPoolType): UserPoolConfig['verificationMessage'] {
  const template = pool.VerificationMessageTemplate ?? {};
  const { EmailMessage = pool.EmailVerificationMessage, EmailSubject = pool.EmailVerificationSubject } = template;
  const { SmsMessage = pool.SmsVerificationMessage } = template;
  // Where both are verified, the contract can name one.
  const method = (['EMAIL', 'SMS'] as const).find((one) => pool.AutoVerifiedAttributes?.includes(VERIFIED[one]));
  if (method === undefined) return undefined;
  const emailSettings = {
    ...(EmailMessage !== undefined && { emailMessage: EmailMessage }),
    ...(EmailSubject !== undefined && { emailSubject: EmailSubject }),
  };
  const smsSettings = { ...(SmsMessage !== undefined && { smsMessage: SmsMessage }) };
  return {
    deliveryMethod: method,
    ...(method === 'EMAIL' && Object.keys(emailSettings).length > 0 && { emailSettings }),
    ...(method === 'SMS' && Object.keys(smsSettings).length > 0 && { smsSettings }),
  };
}

async function readOAuth(
  cognito: Cognito,
  pool: UserPoolType,
  client: UserPoolClientType,
): Promise<UserPoolConfig['oAuth'] | undefined> {
  if (client.AllowedOAuthFlowsUserPoolClient !== true) return undefined;
  const grant: OAuthGrantType = client.AllowedOAuthFlows?.includes(FLOW.IMPLICIT) ? 'IMPLICIT' : 'CODE';
  const names = NAMES.filter((name) => client.SupportedIdentityProviders?.includes(name));
  const providers: [string, Record<string, string>][] = [];
  for (const name of names) providers.push([name, await readProvider(cognito, pool.Id ?? '', name)]);
  return {
    oAuthGrantType: client.AllowedOAuthFlows?.includes(FLOW.CODE) ? 'CODE' : grant,
    oAuthScopes: (client.AllowedOAuthScopes ?? []).flatMap((scope) => keyOf(SCOPE, scope) ?? []),
    redirectSignInURIs: client.CallbackURLs ?? [],
    redirectSignOutURIs: client.LogoutURLs ?? [],
    ...(pool.Domain !== undefined && { domainPrefix: pool.Domain }),
    ...(providers.length > 0 && { socialProviderSettings: Object.fromEntries(providers) }),
  };
}

/** Without Apple's private key, which Cognito never tells. */
async function readProvider(cognito: Cognito, userPoolId: string, name: SocialProvider) {
  const { ProviderDetails = {} } = (await unlessMissing(describeProvider(cognito, userPoolId, name))) ?? {};
  return Object.fromEntries(
    PROVIDER_MEMBERS[name].flatMap((member) =>
      ProviderDetails[member] === undefined ? [] : [[member, ProviderDetails[member]]],
    ),
  );
}
