/** The least that an authentication resource needs. */
export const plainConfig = {
  authResources: 'USER_POOL_ONLY',
  service: 'COGNITO',
  userPoolConfigs: { requiredSignUpAttributes: ['EMAIL'], signInMethod: 'EMAIL', userPoolName: 'contract_users' },
};

/** An update that sets nothing but what is given. */
export const updateOf = (userPoolConfigs: object) => ({
  authResources: 'USER_POOL_ONLY',
  service: 'COGNITO',
  userPoolConfigs,
});

export const passwordUpdate = (minimumLength: number) => updateOf({ passwordPolicy: { minimumLength } });

/** Every setting, with an identity pool. */
export const fullConfig = {
  authResources: 'IDENTITY_POOL_AND_USER_POOL',
  service: 'COGNITO',
  identityPoolConfigs: { identityPoolName: 'contract_identities', unauthenticatedLogin: true },
  userPoolConfigs: {
    requiredSignUpAttributes: ['EMAIL', 'NAME'],
    signInMethod: 'EMAIL',
    userPoolName: 'contract_users',
    passwordPolicy: { minimumLength: 12, additionalConstraints: ['REQUIRE_DIGIT', 'REQUIRE_SYMBOL'] },
    mfa: { MFAMode: 'OPTIONAL', settings: { mfaTypes: ['TOTP'] } },
    oAuth: {
      oAuthGrantType: 'CODE',
      oAuthScopes: ['OPENID', 'EMAIL'],
      redirectSignInURIs: ['https://shop.example/in/'],
      redirectSignOutURIs: ['https://shop.example/out/'],
      socialProviderSettings: { Google: { client_id: 'google-id', client_secret: 'google-secret' } },
    },
    verificationMessage: {
      deliveryMethod: 'EMAIL',
      emailSettings: { emailMessage: 'Your code is {####}', emailSubject: 'Welcome' },
    },
  },
};
