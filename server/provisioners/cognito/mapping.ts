import type {
  OAuthFlowType,
  PasswordPolicyType,
  SchemaAttributeType,
  SmsMfaConfigType,
  UpdateUserPoolClientCommandInput,
  UpdateUserPoolCommandInput,
  UsernameAttributeType,
  VerifiedAttributeType,
} from '@aws-sdk/client-cognito-identity-provider';
import type * as Enums from '../../../generated/enums.ts';
import type { AuthConfig } from '../../auth/config.ts';
import { messageOf } from '../../auth/plan.ts';

// The contract's values and Cognito's. Each table is complete by its type: a value that the contract gains does not
// compile until it is mapped here.

export const SIGN_IN: Readonly<Record<Enums.SignInMethod, readonly UsernameAttributeType[]>> = {
  USERNAME: [],
  EMAIL: ['email'],
  PHONE_NUMBER: ['phone_number'],
  EMAIL_AND_PHONE_NUMBER: ['email', 'phone_number'],
};

/** The names of OpenID Connect's standard claims: they are lower case, and `zoneinfo` is one word. */
export const ATTRIBUTE: Readonly<Record<Enums.RequiredSignUpAttributesElement, string>> = {
  ADDRESS: 'address',
  BIRTHDATE: 'birthdate',
  EMAIL: 'email',
  FAMILY_NAME: 'family_name',
  GENDER: 'gender',
  GIVEN_NAME: 'given_name',
  LOCALE: 'locale',
  MIDDLE_NAME: 'middle_name',
  NAME: 'name',
  NICKNAME: 'nickname',
  PHONE_NUMBER: 'phone_number',
  PICTURE: 'picture',
  PREFERRED_USERNAME: 'preferred_username',
  PROFILE: 'profile',
  UPDATED_AT: 'updated_at',
  WEBSITE: 'website',
  ZONE_INFO: 'zoneinfo',
};

type Requirement = 'RequireNumbers' | 'RequireLowercase' | 'RequireSymbols' | 'RequireUppercase';
export const CONSTRAINT: Readonly<Record<Enums.AdditionalConstraintsElement, Requirement>> = {
  REQUIRE_DIGIT: 'RequireNumbers',
  REQUIRE_LOWERCASE: 'RequireLowercase',
  REQUIRE_SYMBOL: 'RequireSymbols',
  REQUIRE_UPPERCASE: 'RequireUppercase',
};

export const VERIFIED: Readonly<Record<Enums.DeliveryMethod, VerifiedAttributeType>> = {
  EMAIL: 'email',
  SMS: 'phone_number',
};

export const FLOW: Readonly<Record<Enums.OAuthGrantType, OAuthFlowType>> = { CODE: 'code', IMPLICIT: 'implicit' };

export const SCOPE: Readonly<Record<Enums.OAuthScopesElement, string>> = {
  PHONE: 'phone',
  EMAIL: 'email',
  OPENID: 'openid',
  PROFILE: 'profile',
  AWS_COGNITO_SIGNIN_USER_ADMIN: 'aws.cognito.signin.user.admin',
};

/** The key under which a table has a value; for reading Cognito back. */
export function keyOf<Key extends string, Value>(table: Readonly<Record<Key, Value>>, value: Value): Key | undefined {
  return (Object.keys(table) as Key[]).find((key) => table[key] === value);
}

// The texts that the Amplify CLI uses where none is given.
export const SUBJECT = 'Your verification code';
export const MESSAGE = 'Your verification code is {####}';
export const MFA_MESSAGE = 'Your authentication code is {####}';

const deliveryMethod = (pool: AuthConfig['userPoolConfigs']) => messageOf(pool)?.deliveryMethod ?? 'EMAIL';

/** Whether Cognito must be able to send text messages. */
export function needsSms({ userPoolConfigs: pool }: AuthConfig): boolean {
  const mfa = pool.mfa?.MFAMode !== 'OFF' && pool.mfa?.settings?.mfaTypes?.includes('SMS') === true;
  const phone = SIGN_IN[pool.signInMethod].includes('phone_number');
  return mfa || phone || deliveryMethod(pool) === 'SMS' || pool.requiredSignUpAttributes.includes('PHONE_NUMBER');
}

export function passwordPolicy({ passwordPolicy }: AuthConfig['userPoolConfigs']): PasswordPolicyType {
  const wanted = passwordPolicy?.additionalConstraints ?? [];
  const requirements = Object.entries(CONSTRAINT).map(([constraint, requirement]) => [
    requirement,
    wanted.includes(constraint as Enums.AdditionalConstraintsElement),
  ]);
  return { MinimumLength: passwordPolicy?.minimumLength ?? 8, ...Object.fromEntries(requirements) };
}

/** A new user pool, as far as it is neither fixed for ever nor its password policy. */
export function userPool(config: AuthConfig, sms: SmsMfaConfigType['SmsConfiguration']) {
  const pool = config.userPoolConfigs;
  const { emailSettings, smsSettings } = messageOf(pool) ?? {};
  const verified = VERIFIED[deliveryMethod(pool)];
  const email = { message: emailSettings?.emailMessage ?? MESSAGE, subject: emailSettings?.emailSubject ?? SUBJECT };
  const smsMessage = smsSettings?.smsMessage ?? MESSAGE;
  return {
    AutoVerifiedAttributes: [verified],
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [verified] },
    VerificationMessageTemplate: {
      DefaultEmailOption: 'CONFIRM_WITH_CODE',
      EmailMessage: email.message,
      EmailSubject: email.subject,
      SmsMessage: smsMessage,
    },
    // The older members of the same meaning: emulators and consoles still read them.
    EmailVerificationMessage: email.message,
    EmailVerificationSubject: email.subject,
    SmsVerificationMessage: smsMessage,
    SmsAuthenticationMessage: pool.mfa?.settings?.smsMessage ?? MFA_MESSAGE,
    SmsConfiguration: needsSms(config) ? sms : undefined,
  } satisfies Partial<UpdateUserPoolCommandInput>;
}

export function schemaAttributes({ requiredSignUpAttributes }: AuthConfig['userPoolConfigs']): SchemaAttributeType[] {
  return [...new Set(requiredSignUpAttributes)].map((name) => ({
    Name: ATTRIBUTE[name],
    Required: true,
    Mutable: true,
  }));
}

/** OAuth of a new app client. Lists are empty rather than absent: AWS takes both for none, emulators keep what is absent. */
export function oAuthOfClient({ oAuth }: AuthConfig['userPoolConfigs'], providers: readonly string[]) {
  return {
    AllowedOAuthFlowsUserPoolClient: oAuth !== undefined,
    AllowedOAuthFlows: oAuth === undefined ? [] : [FLOW[oAuth.oAuthGrantType]],
    AllowedOAuthScopes: [...new Set(oAuth?.oAuthScopes)].map((scope) => SCOPE[scope]),
    CallbackURLs: [...new Set(oAuth?.redirectSignInURIs)],
    LogoutURLs: [...new Set(oAuth?.redirectSignOutURIs)],
    SupportedIdentityProviders: [...providers, 'COGNITO'],
  } satisfies Partial<UpdateUserPoolClientCommandInput>;
}
