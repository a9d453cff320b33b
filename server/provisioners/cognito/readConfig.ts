import type { DescribeIdentityPoolCommandOutput } from '@aws-sdk/client-cognito-identity';
import {
  DescribeIdentityProviderCommand,
  GetUserPoolMfaConfigCommand,
  type UserPoolClientType,
  type UserPoolType,
} from '@aws-sdk/client-cognito-identity-provider';
import type { OAuthGrantType, RequiredSignUpAttributesElement, SignInMethod } from '../../../generated/enums.ts';
import { PROVIDER_MEMBERS, type SocialProvider } from '../providers.ts';
import type { AuthConfig } from '../provisioner.ts';
import type { Cognito } from './api.ts';
import { NAMES } from './identityProviders.ts';
import { ATTRIBUTE, CONSTRAINT, FLOW, keyOf, SCOPE, SIGN_IN } from './mapping.ts';

type UserPoolConfig = AuthConfig['userPoolConfigs'];

/** The configuration that would have made what Cognito has: the mapping, backwards. */
export async function readConfig(
  cognito: Cognito,
  pool: UserPoolType,
  client: UserPoolClientType,
  identityPool: DescribeIdentityPoolCommandOutput | undefined,
): Promise<AuthConfig> {
  const oAuth = await readOAuth(cognito, pool, client);
  return {
    authResources: identityPool === undefined ? 'USER_POOL_ONLY' : 'IDENTITY_POOL_AND_USER_POOL',
    service: 'COGNITO',
    userPoolConfigs: {
      userPoolName: pool.Name ?? '',
      signInMethod: readSignInMethod(pool),
      requiredSignUpAttributes: readRequiredAttributes(pool),
      passwordPolicy: readPasswordPolicy(pool),
      mfa: await readMfa(cognito, pool),
      verificationMessage: readVerificationMessage(pool),
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

async function readMfa(cognito: Cognito, { Id }: UserPoolType): Promise<UserPoolConfig['mfa']> {
  const config = await cognito.userPools(`user pool ${Id}`, new GetUserPoolMfaConfigCommand({ UserPoolId: Id }));
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

function readVerificationMessage(pool: UserPoolType): UserPoolConfig['verificationMessage'] {
  const { EmailMessage = pool.EmailVerificationMessage, EmailSubject = pool.EmailVerificationSubject } =
    pool.VerificationMessageTemplate ?? {};
  const { SmsMessage = pool.SmsVerificationMessage } = pool.VerificationMessageTemplate ?? {};
  const byEmail =
    pool.AutoVerifiedAttributes?.includes('email') || !pool.AutoVerifiedAttributes?.includes('phone_number');
  if (!byEmail) {
    return { deliveryMethod: 'SMS', ...(SmsMessage !== undefined && { smsSettings: { smsMessage: SmsMessage } }) };
  }
  const emailSettings = {
    ...(EmailMessage !== undefined && { emailMessage: EmailMessage }),
    ...(EmailSubject !== undefined && { emailSubject: EmailSubject }),
  };
  return { deliveryMethod: 'EMAIL', ...(Object.keys(emailSettings).length > 0 && { emailSettings }) };
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

/** Apple's private key is never told; without it the provider stays as it is. */
async function readProvider(cognito: Cognito, UserPoolId: string, ProviderName: SocialProvider) {
  const command = new DescribeIdentityProviderCommand({ UserPoolId, ProviderName });
  const { IdentityProvider } = await cognito.userPools(`identity provider ${ProviderName}`, command);
  const details = IdentityProvider?.ProviderDetails ?? {};
  return Object.fromEntries(
    PROVIDER_MEMBERS[ProviderName].flatMap((member) =>
      details[member] === undefined ? [] : [[member, details[member]]],
    ),
  );
}
