import { expect, it } from 'vitest';
import { configs } from '../../helpers/cognitoConfigs.ts';
import { isWrite, roles, start } from '../../helpers/cognitoOperations.ts';
import { Scene } from '../../helpers/cognitoScene.ts';

const COMPLETED = { status: 'COMPLETED' };
const { userPoolConfigs: pool, ...whole } = configs.whole;
const update = (userPoolConfigs: object, more: object = {}) => start.update({ ...whole, userPoolConfigs, ...more });

/** A scene in which something was created; only the calls that come later are recorded. */
async function created(config: object, more: object = {}): Promise<Scene> {
  const scene = await Scene.setUp(more);
  expect(await scene.run(start.create(config))).toMatchObject(COMPLETED);
  scene.fake.calls.length = 0;
  return scene;
}

const writes = ({ fake }: Scene) => fake.names().filter(isWrite);

it('makes providers before the clients that list them, and sets MFA last', async () => {
  const scene = await Scene.setUp();
  expect(await scene.run(start.create(configs.whole))).toMatchObject(COMPLETED);
  expect(writes(scene)).toEqual([
    'CreateUserPool',
    'UpdateUserPool',
    'CreateUserPoolDomain',
    'CreateIdentityProvider',
    'CreateIdentityProvider',
    'CreateUserPoolClient',
    'CreateUserPoolClient',
    'CreateIdentityPool',
    'SetIdentityPoolRoles',
    'SetUserPoolMfaConfig',
  ]);
  const { fake } = scene;
  expect(fake.inputOf('CreateUserPool')).toMatchObject({
    MfaConfiguration: 'OFF',
    Schema: [
      { Name: 'email', Required: true, Mutable: true },
      { Name: 'zoneinfo', Required: true, Mutable: true },
    ],
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['phone_number'] },
  });
  expect(fake.inputOf('CreateUserPoolClient')).toMatchObject({
    AllowedOAuthScopes: ['openid', 'aws.cognito.signin.user.admin'],
    SupportedIdentityProviders: ['Facebook', 'SignInWithApple', 'COGNITO'],
  });
  expect(fake.inputOf('SetUserPoolMfaConfig')).toMatchObject({ MfaConfiguration: 'ON' });
});

it('takes text messages out of MFA before it takes them from the pool, and providers after their clients', async () => {
  const scene = await created(configs.whole);
  expect(await scene.run(start.update(configs.other))).toMatchObject(COMPLETED);
  expect(writes(scene)).toEqual([
    'SetUserPoolMfaConfig',
    'UpdateUserPool',
    'DeleteUserPoolDomain',
    'CreateUserPoolDomain',
    'CreateIdentityProvider',
    'UpdateIdentityProvider',
    'UpdateUserPoolClient',
    'UpdateUserPoolClient',
    'DeleteIdentityProvider',
    'UpdateIdentityPool',
    'SetIdentityPoolRoles',
    'SetUserPoolMfaConfig',
  ]);
  const { fake } = scene;
  expect(fake.calls.find(({ name }) => name === 'SetUserPoolMfaConfig')?.input).toMatchObject({
    MfaConfiguration: 'OFF',
  });
  expect(fake.inputOf('DeleteIdentityProvider')).toMatchObject({ ProviderName: 'Facebook' });
  expect(fake.inputOf('SetUserPoolMfaConfig')).toEqual({
    UserPoolId: expect.any(String),
    MfaConfiguration: 'OPTIONAL',
    SoftwareTokenMfaConfiguration: { Enabled: true },
  });
});

it('leaves MFA as it is until the last call where text messages are still wanted', async () => {
  const scene = await created(configs.whole);
  expect(await scene.run(update({ passwordPolicy: { minimumLength: 30 } }))).toMatchObject(COMPLETED);
  expect(scene.fake.inputOf('UpdateUserPool')).toMatchObject({ MfaConfiguration: 'ON' });
  expect(writes(scene).filter((name) => name === 'SetUserPoolMfaConfig')).toHaveLength(1);
});

it("fails with Cognito's words where MFA is to be without text messages, which the pool needs to sign in", async () => {
  const scene = await created({ ...configs.little, userPoolConfigs: { ...pool, signInMethod: 'PHONE_NUMBER' } });
  const job = await scene.run(
    start.update({ ...configs.little, userPoolConfigs: { mfa: { MFAMode: 'ON', settings: { mfaTypes: ['TOTP'] } } } }),
  );
  expect(job).toMatchObject({
    status: 'FAILED',
    error: expect.stringMatching(
      /^SetUserPoolMfaConfig of user pool \S+ failed: InvalidParameterException: Can't turn off SMS_MFA when SMS config/,
    ),
  });
});

