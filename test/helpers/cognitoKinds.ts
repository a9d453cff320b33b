import { expect } from 'vitest';
import { configs } from './cognitoConfigs.ts';
import type { CognitoFake } from './cognitoFake.ts';
import { type Operation, start } from './cognitoOperations.ts';
import { enrich } from './cognitoRich.ts';
import { Scene } from './cognitoScene.ts';
import { type Answer, ended, send } from './server.ts';

const COMPLETED = { status: 'COMPLETED' };
const { userPoolConfigs: stored, ...whole } = configs.whole;
const { oAuth } = stored;
const { Facebook, SignInWithApple } = oAuth.socialProviderSettings;
/** An update that names these. */
export const update = (userPoolConfigs: object, more: object = {}) => ({
  ...whole,
  identityPoolConfigs: {},
  userPoolConfigs,
  ...more,
});

const ofClients = (...members: string[]) =>
  ['auth_app_client', 'auth_app_clientWeb'].flatMap((name) => members.map((m) => `users.clients.${name}.${m}`));

export type Kind = readonly [kind: string, config: object, changes: readonly string[]];

/** Each kind of update, and every member outside that it changes; whatever else there is stays. */
export const kinds: readonly Kind[] = [
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
  [
    'the identity pool, which goes',
    update({}, { authResources: 'USER_POOL_ONLY', identityPoolConfigs: undefined }),
    ['identities'],
  ],
];

type Shown = Answer['body'];
type Update = readonly [pool: object, more?: object];

/** Each kind of update, of what GetBackendAuth shows after the import, and every member outside that it changes. */
export const importedKinds: readonly (readonly [
  kind: string,
  of: (shown: Shown) => Update,
  changes: readonly string[],
])[] = [
  ['nothing', () => [{}], []],
  // An imported pool has a verification message. Naming it ends verification by link.
  ['all that it has', ({ userPoolConfigs: { verificationMessage: _, ...all } }) => [pickMutable(all)], []],
  [
    'the password policy',
    ({ userPoolConfigs: { passwordPolicy } }) => [{ passwordPolicy: { ...passwordPolicy, minimumLength: 16 } }],
    ['users.fields.Policies.PasswordPolicy.MinimumLength'],
  ],
  [
    'the mode of MFA',
    ({ userPoolConfigs: { mfa } }) => [{ mfa: { ...mfa, MFAMode: 'ON' } }],
    ['users.mfa.MfaConfiguration'],
  ],
  [
    'a factor of MFA, which goes',
    ({ userPoolConfigs: { mfa } }) => [{ mfa: { ...mfa, settings: { ...mfa.settings, mfaTypes: ['SMS'] } } }],
    ['users.mfa.SoftwareTokenMfaConfiguration.Enabled'],
  ],
  [
    'a text that verifies',
    ({ userPoolConfigs: { verificationMessage } }) => [
      {
        verificationMessage: {
          ...verificationMessage,
          emailSettings: { ...verificationMessage.emailSettings, emailMessage: 'New {####}' },
        },
      },
    ],
    [
      'users.fields.EmailVerificationMessage',
      'users.fields.VerificationMessageTemplate.DefaultEmailOption',
      'users.fields.VerificationMessageTemplate.EmailMessage',
    ],
  ],
  [
    'the lists of OAuth',
    ({ userPoolConfigs: { oAuth } }) => [
      { oAuth: { ...oAuth, oAuthScopes: ['OPENID'], redirectSignOutURIs: ['https://shop.example/out/'] } },
    ],
    ofClients('AllowedOAuthScopes', 'LogoutURLs'),
  ],
  [
    'the domain',
    ({ userPoolConfigs: { oAuth } }) => [{ oAuth: { ...oAuth, domainPrefix: 'store' } }],
    ['users.domain.Domain'],
  ],
  [
    'the credentials of a provider',
    ({ userPoolConfigs: { oAuth } }) => {
      const { Google, ...others } = oAuth.socialProviderSettings;
      const settings = { ...others, Google: { ...Google, client_id: 'new', client_secret: 'new' } };
      return [{ oAuth: { ...oAuth, socialProviderSettings: settings } }];
    },
    ['client_id', 'client_secret'].map((m) => `users.providers.Google.ProviderDetails.${m}`),
  ],
  [
    'a provider, which goes',
    ({ userPoolConfigs: { oAuth } }) => {
      const { Google: _, ...others } = oAuth.socialProviderSettings;
      return [{ oAuth: { ...oAuth, socialProviderSettings: others } }];
    },
    ['users.providers.Google', ...ofClients('SupportedIdentityProviders')],
  ],
  [
    'whether guests are let in',
    () => [{}, { identityPoolConfigs: { unauthenticatedLogin: false } }],
    ['identities.AllowUnauthenticatedIdentities'],
  ],
  ['the identity pool, which is forgotten', () => [{}, { authResources: 'USER_POOL_ONLY' }], []],
];

