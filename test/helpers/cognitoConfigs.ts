const service = 'COGNITO';
const google = { client_id: 'google-id', client_secret: 'google-secret-1234' };
const facebook = { client_id: 'facebook-id', client_secret: 'facebook-secret-1234' };
const apple = {
  client_id: 'apple-id',
  team_id: 'apple-team',
  key_id: 'apple-key',
  private_key: '-----BEGIN PRIVATE KEY-----\napplesecret+\n1234\n-----END PRIVATE KEY-----\n',
};

/** Must be in no log, error or answer. */
export const SECRETS = /google-secret|facebook-secret|applesecret|hand-secret/;

/** The key of Apple as Cognito is sent it. */
export const BARE_KEY = 'applesecret+1234';

const fixed = { userPoolName: 'users', signInMethod: 'EMAIL', requiredSignUpAttributes: ['EMAIL', 'ZONE_INFO'] };

const rich = {
  passwordPolicy: { minimumLength: 12, additionalConstraints: ['REQUIRE_DIGIT'] },
  mfa: { MFAMode: 'ON', settings: { mfaTypes: ['SMS', 'TOTP'], smsMessage: 'Code: {####}' } },
  verificationMessage: { deliveryMethod: 'SMS', smsSettings: { smsMessage: 'Verify: {####}' } },
  oAuth: {
    oAuthGrantType: 'CODE',
    oAuthScopes: ['OPENID', 'AWS_COGNITO_SIGNIN_USER_ADMIN'],
    redirectSignInURIs: ['https://shop.example/in/'],
    redirectSignOutURIs: ['https://shop.example/out/'],
    domainPrefix: 'shop',
    socialProviderSettings: { Facebook: facebook, SignInWithApple: apple },
  },
};

/** Configurations that between them need every call there is. */
export const configs = {
  whole: {
    authResources: 'IDENTITY_POOL_AND_USER_POOL',
    service,
    userPoolConfigs: { ...fixed, ...rich },
    identityPoolConfigs: { identityPoolName: 'identities', unauthenticatedLogin: true },
  },
  little: { authResources: 'USER_POOL_ONLY', service, userPoolConfigs: fixed },
  // The rest is for updates.
  other: {
    authResources: 'IDENTITY_POOL_AND_USER_POOL',
    service,
    userPoolConfigs: {
      passwordPolicy: { minimumLength: 20 },
      // Neither by text message any longer: what is set up for them must go.
      mfa: { MFAMode: 'OPTIONAL', settings: { mfaTypes: ['TOTP'] } },
      verificationMessage: { deliveryMethod: 'EMAIL', emailSettings: { emailSubject: 'Hello' } },
      oAuth: {
        ...rich.oAuth,
        domainPrefix: 'store',
        socialProviderSettings: { Google: google, SignInWithApple: { ...apple, key_id: 'apple-key-2' } },
      },
    },
    identityPoolConfigs: { unauthenticatedLogin: false },
  },
  more: { authResources: 'IDENTITY_POOL_AND_USER_POOL', service, userPoolConfigs: rich },
  less: { authResources: 'USER_POOL_ONLY', service, userPoolConfigs: { oAuth: {}, mfa: { MFAMode: 'OFF' } } },
};