it('gives the identity pool the roles that the server was told of, and keeps what else it has', async () => {
  const scene = await created(configs.whole);
  const { fake } = scene;
  const [id] = [...fake.identityPools.pools.keys()];
  expect(fake.identityPools.roles.get(id ?? '')).toEqual({ Roles: roles });

  const RoleMappings = { 'graph.facebook.com': { Type: 'Token', AmbiguousRoleResolution: 'Deny' } };
  fake.identityPools.roles.set(id ?? '', {
    Roles: { ...roles, authenticated: 'arn:aws:iam::1:role/old' },
    RoleMappings,
  });
  expect(await scene.run(update({}))).toMatchObject(COMPLETED);
  expect(fake.identityPools.roles.get(id ?? '')).toEqual({ Roles: roles, RoleMappings });
});

it('leaves the roles of the identity pool alone where the server was told of none', async () => {
  const none = { roles: { authenticated: undefined, unauthenticated: undefined } };
  const scene = await created(configs.whole, none);
  expect(await scene.run(update({}))).toMatchObject(COMPLETED);
  expect(scene.fake.names().filter((name) => name.endsWith('Roles'))).toEqual([]);
});

it('sends back what it does not manage: an update changes nothing else of the pool, a client or the identity pool', async () => {
  const scene = await created(configs.whole);
  const { fake } = scene;
  const [entry] = [...fake.userPools.pools.values()];
  const [identities] = [...fake.identityPools.pools.values()];
  if (entry === undefined || identities === undefined) throw new Error('Nothing was made.');
  const byHand = {
    LambdaConfig: { PreSignUp: 'arn:aws:lambda:us-east-1:1:function:f' },
    DeletionProtection: 'ACTIVE',
    AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
    DeviceConfiguration: { ChallengeRequiredOnNewDevice: true },
    EmailConfiguration: { EmailSendingAccount: 'DEVELOPER', From: 'a@shop.example' },
    UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' },
    UserPoolTier: 'PLUS',
    UserPoolTags: { ...entry.fields.UserPoolTags, team: 'shop' },
  };
  Object.assign(entry.fields, byHand, {
    // Cognito tells both of these, and takes only one.
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: true, UnusedAccountValidityDays: 7 },
  });
  entry.fields.Policies.PasswordPolicy.TemporaryPasswordValidityDays = 7;
  entry.fields.VerificationMessageTemplate.EmailMessageByLink = 'Click {##here##}';
  entry.providers.set('Corporate', { ProviderName: 'Corporate', ProviderType: 'SAML', ProviderDetails: {} });
  const ofClient = { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'], AccessTokenValidity: 5 };
  for (const client of entry.clients.values()) {
    Object.assign(client, ofClient, { DefaultRedirectURI: 'https://shop.example/in/' });
    client.SupportedIdentityProviders.push('Corporate');
    client.AllowedOAuthScopes.push('orders/read');
  }
  identities.SamlProviderARNs = ['arn:aws:iam::1:saml-provider/corporate'];
  identities.CognitoIdentityProviders.push({
    ProviderName: 'cognito-idp.us-east-1.amazonaws.com/other',
    ClientId: 'x',
  });

  const before = fake.save();
  expect(await scene.run(update({}))).toMatchObject(COMPLETED);
  const [after] = [...fake.userPools.pools.values()];
  const expected = [...before.userPools.values()][0];
  expect(after?.fields).toEqual({ ...expected?.fields, AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } });
  const lists = (client: object) => ({
    ...client,
    SupportedIdentityProviders: ['Facebook', 'SignInWithApple', 'COGNITO', 'Corporate'],
  });
  expect([...(after?.clients.values() ?? [])]).toEqual([...(expected?.clients.values() ?? [])].map(lists));
  expect(after?.providers).toEqual(expected?.providers);
  expect(fake.identityPools.pools).toEqual(before.identityPools);

  // Without OAuth there is no URL to redirect to, and no scope; the other provider stays.
  expect(await scene.run(update({ oAuth: {} }))).toMatchObject(COMPLETED);
  for (const client of [...fake.userPools.pools.values()][0]?.clients.values() ?? []) {
    expect(client).toMatchObject({
      ...ofClient,
      AllowedOAuthScopes: [],
      SupportedIdentityProviders: ['COGNITO', 'Corporate'],
    });
    expect(client).not.toHaveProperty('DefaultRedirectURI');
  }
});

it('takes away again the identity pool that came with an update which failed', async () => {
  const scene = await created(configs.little);
  const before = scene.fake.snapshot();
  scene.fake.fault = ({ name }) => (name === 'SetIdentityPoolRoles' ? 'refuse' : undefined);
  const { userPoolConfigs: _, ...identities } = whole as typeof configs.whole;
  expect(await scene.run(start.update({ ...identities, identityPoolConfigs: {}, userPoolConfigs: {} }))).toMatchObject({
    status: 'FAILED',
    error: expect.stringMatching(/^SetIdentityPoolRoles of identity pool \S+ failed: /),
  });
  expect(scene.fake.snapshot()).toEqual(before);
});
