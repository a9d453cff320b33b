/**
 * What the reference page of UpdateBackendAuth states, in the form of a table:
 * https://docs.aws.amazon.com/amplify-admin-ui/latest/APIReference/backend-appid-auth-backendenvironmentname.html
 * Copied by hand and compared with nothing else, so that a slip in the document can't be repeated here.
 */
export interface PropertyFact {
  /** A type of JSON, `array of <type>`, or the name of a schema of the page. */
  readonly type: string;
  readonly required?: true;
  readonly deprecated?: true;
  /** The values that the page lists beside the property. */
  readonly values?: readonly string[];
}

export interface SchemaFact {
  readonly deprecated?: true;
  readonly properties: Readonly<Record<string, PropertyFact>>;
}

export const operation = {
  id: 'UpdateBackendAuth',
  method: 'post',
  base: '/prod',
  path: '/backend/{appId}/auth/{backendEnvironmentName}',
  /** All are required. */
  pathParameters: { appId: 'string', backendEnvironmentName: 'string' },
  body: 'UpdateBackendAuthReqObj',
  responses: {
    200: 'BackendAuthRespObj',
    400: 'BadRequestException',
    404: 'NotFoundException',
    429: 'LimitExceededException',
    504: 'InternalServiceException',
  },
} as const;

/** OPTIONS has the same path parameters, and an answer without a body. */
export const preflight = { method: 'options', statuses: ['200'] } as const;

export const schemas: Readonly<Record<string, SchemaFact>> = {
  UpdateBackendAuthReqObj: {
    properties: {
      resourceConfig: { type: 'UpdateBackendAuthResourceConfig', required: true },
      resourceName: { type: 'string', required: true },
    },
  },
  UpdateBackendAuthResourceConfig: {
    properties: {
      authResources: { type: 'string', required: true, values: ['USER_POOL_ONLY', 'IDENTITY_POOL_AND_USER_POOL'] },
      identityPoolConfigs: { type: 'UpdateBackendAuthIdentityPoolConfig' },
      service: { type: 'string', required: true, values: ['COGNITO'] },
      userPoolConfigs: { type: 'UpdateBackendAuthUserPoolConfig', required: true },
    },
  },
  UpdateBackendAuthUserPoolConfig: {
    properties: {
      forgotPassword: { type: 'UpdateBackendAuthForgotPasswordConfig', deprecated: true },
      mfa: { type: 'UpdateBackendAuthMFAConfig' },
      oAuth: { type: 'UpdateBackendAuthOAuthConfig' },
      passwordPolicy: { type: 'UpdateBackendAuthPasswordPolicyConfig' },
      verificationMessage: { type: 'UpdateBackendAuthVerificationMessageConfig' },
    },
  },
  UpdateBackendAuthForgotPasswordConfig: {
    deprecated: true,
    properties: {
      deliveryMethod: { type: 'DeliveryMethod', deprecated: true },
      emailSettings: { type: 'EmailSettings', deprecated: true },
      smsSettings: { type: 'SmsSettings', deprecated: true },
    },
  },
  UpdateBackendAuthMFAConfig: {
    properties: {
      MFAMode: { type: 'string', values: ['ON', 'OFF', 'OPTIONAL'] },
      settings: { type: 'object' },
    },
  },
  UpdateBackendAuthOAuthConfig: {
    properties: {
      domainPrefix: { type: 'string' },
      oAuthGrantType: { type: 'string', values: ['CODE', 'IMPLICIT'] },
      oAuthScopes: {
        type: 'array of string',
        values: ['PHONE', 'EMAIL', 'OPENID', 'PROFILE', 'AWS_COGNITO_SIGNIN_USER_ADMIN'],
      },
      redirectSignInURIs: { type: 'array of string' },
      redirectSignOutURIs: { type: 'array of string' },
      socialProviderSettings: { type: 'object' },
    },
  },
  UpdateBackendAuthPasswordPolicyConfig: {
    properties: {
      additionalConstraints: {
        type: 'array of string',
        values: ['REQUIRE_DIGIT', 'REQUIRE_LOWERCASE', 'REQUIRE_SYMBOL', 'REQUIRE_UPPERCASE'],
      },
      minimumLength: { type: 'number' },
    },
  },
  UpdateBackendAuthVerificationMessageConfig: {
    properties: {
      deliveryMethod: { type: 'DeliveryMethod', required: true },
      emailSettings: { type: 'EmailSettings' },
      smsSettings: { type: 'SmsSettings' },
    },
  },
  UpdateBackendAuthIdentityPoolConfig: {
    properties: { unauthenticatedLogin: { type: 'boolean' } },
  },
  EmailSettings: {
    properties: { emailMessage: { type: 'string' }, emailSubject: { type: 'string' } },
  },
  SmsSettings: {
    properties: { smsMessage: { type: 'string' } },
  },
  BackendAuthRespObj: {
    properties: {
      appId: { type: 'string', required: true },
      backendEnvironmentName: { type: 'string', required: true },
      error: { type: 'string' },
      jobId: { type: 'string' },
      operation: { type: 'string' },
      status: { type: 'string' },
    },
  },
  BadRequestException: { properties: { message: { type: 'string' } } },
  NotFoundException: { properties: { message: { type: 'string' }, resourceType: { type: 'string' } } },
  LimitExceededException: { properties: { limitType: { type: 'string' }, message: { type: 'string' } } },
  InternalServiceException: { properties: { message: { type: 'string' } } },
};

/** Enums that are schemas on the page; the others are listed beside the properties. */
export const enums: Readonly<Record<string, readonly string[]>> = {
  DeliveryMethod: ['EMAIL', 'SMS'],
};
