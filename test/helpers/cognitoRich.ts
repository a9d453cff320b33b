import type { IdentityPool } from '@aws-sdk/client-cognito-identity';
import type {
  GetUserPoolMfaConfigResponse,
  IdentityProviderType,
  UserPoolClientType,
  UserPoolType,
} from '@aws-sdk/client-cognito-identity-provider';
import type { CognitoFake } from './cognitoFake.ts';

// Types that want every member: one that a later SDK adds does not compile until it is given here.
type Every<Type, Left extends keyof Type> = { [Member in Exclude<keyof Type, Left>]-?: NonNullable<Type[Member]> };

const lambda = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

/** Fixed for ever, told by other calls, or refused beside a member that is given. */
type NotByHand = 'Id' | 'Arn' | 'Name' | 'Domain' | 'CustomDomain' | 'SchemaAttributes' | 'MfaConfiguration';
type ReadOnly = 'LastModifiedDate' | 'CreationDate' | 'Status' | 'EstimatedNumberOfUsers';
type Failures = 'SmsConfigurationFailure' | 'EmailConfigurationFailure';
type Fixed = 'UsernameAttributes' | 'AliasAttributes' | 'UsernameConfiguration';

/** Every setting of a user pool, made by hand after this server made the pool. */
export const pool = {
  Policies: {
    PasswordPolicy: {
      MinimumLength: 12,
      RequireLowercase: true,
      RequireNumbers: true,
      RequireSymbols: false,
      RequireUppercase: false,
      PasswordHistorySize: 3,
      TemporaryPasswordValidityDays: 5,
    },
    SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] },
  },
  DeletionProtection: 'ACTIVE',
  LambdaConfig: { PreSignUp: lambda('signup'), CustomMessage: lambda('message'), UserMigration: lambda('migrate') },
  AutoVerifiedAttributes: ['phone_number', 'email'],
  SmsVerificationMessage: 'By hand {####}',
  EmailVerificationMessage: 'By hand {####}',
  EmailVerificationSubject: 'By hand',
  VerificationMessageTemplate: {
    DefaultEmailOption: 'CONFIRM_WITH_LINK',
    EmailMessage: 'By hand {####}',
    EmailSubject: 'By hand',
    SmsMessage: 'By hand {####}',
    EmailMessageByLink: 'Click {##here##}',
    EmailSubjectByLink: 'A link',
  },
  SmsAuthenticationMessage: 'By hand {####}',
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['phone_number', 'email'] },
  DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true },
  EmailConfiguration: {
    EmailSendingAccount: 'DEVELOPER',
    SourceArn: 'arn:aws:ses:us-east-1:123456789012:identity/shop.example',
    From: 'Shop <shop@shop.example>',
    ConfigurationSet: 'set',
  },
  SmsConfiguration: {
    SnsCallerArn: 'arn:aws:iam::123456789012:role/other',
    ExternalId: 'other',
    SnsRegion: 'us-west-2',
  },
  UserPoolTags: { team: 'shop', 'aws:cloudformation:stack-name': 'amplify-shop' },
  AdminCreateUserConfig: {
    AllowAdminCreateUserOnly: true,
    InviteMessageTemplate: {
      EmailMessage: '{username} {####}',
      EmailSubject: 'Welcome',
      SMSMessage: '{username} {####}',
    },
  },
  UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' },
  AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
  UserPoolTier: 'PLUS',
  KeyConfiguration: { KeyType: 'CUSTOMER_MANAGED_KEY', KmsKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/k' },
  IssuerConfiguration: { Type: 'ORIGINAL' },
} satisfies Every<UserPoolType, NotByHand | ReadOnly | Failures | Fixed>;

export const mfa = {
  MfaConfiguration: 'OPTIONAL',
  SmsMfaConfiguration: { SmsAuthenticationMessage: 'By hand {####}', SmsConfiguration: pool.SmsConfiguration },
  SoftwareTokenMfaConfiguration: { Enabled: true },
  EmailMfaConfiguration: { Message: 'By hand {####}', Subject: 'By hand' },
  WebAuthnConfiguration: { RelyingPartyId: 'shop.example', UserVerification: 'required' },
} satisfies Every<GetUserPoolMfaConfigResponse, never>;

