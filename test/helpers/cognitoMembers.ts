import type { AuthConfig } from '../../server/provisioners/provisioner.ts';
import { configs } from './cognitoConfigs.ts';
import { withMember } from './cognitoMapping.ts';

const verificationMessage = {
  deliveryMethod: 'EMAIL',
  emailSettings: { emailMessage: 'It is {####}', emailSubject: 'Hello' },
  smsSettings: { smsMessage: 'Code {####}' },
};
const socialProviderSettings = {
  ...configs.whole.userPoolConfigs.oAuth.socialProviderSettings,
  Google: { client_id: 'id', client_secret: 'secret' },
  LoginWithAmazon: { client_id: 'id', client_secret: 'secret' },
};
export const whole = {
  ...configs.whole,
  userPoolConfigs: {
    ...configs.whole.userPoolConfigs,
    verificationMessage,
    oAuth: { ...configs.whole.userPoolConfigs.oAuth, socialProviderSettings },
  },
} as unknown as AuthConfig;
/** The same, by the deprecated member. */
const forgotten = withMember(
  withMember(whole, 'userPoolConfigs.forgotPassword', verificationMessage),
  'userPoolConfigs.verificationMessage',
  undefined,
);

interface Row {
  /** Two values, the fields of Cognito in which they differ, and what they are two values in. */
  readonly values: readonly [unknown, unknown];
  readonly reach: readonly string[];
  readonly within?: AuthConfig;
}
type NotSent = `not sent, because ${string}`;

const text = (member: string, ...reach: string[]) => ({
  [member]: { values: ['One {####}', 'Two {####}'], reach } as Row,
});
const details = (provider: string, ...members: string[]) =>
  Object.fromEntries(
    members.map((member): [string, Row] => [
      `userPoolConfigs.oAuth.socialProviderSettings.${provider}.${member}`,
      { values: ['one', 'two'], reach: [`IdentityProvider.ProviderDetails.${member}`] },
    ]),
  );
const message = (member: string, within: AuthConfig): Record<string, Row> => {
  const rows: Record<string, Row> = {
    deliveryMethod: {
      values: ['EMAIL', 'SMS'],
      reach: [
        'UserPool.AutoVerifiedAttributes',
        'UserPool.UserAttributeUpdateSettings.AttributesRequireVerificationBeforeUpdate',
      ],
    },
    ...text(
      'emailSettings.emailMessage',
      'UserPool.EmailVerificationMessage',
      'UserPool.VerificationMessageTemplate.EmailMessage',
    ),
    ...text(
      'emailSettings.emailSubject',
      'UserPool.EmailVerificationSubject',
      'UserPool.VerificationMessageTemplate.EmailSubject',
    ),
    ...text(
      'smsSettings.smsMessage',
      'UserPool.SmsVerificationMessage',
      'UserPool.VerificationMessageTemplate.SmsMessage',
    ),
  };
  return Object.fromEntries(
    Object.entries(rows).map(([key, row]) => [`userPoolConfigs.${member}.${key}`, { ...row, within }]),
  );
};

/** Every member of the contract, and where it gets to. */
export const members: Readonly<Record<string, Row | NotSent>> = {
  authResources: 'not sent, because it says whether there is an identity pool',
  service: 'not sent, because it has one value',
  'identityPoolConfigs.identityPoolName': { values: ['one', 'two'], reach: ['IdentityPool.IdentityPoolName'] },
  'identityPoolConfigs.unauthenticatedLogin': {
    values: [true, false],
    reach: ['IdentityPool.AllowUnauthenticatedIdentities'],
  },
  'userPoolConfigs.userPoolName': { values: ['one', 'two'], reach: ['UserPool.PoolName'] },
  'userPoolConfigs.signInMethod': { values: ['EMAIL', 'PHONE_NUMBER'], reach: ['UserPool.UsernameAttributes'] },
  'userPoolConfigs.requiredSignUpAttributes': {
    values: [['EMAIL'], ['EMAIL', 'NAME']],
    // Social providers are asked for it too.
    reach: ['IdentityProvider.AttributeMapping.name', 'UserPool.Schema'],
  },
  'userPoolConfigs.passwordPolicy.minimumLength': {
    values: [8, 9],
    reach: ['UserPool.Policies.PasswordPolicy.MinimumLength'],
  },
  'userPoolConfigs.passwordPolicy.additionalConstraints': {
    values: [[], ['REQUIRE_DIGIT', 'REQUIRE_LOWERCASE', 'REQUIRE_SYMBOL', 'REQUIRE_UPPERCASE']],
    reach: ['Lowercase', 'Numbers', 'Symbols', 'Uppercase'].map(
      (kind) => `UserPool.Policies.PasswordPolicy.Require${kind}`,
    ),
  },
  'userPoolConfigs.mfa.MFAMode': { values: ['ON', 'OPTIONAL'], reach: ['UserPoolMfaConfig.MfaConfiguration'] },
  'userPoolConfigs.mfa.settings.mfaTypes': {
    values: [['SMS'], ['SMS', 'TOTP']],
    reach: ['UserPoolMfaConfig.SoftwareTokenMfaConfiguration.Enabled'],
  },
  ...text(
    'userPoolConfigs.mfa.settings.smsMessage',
    'UserPool.SmsAuthenticationMessage',
    'UserPoolMfaConfig.SmsMfaConfiguration.SmsAuthenticationMessage',
  ),
  ...message('verificationMessage', whole),
  ...message('forgotPassword', forgotten),
  'userPoolConfigs.oAuth.domainPrefix': { values: ['one', 'two'], reach: ['UserPoolDomain.Domain'] },
  'userPoolConfigs.oAuth.oAuthGrantType': { values: ['CODE', 'IMPLICIT'], reach: ['UserPoolClient.AllowedOAuthFlows'] },
  'userPoolConfigs.oAuth.oAuthScopes': {
    values: [['OPENID'], ['EMAIL']],
    reach: ['UserPoolClient.AllowedOAuthScopes'],
  },
  'userPoolConfigs.oAuth.redirectSignInURIs': {
    values: [['https://one.example'], ['https://two.example']],
    reach: ['UserPoolClient.CallbackURLs'],
  },
  'userPoolConfigs.oAuth.redirectSignOutURIs': {
    values: [['https://one.example'], ['https://two.example']],
    reach: ['UserPoolClient.LogoutURLs'],
  },
  ...details('Facebook', 'client_id', 'client_secret'),
  ...details('Google', 'client_id', 'client_secret'),
  ...details('LoginWithAmazon', 'client_id', 'client_secret'),
  ...details('SignInWithApple', 'client_id', 'key_id', 'private_key', 'team_id'),
};
