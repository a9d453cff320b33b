import { expect, it } from 'vitest';
import { configs, SECRETS } from '../../helpers/cognitoConfigs.ts';
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
    'CreateIdentityProvider',
    'UpdateIdentityProvider',
    'UpdateUserPoolClient',
    'UpdateUserPoolClient',
    'UpdateIdentityPool',
    'DeleteIdentityProvider',
    'DeleteUserPoolDomain',
    'CreateUserPoolDomain',
    'SetUserPoolMfaConfig',
    'UpdateUserPool',
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

it('gives a new identity pool the roles that the server was told of, and never touches them again', async () => {
  const scene = await created(configs.whole);
  const { fake } = scene;
  const [id = ''] = [...fake.identityPools.pools.keys()];
  expect(fake.identityPools.roles.get(id)).toEqual({ Roles: roles });

  const byHand = { Roles: { authenticated: 'arn:aws:iam::1:role/hand' } };
  fake.identityPools.roles.set(id, byHand);
  const guests = { identityPoolConfigs: { unauthenticatedLogin: false } };
  expect(await scene.run(update({}, guests))).toMatchObject(COMPLETED);
  expect(fake.identityPools.roles.get(id)).toEqual(byHand);
});

it('gives a new identity pool no roles where the server was told of none', async () => {
  const none = { roles: { authenticated: undefined, unauthenticated: undefined } };
  const scene = await Scene.setUp(none);
  expect(await scene.run(start.create(configs.whole))).toMatchObject(COMPLETED);
  expect(scene.fake.names().filter((name) => name.endsWith('Roles'))).toEqual([]);
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

it('tells the truth where an update can not be put back, and restores it with the next one', async () => {
  const scene = await created(configs.whole);
  // A provider that comes back is the last in the lists of the clients.
  const sorted = () =>
    JSON.parse(JSON.stringify(scene.fake.snapshot()), (name, value) =>
      name === 'SupportedIdentityProviders' ? value.toSorted() : value,
    );
  const before = sorted();
  const stored = await scene.shown();
  let down = false;
  scene.fake.fault = ({ name }) => {
    if (name === 'UpdateUserPool') down = true;
    return down && isWrite(name) ? 'refuse' : undefined;
  };
  expect(await scene.run(start.update(configs.other))).toMatchObject({
    status: 'FAILED',
    error: expect.stringMatching(/^UpdateUserPool of user pool .* Not put back: user pool .*; domain store .*Google/s),
  });
  expect(await scene.shown()).toMatchObject({
    resourceConfig: {
      userPoolConfigs: {
        passwordPolicy: { minimumLength: 12 },
        mfa: { MFAMode: 'OFF' },
        oAuth: { domainPrefix: 'store', socialProviderSettings: { Google: { client_id: 'google-id' } } },
      },
      identityPoolConfigs: { unauthenticatedLogin: false },
    },
  });

  scene.fake.fault = () => undefined;
  expect(await scene.run(update({}, { identityPoolConfigs: {} }))).toMatchObject(COMPLETED);
  expect(sorted()).toEqual(before);
  expect(await scene.shown()).toEqual(stored);
  expect(scene.server.logged.join('')).not.toMatch(SECRETS);
});
