import { describe, expect, it } from 'vitest';
import { configs } from '../../helpers/cognitoConfigs.ts';
import { changedPaths } from '../../helpers/cognitoDifference.ts';
import { isWrite, start } from '../../helpers/cognitoOperations.ts';
import { enrich } from '../../helpers/cognitoRich.ts';
import { Scene } from '../../helpers/cognitoScene.ts';
import { send } from '../../helpers/server.ts';

const COMPLETED = { status: 'COMPLETED' };
const { userPoolConfigs: stored, ...whole } = configs.whole;
const { oAuth } = stored;
const { Facebook, SignInWithApple } = oAuth.socialProviderSettings;
const update = (userPoolConfigs: object, more: object = {}) => ({
  ...whole,
  identityPoolConfigs: {},
  userPoolConfigs,
  ...more,
});

const ofClients = (...members: string[]) =>
  ['auth_app_client', 'auth_app_clientWeb'].flatMap((name) => members.map((m) => `users.clients.${name}.${m}`));

/** Each kind of update, and every member outside that it changes; whatever else there is stays. */
const kinds: readonly (readonly [kind: string, config: object, changes: readonly string[]])[] = [
  ['nothing', update({}), []],
  ['all that is stored already', update({ ...pickMutable(stored) }), []],
  [
    'the password policy',
    update({ passwordPolicy: { minimumLength: 16, additionalConstraints: ['REQUIRE_SYMBOL'] } }),
    ['MinimumLength', 'RequireNumbers', 'RequireSymbols'].map((m) => `users.fields.Policies.PasswordPolicy.${m}`),
  ],
  [
    'the length of passwords, and so their constraints',
    update({ passwordPolicy: { minimumLength: 16 } }),
    ['MinimumLength', 'RequireNumbers'].map((m) => `users.fields.Policies.PasswordPolicy.${m}`),
  ],
  [
    'the mode of MFA',
    update({ mfa: { ...stored.mfa, MFAMode: 'OFF', settings: undefined } }),
    [
      'users.mfa.MfaConfiguration',
      'users.mfa.SmsMfaConfiguration',
      'users.mfa.SoftwareTokenMfaConfiguration',
      'users.mfa.EmailMfaConfiguration',
      'users.fields.SmsAuthenticationMessage',
    ],
  ],
  [
    'the message of MFA',
    update({ mfa: { ...stored.mfa, settings: { ...stored.mfa.settings, smsMessage: 'New {####}' } } }),
    ['users.fields.SmsAuthenticationMessage', 'users.mfa.SmsMfaConfiguration.SmsAuthenticationMessage'],
  ],
  [
    'how users are verified',
    update({ verificationMessage: { deliveryMethod: 'EMAIL', emailSettings: { emailSubject: 'Hello' } } }),
    [
      'users.fields.AutoVerifiedAttributes',
      'users.fields.UserAttributeUpdateSettings.AttributesRequireVerificationBeforeUpdate',
      'users.fields.EmailVerificationSubject',
      'users.fields.SmsVerificationMessage',
      'users.fields.VerificationMessageTemplate.DefaultEmailOption',
      'users.fields.VerificationMessageTemplate.EmailSubject',
      'users.fields.VerificationMessageTemplate.SmsMessage',
    ],
  ],
  [
    'the text that verifies a number',
    update({ verificationMessage: { deliveryMethod: 'SMS', smsSettings: { smsMessage: 'New {####}' } } }),
    ['users.fields.SmsVerificationMessage', 'users.fields.VerificationMessageTemplate.SmsMessage'],
  ],
  [
    'the lists of OAuth',
    update({ oAuth: { ...oAuth, oAuthScopes: ['OPENID', 'EMAIL'], redirectSignOutURIs: ['https://new.example/'] } }),
    ofClients('AllowedOAuthScopes', 'LogoutURLs'),
  ],
  ['the grant of OAuth', update({ oAuth: { ...oAuth, oAuthGrantType: 'IMPLICIT' } }), ofClients('AllowedOAuthFlows')],
  ['the domain', update({ oAuth: { ...oAuth, domainPrefix: 'store' } }), ['users.domain.Domain']],
  [
    'the credentials of a provider',
    update({
      oAuth: { ...oAuth, socialProviderSettings: { Facebook: { ...Facebook, client_id: 'new' }, SignInWithApple } },
    }),
    ['users.providers.Facebook.ProviderDetails.client_id'],
  ],
  [
    'a provider that was made by hand',
    update({
      oAuth: {
        ...oAuth,
        socialProviderSettings: { Facebook, SignInWithApple, Google: { client_id: 'new', client_secret: 'new' } },
      },
    }),
    ['client_id', 'client_secret'].map((m) => `users.providers.Google.ProviderDetails.${m}`),
  ],
  [
    'one provider, which goes',
    update({ oAuth: { ...oAuth, socialProviderSettings: { SignInWithApple } } }),
    ['users.providers.Facebook', ...ofClients('SupportedIdentityProviders')],
  ],
  [
    'OAuth, which goes',
    update({ oAuth: {} }),
    [
      'users.domain',
      'users.providers.Facebook',
      'users.providers.SignInWithApple',
      ...ofClients(
        'AllowedOAuthFlows',
        'AllowedOAuthFlowsUserPoolClient',
        'AllowedOAuthScopes',
        'CallbackURLs',
        'DefaultRedirectURI',
        'LogoutURLs',
        'SupportedIdentityProviders',
      ),
    ],
  ],
  [
    'whether guests are let in',
    update({}, { identityPoolConfigs: { unauthenticatedLogin: false } }),
    ['identities.AllowUnauthenticatedIdentities'],
  ],
];

