// Written by `npm run gen` from admin.yaml. Changes made here are lost.

/** OMIT leaves the secrets of social providers out. ENCRYPT needs a passphrase. */
export const SecretsChoice = ['OMIT', 'ENCRYPT'] as const;
export type SecretsChoice = (typeof SecretsChoice)[number];

/** Whether there is an identity pool beside the user pool. */
export const AuthResources = ['USER_POOL_ONLY', 'IDENTITY_POOL_AND_USER_POOL'] as const;
export type AuthResources = (typeof AuthResources)[number];

/** The service that authenticates. */
export const Service = ['COGNITO'] as const;
export type Service = (typeof Service)[number];

/** The channel that a code is sent through. */
export const DeliveryMethod = ['EMAIL', 'SMS'] as const;
export type DeliveryMethod = (typeof DeliveryMethod)[number];

/** Whether a second factor is required of everyone, of no one, or of those who choose it. */
export const MFAMode = ['ON', 'OFF', 'OPTIONAL'] as const;
export type MFAMode = (typeof MFAMode)[number];

/** A second factor, which is a text message or an app's one-time code. */
export const MfaTypesElement = ['SMS', 'TOTP'] as const;
export type MfaTypesElement = (typeof MfaTypesElement)[number];

/** How an app gets its tokens. */
export const OAuthGrantType = ['CODE', 'IMPLICIT'] as const;
export type OAuthGrantType = (typeof OAuthGrantType)[number];

/** A use that a token is good for. */
export const OAuthScopesElement = ['PHONE', 'EMAIL', 'OPENID', 'PROFILE', 'AWS_COGNITO_SIGNIN_USER_ADMIN'] as const;
export type OAuthScopesElement = (typeof OAuthScopesElement)[number];

/** A kind of character that a password must have. */
export const AdditionalConstraintsElement = ['REQUIRE_DIGIT', 'REQUIRE_LOWERCASE', 'REQUIRE_SYMBOL', 'REQUIRE_UPPERCASE'] as const;
export type AdditionalConstraintsElement = (typeof AdditionalConstraintsElement)[number];

/** An attribute that a user must provide to sign up. */
export const RequiredSignUpAttributesElement = ['ADDRESS', 'BIRTHDATE', 'EMAIL', 'FAMILY_NAME', 'GENDER', 'GIVEN_NAME', 'LOCALE', 'MIDDLE_NAME', 'NAME', 'NICKNAME', 'PHONE_NUMBER', 'PICTURE', 'PREFERRED_USERNAME', 'PROFILE', 'UPDATED_AT', 'WEBSITE', 'ZONE_INFO'] as const;
export type RequiredSignUpAttributesElement = (typeof RequiredSignUpAttributesElement)[number];

/** The identifier that users sign in with. */
export const SignInMethod = ['EMAIL', 'EMAIL_AND_PHONE_NUMBER', 'PHONE_NUMBER', 'USERNAME'] as const;
export type SignInMethod = (typeof SignInMethod)[number];

/** Whether the job still runs, or how it ended. */
export const JobStatus = ['RUNNING', 'COMPLETED', 'FAILED'] as const;
export type JobStatus = (typeof JobStatus)[number];
