interface Choice {
  readonly path: string;
  readonly list?: true;
  /** Of each value, a field of Cognito and what it is then given. */
  readonly given: Readonly<Record<string, readonly [field: string, value: unknown]>>;
}

const attribute = (Name: string) => ['UserPool.Schema', [{ Name, Required: true, Mutable: true }]] as const;
const requirement = (kind: string) => [`UserPool.Policies.PasswordPolicy.Require${kind}`, true] as const;
const scope = (name: string) => ['UserPoolClient.AllowedOAuthScopes', [name]] as const;
const signIn = (names: string[] | undefined) => ['UserPool.UsernameAttributes', names] as const;
const mode = (name: string) => ['UserPoolMfaConfig.MfaConfiguration', name] as const;

/** Every value of every enum of the contract, and what it is at Cognito. */
export const choices: Readonly<Record<string, Choice>> = {
  AuthResources: {
    path: 'authResources',
    given: {
      USER_POOL_ONLY: ['IdentityPool.IdentityPoolName', undefined],
      IDENTITY_POOL_AND_USER_POOL: ['IdentityPool.IdentityPoolName', 'identities'],
    },
  },
  Service: { path: 'service', given: { COGNITO: ['UserPool.PoolName', 'users'] } },
  DeliveryMethod: {
    path: 'userPoolConfigs.verificationMessage.deliveryMethod',
    given: {
      EMAIL: ['UserPool.AutoVerifiedAttributes', ['email']],
      SMS: ['UserPool.AutoVerifiedAttributes', ['phone_number']],
    },
  },
  MFAMode: {
    path: 'userPoolConfigs.mfa.MFAMode',
    given: { ON: mode('ON'), OFF: mode('OFF'), OPTIONAL: mode('OPTIONAL') },
  },
  MfaTypesElement: {
    path: 'userPoolConfigs.mfa.settings.mfaTypes',
    list: true,
    given: {
      SMS: ['UserPoolMfaConfig.SmsMfaConfiguration.SmsAuthenticationMessage', 'Code: {####}'],
      TOTP: ['UserPoolMfaConfig.SoftwareTokenMfaConfiguration.Enabled', true],
    },
  },
  OAuthGrantType: {
    path: 'userPoolConfigs.oAuth.oAuthGrantType',
    given: {
      CODE: ['UserPoolClient.AllowedOAuthFlows', ['code']],
      IMPLICIT: ['UserPoolClient.AllowedOAuthFlows', ['implicit']],
    },
  },
  OAuthScopesElement: {
    path: 'userPoolConfigs.oAuth.oAuthScopes',
    list: true,
    given: {
      PHONE: scope('phone'),
      EMAIL: scope('email'),
      OPENID: scope('openid'),
      PROFILE: scope('profile'),
      AWS_COGNITO_SIGNIN_USER_ADMIN: scope('aws.cognito.signin.user.admin'),
    },
  },
  AdditionalConstraintsElement: {
    path: 'userPoolConfigs.passwordPolicy.additionalConstraints',
    list: true,
    given: {
      REQUIRE_DIGIT: requirement('Numbers'),
      REQUIRE_LOWERCASE: requirement('Lowercase'),
      REQUIRE_SYMBOL: requirement('Symbols'),
      REQUIRE_UPPERCASE: requirement('Uppercase'),
    },
  },
  RequiredSignUpAttributesElement: {
    path: 'userPoolConfigs.requiredSignUpAttributes',
    list: true,
    given: {
      ADDRESS: attribute('address'),
      BIRTHDATE: attribute('birthdate'),
      EMAIL: attribute('email'),
      FAMILY_NAME: attribute('family_name'),
      GENDER: attribute('gender'),
      GIVEN_NAME: attribute('given_name'),
      LOCALE: attribute('locale'),
      MIDDLE_NAME: attribute('middle_name'),
      NAME: attribute('name'),
      NICKNAME: attribute('nickname'),
      PHONE_NUMBER: attribute('phone_number'),
      PICTURE: attribute('picture'),
      PREFERRED_USERNAME: attribute('preferred_username'),
      PROFILE: attribute('profile'),
      UPDATED_AT: attribute('updated_at'),
      WEBSITE: attribute('website'),
      ZONE_INFO: attribute('zoneinfo'),
    },
  },
  SignInMethod: {
    path: 'userPoolConfigs.signInMethod',
    given: {
      USERNAME: signIn(undefined),
      EMAIL: signIn(['email']),
      PHONE_NUMBER: signIn(['phone_number']),
      EMAIL_AND_PHONE_NUMBER: signIn(['email', 'phone_number']),
    },
  },
};
