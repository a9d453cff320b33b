import { expect, it } from 'vitest';
import { BARE_KEY, configs } from '../../helpers/cognitoConfigs.ts';
import { changedPaths } from '../../helpers/cognitoDifference.ts';
import type { Wire } from '../../helpers/cognitoFakeRules.ts';
import { changedByHand, update } from '../../helpers/cognitoKinds.ts';
import { isWrite, start } from '../../helpers/cognitoOperations.ts';
import { Scene } from '../../helpers/cognitoScene.ts';

// Public bug reports about tools that configure Cognito, each with the correct behaviour.

const COMPLETED = { status: 'COMPLETED' };
const { oAuth, mfa } = configs.whole.userPoolConfigs;
const { Facebook, SignInWithApple } = oAuth.socialProviderSettings;
const passwordPolicy = { minimumLength: 16, additionalConstraints: ['REQUIRE_DIGIT'] };

const pool = ({ fake }: Scene): Wire => [...fake.userPools.pools.values()][0];
const run = async (scene: Scene, config: object) =>
  expect(await scene.run(start.update(config))).toMatchObject(COMPLETED);

/** The paths of what the update changed. */
async function changes(scene: Scene, config: object): Promise<string[]> {
  const before = scene.fake.byName();
  await run(scene, config);
  return changedPaths(before, scene.fake.byName());
}

/** The settings of both app clients. */
const ofClients = (...members: string[]) =>
  ['auth_app_client', 'auth_app_clientWeb'].flatMap((name) => members.map((m) => `users.clients.${name}.${m}`));

it('an update leaves triggers, add-ons, device tracking, SES, recovery, tags, tier, custom attributes and protection (aws-cli#3302, #6698, #6484; serverless#6499, #9635)', async () => {
  const scene = await changedByHand();
  pool(scene).fields.SchemaAttributes.push({ Name: 'custom:team', AttributeDataType: 'String', Mutable: true });
  expect(await changes(scene, update({ passwordPolicy: { ...passwordPolicy, minimumLength: 20 } }))).toEqual([
    'users.fields.Policies.PasswordPolicy.MinimumLength',
  ]);
  expect(pool(scene).fields).toMatchObject({
    LambdaConfig: { PreSignUp: expect.any(String), UserMigration: expect.any(String) },
    UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' },
    DeviceConfiguration: { ChallengeRequiredOnNewDevice: true },
    EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' },
    AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
    UserPoolTags: { team: 'shop' },
    UserPoolTier: 'PLUS',
    SchemaAttributes: expect.arrayContaining([expect.objectContaining({ Name: 'custom:team' })]),
    DeletionProtection: 'ACTIVE',
  });
});

it('a client keeps validities, attributes, auth flows, OAuth flows, scopes and URLs unless oAuth is named, then its members alone change (amplify-cli#844)', async () => {
  const scene = await changedByHand();
  const clients = () => (scene.fake.byName() as Wire).users.clients;
  const before = clients();
  await run(scene, update({ passwordPolicy }));
  expect(clients()).toEqual(before);
  const redirectSignInURIs = ['https://new.example/in/'];
  expect(await changes(scene, update({ oAuth: { ...oAuth, redirectSignInURIs } }))).toEqual(ofClients('CallbackURLs'));
  expect(clients().auth_app_client.CallbackURLs).toEqual(['https://hand.example/in/', 'https://new.example/in/']);
});

it('a password update leaves a domain and providers that were added outside (amplify-cli#12842, #6715)', async () => {
  const scene = await Scene.setUp();
  expect(await scene.run(start.create(configs.little))).toMatchObject(COMPLETED);
  const google = { ProviderName: 'Google', ProviderType: 'Google', ProviderDetails: { client_id: 'hand' } };
  pool(scene).providers.set('Google', google);
  pool(scene).domain = { Domain: 'by-hand', ManagedLoginVersion: 2 };
  await run(scene, { ...configs.little, userPoolConfigs: { passwordPolicy } });
  expect(pool(scene).domain).toEqual({ Domain: 'by-hand', ManagedLoginVersion: 2 });
  expect(pool(scene).providers.get('Google')).toEqual(google);
  expect(scene.fake.names().filter((name) => /Domain|IdentityProvider/.test(name))).toEqual([]);
});