/** The members that an update can name, as stored. */
function pickMutable({ passwordPolicy, mfa, oAuth }: Shown) {
  return { passwordPolicy, mfa, oAuth };
}

/** Changes every setting of the pool that this server has made, beside it. */
function byHand(fake: CognitoFake): void {
  enrich(fake);
  const [entry] = fake.userPools.pools.values();
  // A third client that lists a provider keeps it from being deleted, which is another test's.
  entry?.clients.get('third')?.SupportedIdentityProviders.splice(1);
}

/** A pool of this server, of which every setting was changed by hand since. */
export async function changedByHand(more: object = {}): Promise<Scene> {
  const scene = await Scene.setUp(more);
  expect(await scene.run(start.create(configs.whole))).toMatchObject(COMPLETED);
  byHand(scene.fake);
  scene.fake.calls.length = 0;
  return scene;
}

/** The same as operations, those that change something. */
export const operationsOfKinds: Readonly<Record<string, Operation>> = Object.fromEntries(
  kinds
    .filter(([, , changes]) => changes.length > 0)
    .map(([kind, config]) => [
      `UpdateBackendAuth of ${kind}`,
      { before: configs.whole, byHand, start: start.update(config) },
    ]),
);

/** The server forgets what it knows of the pool, and imports it. */
const importIt: NonNullable<Operation['prepare']> = async ({ fake, place, server }) => {
  const { db } = server.services.store;
  await db.deleteFrom('auth_resource').where('app_id', '=', place.appId).execute();
  const [userPoolId = '', pool] = [...fake.userPools.pools][0] ?? [];
  const clientOf = (name: string) => [...(pool?.clients.values() ?? [])].find(({ ClientName }) => ClientName === name);
  const [web, native] = [clientOf('auth_app_clientWeb'), clientOf('auth_app_client')];
  Object.assign(native ?? {}, { ClientSecret: 'secret of the native client' });
  const [identityPoolId] = fake.identityPools.pools.keys();
  const ids = { userPoolId, webClientId: web?.ClientId, nativeClientId: native?.ClientId, identityPoolId };
  const url = `${server.url}/backend/${place.appId}/auth/${place.environment}`;
  expect(await ended(server.url, await send(`${url}/import`, ids))).toMatchObject(COMPLETED);
  // By the name under which the others ask for it.
  await db.updateTable('auth_resource').set({ resource_name: 'auth' }).where('app_id', '=', place.appId).execute();
};

/** Those of an imported pool. */
export const operationsOfImported: Readonly<Record<string, Operation>> = Object.fromEntries(
  importedKinds
    .filter(([, , changes]) => changes.length > 0)
    .map(([kind, of]) => [
      `UpdateBackendAuth of ${kind}, of an imported pool`,
      {
        before: configs.whole,
        byHand,
        prepare: importIt,
        start: async (url, { appId, environment }) => {
          const auth = `${url}/backend/${appId}/auth/${environment}`;
          const { resourceConfig: shown } = (await send(`${auth}/details`, { resourceName: 'auth' })).body;
          const [userPoolConfigs, more] = of(shown);
          const { authResources, service } = shown;
          const resourceConfig = { authResources, service, userPoolConfigs, ...more };
          return send(auth, { resourceName: 'auth', resourceConfig });
        },
      } satisfies Operation,
    ]),
);