/** What an update can name, as it is stored. */
function pickMutable({ passwordPolicy, mfa, oAuth }: typeof stored) {
  return { passwordPolicy, mfa, oAuth };
}

/** A pool of this server, of which every setting was changed by hand since. */
async function changedByHand(): Promise<Scene> {
  const scene = await Scene.setUp();
  expect(await scene.run(start.create(configs.whole))).toMatchObject(COMPLETED);
  enrich(scene.fake);
  const [entry] = scene.fake.userPools.pools.values();
  // A third client that lists a provider keeps it from being deleted, which is another test's.
  if (entry !== undefined) entry.clients.get('third')?.SupportedIdentityProviders.splice(1);
  scene.fake.calls.length = 0;
  return scene;
}

describe('an update of a pool that was changed by hand since', () => {
  it.each(kinds)('that names %s changes that and nothing else', async (_, config, changes) => {
    const scene = await changedByHand();
    const before = scene.fake.byName();
    expect(await scene.run(start.update(config))).toMatchObject(COMPLETED);
    expect(changedPaths(before, scene.fake.byName()).sort()).toEqual([...changes].sort());
    if (changes.length === 0) expect(scene.fake.names().filter(isWrite)).toEqual([]);
  });

  it('reads nothing where it changes nothing', async () => {
    const scene = await changedByHand();
    expect(await scene.run(start.update(update({})))).toMatchObject(COMPLETED);
    expect(scene.fake.names()).toEqual([]);
  });
});

describe('PlanUpdate', () => {
  it('answers the changes that the update would make outside, without secrets, and makes none', async () => {
    const scene = await Scene.setUp({ admin: true });
    expect(await scene.run(start.create(configs.whole))).toMatchObject(COMPLETED);
    const before = scene.fake.byName();
    const { appId, environment } = scene.place;
    const settings = { Facebook: { ...Facebook, client_secret: 'new-secret' }, SignInWithApple };
    const resourceConfig = update({
      passwordPolicy: { minimumLength: 16, additionalConstraints: ['REQUIRE_DIGIT'] },
      oAuth: { ...oAuth, socialProviderSettings: settings },
    });
    const body = { appId, backendEnvironmentName: environment, resourceName: 'auth', resourceConfig };
    const { status, body: answer } = await send(`${scene.server.url}/admin/auth/plan`, body);
    expect([status, answer]).toEqual([
      200,
      {
        changes: [
          {
            resource: 'identity provider Facebook',
            member: 'ProviderDetails.client_secret',
            from: '***',
            to: '***',
          },
          {
            resource: expect.stringMatching(/^user pool us-east-1_\w+$/),
            member: 'Policies.PasswordPolicy.MinimumLength',
            from: 12,
            to: 16,
          },
        ],
      },
    ]);
    expect(scene.fake.byName()).toEqual(before);
  });
});