it.each([
  ['SAML', { MetadataURL: 'https://corporate.example/saml' }],
  ['OIDC', { client_id: 'c', client_secret: 'c', oidc_issuer: 'https://c.example', attributes_request_method: 'GET' }],
])(
  'a provider by %s beside ours stays, with its clients, when ours go (amplify-cli#13123)',
  async (ProviderType, ProviderDetails) => {
    const scene = await changedByHand();
    const corporate = { ProviderName: 'Corporate', ProviderType, ProviderDetails, AttributeMapping: { email: 'mail' } };
    pool(scene).providers.set('Corporate', corporate);
    pool(scene).clients.get('third').SupportedIdentityProviders = ['Corporate'];
    await run(scene, update({ oAuth: { ...oAuth, socialProviderSettings: {} } }));
    const { clients, providers } = (scene.fake.byName() as Wire).users;
    expect(providers.Corporate).toEqual(corporate);
    expect(pool(scene).clients.get('third').SupportedIdentityProviders).toEqual(['Corporate']);
    // Neither do ours get native sign-in, which they did not have.
    for (const name of ['auth_app_client', 'auth_app_clientWeb']) {
      expect(clients[name].SupportedIdentityProviders).toEqual(['Corporate', 'Google']);
    }
  },
);

it('mapped custom attributes and extra scopes of Google stay; a request that names it changes its credentials alone (amplify-cli#9016)', async () => {
  const scene = await changedByHand();
  const google = () => pool(scene).providers.get('Google');
  const before = structuredClone(google());
  await run(scene, update({ passwordPolicy }));
  expect(google()).toEqual(before);
  const credentials = { client_id: 'new', client_secret: 'new' };
  const settings = { Facebook, SignInWithApple, Google: credentials };
  await run(scene, update({ oAuth: { ...oAuth, socialProviderSettings: settings } }));
  expect(google()).toEqual({ ...before, ProviderDetails: { ...before.ProviderDetails, ...credentials } });
});

it('verification by link stays by link until a verification message is named (amplify-cli#11142)', async () => {
  const scene = await changedByHand();
  const template = () => pool(scene).fields.VerificationMessageTemplate;
  const before = structuredClone(template());
  await run(scene, update({ passwordPolicy, mfa: { ...mfa, MFAMode: 'OPTIONAL' } }));
  expect(template()).toEqual(before);
  await run(scene, update({ verificationMessage: { deliveryMethod: 'EMAIL', emailSettings: { emailSubject: 'Hi' } } }));
  expect(template()).toMatchObject({ DefaultEmailOption: 'CONFIRM_WITH_CODE', EmailSubject: 'Hi' });
  expect(template()).toMatchObject({ EmailMessageByLink: before.EmailMessageByLink });
});

it('texts of mails and messages that were changed outside stay (amplify-cli#2660)', async () => {
  const scene = await changedByHand();
  const texts = () => {
    const { AdminCreateUserConfig, SmsAuthenticationMessage, SmsVerificationMessage, ...rest } = pool(scene).fields;
    const { EmailVerificationMessage, EmailVerificationSubject, VerificationMessageTemplate } = rest;
    const emails = [EmailVerificationMessage, EmailVerificationSubject, VerificationMessageTemplate];
    return structuredClone([...emails, AdminCreateUserConfig, SmsAuthenticationMessage, SmsVerificationMessage]);
  };
  const before = texts();
  await run(scene, update({ passwordPolicy, oAuth: { ...oAuth, domainPrefix: 'store' } }));
  expect(texts()).toEqual(before);
});

it('both e-mail and phone stay verified automatically (amplify-cli#3646)', async () => {
  const scene = await changedByHand();
  await run(scene, update({ passwordPolicy }));
  const { AutoVerifiedAttributes, UserAttributeUpdateSettings } = pool(scene).fields;
  expect(AutoVerifiedAttributes).toEqual(['phone_number', 'email']);
  expect(UserAttributeUpdateSettings.AttributesRequireVerificationBeforeUpdate).toEqual(['phone_number', 'email']);
});