export const client = {
  RefreshTokenValidity: 10,
  AccessTokenValidity: 5,
  IdTokenValidity: 6,
  TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'hours' },
  ReadAttributes: ['email', 'custom:team'],
  WriteAttributes: ['email'],
  ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  SupportedIdentityProviders: ['Corporate', 'Facebook', 'SignInWithApple', 'Google'],
  CallbackURLs: ['https://shop.example/in/', 'https://hand.example/in/'],
  LogoutURLs: ['https://shop.example/out/', 'https://hand.example/out/'],
  DefaultRedirectURI: 'https://hand.example/in/',
  AllowedOAuthFlows: ['code', 'implicit'],
  AllowedOAuthScopes: ['openid', 'aws.cognito.signin.user.admin', 'orders/read'],
  AllowedOAuthFlowsUserPoolClient: true,
  AnalyticsConfiguration: { ApplicationArn: 'arn:aws:mobiletargeting:us-east-1:123456789012:apps/a' },
  PreventUserExistenceErrors: 'ENABLED',
  EnableTokenRevocation: true,
  EnablePropagateAdditionalUserContextData: true,
  AuthSessionValidity: 4,
  RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 10 },
} satisfies Every<
  UserPoolClientType,
  'UserPoolId' | 'ClientId' | 'ClientName' | 'ClientSecret' | 'LastModifiedDate' | 'CreationDate'
>;

type OfProvider = Every<IdentityProviderType, 'UserPoolId' | 'LastModifiedDate' | 'CreationDate'>;
export const google = {
  ProviderName: 'Google',
  ProviderType: 'Google',
  ProviderDetails: { client_id: 'hand-id', client_secret: 'hand-secret', authorize_scopes: 'openid email calendar' },
  AttributeMapping: { email: 'email', 'custom:team': 'hd' },
  IdpIdentifiers: ['goo'],
} satisfies OfProvider;
export const corporate = {
  ProviderName: 'Corporate',
  ProviderType: 'SAML',
  ProviderDetails: { MetadataURL: 'https://corporate.example/saml' },
  AttributeMapping: { email: 'mail' },
  IdpIdentifiers: ['corporate.example'],
} satisfies OfProvider;

export const identityPool = {
  AllowClassicFlow: true,
  SupportedLoginProviders: { 'graph.facebook.com': '1' },
  DeveloperProviderName: 'login.shop',
  OpenIdConnectProviderARNs: ['arn:aws:iam::123456789012:oidc-provider/o'],
  SamlProviderARNs: ['arn:aws:iam::123456789012:saml-provider/s'],
  IdentityPoolTags: { team: 'shop', 'aws:cloudformation:stack-name': 'amplify-shop' },
} satisfies Every<
  IdentityPool,
  'IdentityPoolId' | 'IdentityPoolName' | 'AllowUnauthenticatedIdentities' | 'CognitoIdentityProviders'
>;

/** Changes, by hand, every setting of the one user pool and the one identity pool that there are, and adds to them. */
export function enrich(fake: CognitoFake): void {
  const [entry] = fake.userPools.pools.values();
  const [identities] = fake.identityPools.pools.values();
  if (entry === undefined || identities === undefined) throw new Error('Nothing was made.');
  const { UserPoolTags, ...settings } = structuredClone(pool);
  Object.assign(entry.fields, settings);
  Object.assign(entry.fields.UserPoolTags, UserPoolTags);
  entry.mfa = structuredClone(mfa);
  for (const provider of [google, corporate]) entry.providers.set(provider.ProviderName, structuredClone(provider));
  Object.assign(entry.providers.get('Facebook')?.AttributeMapping, { 'custom:team': 'team' });
  for (const one of entry.clients.values()) Object.assign(one, structuredClone(client));
  const third = { ...structuredClone(client), ClientId: 'third', ClientName: 'third', UserPoolId: entry.fields.Id };
  entry.clients.set('third', third);
  if (entry.domain !== undefined) entry.domain.ManagedLoginVersion = 2;
  entry.customDomain = {
    Domain: 'auth.shop.example',
    CustomDomainConfig: { CertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/c' },
  };
  Object.assign(identities, structuredClone(identityPool));
  const [{ ProviderName, ClientId }] = identities.CognitoIdentityProviders;
  identities.CognitoIdentityProviders = [
    { ProviderName, ClientId: 'third', ServerSideTokenCheck: true },
    ...identities.CognitoIdentityProviders.map((one: object) => ({ ...one, ServerSideTokenCheck: true })),
    { ProviderName: 'cognito-idp.us-east-1.amazonaws.com/other', ClientId },
  ];
  fake.identityPools.roles.set(identities.IdentityPoolId, {
    Roles: { authenticated: 'arn:aws:iam::1:role/hand', unauthenticated: 'arn:aws:iam::1:role/hand-guest' },
    RoleMappings: { 'graph.facebook.com': { Type: 'Token', AmbiguousRoleResolution: 'Deny' } },
  });
}