it.each([
  ['ON', ['TOTP']],
  ['ON', ['SMS']],
  ['OPTIONAL', ['SMS', 'TOTP']],
])(
  'MFA is switched %s with %s after creation, by its own call, which comes last (amplify-cli#3268, amplify-studio#482)',
  async (MFAMode, mfaTypes) => {
    const scene = await Scene.setUp();
    expect(await scene.run(start.create(configs.little))).toMatchObject(COMPLETED);
    scene.fake.calls.length = 0;
    const settings = { mfaTypes, ...(mfaTypes.includes('SMS') && { smsMessage: 'It is {####}' }) };
    const userPoolConfigs = { passwordPolicy, mfa: { MFAMode, settings } };
    await run(scene, { ...configs.little, userPoolConfigs });
    expect(scene.fake.names().filter(isWrite)).toEqual(['UpdateUserPool', 'SetUserPoolMfaConfig']);
    expect(scene.fake.inputOf('UpdateUserPool').MfaConfiguration).toBe('OFF');
    expect(pool(scene).mfa).toMatchObject({
      MfaConfiguration: MFAMode,
      ...(mfaTypes.includes('TOTP') && { SoftwareTokenMfaConfiguration: { Enabled: true } }),
      ...(mfaTypes.includes('SMS') && { SmsMfaConfiguration: { SmsAuthenticationMessage: 'It is {####}' } }),
    });
  },
);

const lines = SignInWithApple.private_key;
it.each([
  ['lines', lines],
  ['lines of Windows', lines.replaceAll('\n', '\r\n')],
  ['breaks as JSON writes them', lines.replaceAll('\n', '\\n')],
  ['nothing around it', BARE_KEY],
])(
  'a key of Apple with %s is sent without (amplify-cli PR 7413, #8939, #9478; amplify-studio#792)',
  async (_, private_key) => {
    const scene = await Scene.setUp();
    expect(await scene.run(start.create(configs.little))).toMatchObject(COMPLETED);
    const settings = { SignInWithApple: { ...SignInWithApple, private_key } };
    await run(scene, {
      ...configs.little,
      userPoolConfigs: { oAuth: { ...oAuth, domainPrefix: undefined, socialProviderSettings: settings } },
    });
    expect(scene.fake.inputOf('CreateIdentityProvider').ProviderDetails).toMatchObject({ private_key: BARE_KEY });
  },
);

it('a pool with deletion protection is refused before anything is touched (localstack#11947, aws-nuke#989)', async () => {
  const scene = await changedByHand();
  const before = scene.fake.snapshot();
  expect(await scene.run(start.remove)).toMatchObject({
    status: 'FAILED',
    error: expect.stringMatching(
      /^The user pool \S+ is protected against deletion: end its DeletionProtection first\.$/,
    ),
  });
  expect(scene.fake.snapshot()).toEqual(before);
  expect(scene.fake.names().filter(isWrite)).toEqual([]);
});

it("MFA by e-mail, passkeys and a customer's key are sent back as they were (terraform-provider-aws#41049)", async () => {
  const scene = await changedByHand();
  const own = ['EmailMfaConfiguration', 'WebAuthnConfiguration'];
  const before = structuredClone(pool(scene).mfa);
  await run(scene, update({ passwordPolicy }));
  expect(pool(scene).mfa).toEqual(before);
  const settings = { ...mfa.settings, smsMessage: 'New {####}' };
  await run(scene, update({ mfa: { ...mfa, settings } }));
  for (const member of own) expect(scene.fake.inputOf('SetUserPoolMfaConfig')[member]).toEqual(before[member]);
  expect(scene.fake.inputOf('UpdateUserPool')).toMatchObject({
    KeyConfiguration: { KeyType: 'CUSTOMER_MANAGED_KEY' },
    IssuerConfiguration: { Type: 'ORIGINAL' },
  });
  // Passkeys are no second factor: they stay even where MFA goes.
  await run(scene, update({ mfa: { MFAMode: 'OFF' } }));
  expect(pool(scene).mfa).toEqual({ MfaConfiguration: 'OFF', WebAuthnConfiguration: before.WebAuthnConfiguration });
});
