import { expect, it } from 'vitest';
import { changedPaths } from '../../helpers/cognitoDifference.ts';
import { Imported } from '../../helpers/cognitoImported.ts';
import { isWrite } from '../../helpers/cognitoOperations.ts';
import type { Answer } from '../../helpers/server.ts';

type Shown = Answer['body'];
type Update = readonly [pool: object, more?: object];

const ofClients = (...members: string[]) =>
  ['auth_app_client', 'auth_app_clientWeb'].flatMap((name) => members.map((m) => `users.clients.${name}.${m}`));

/** Each kind of update, of what GetBackendAuth shows after the import, and every member outside that it changes. */
const kinds: readonly (readonly [kind: string, of: (shown: Shown) => Update, changes: readonly string[]])[] = [
  ['nothing', () => [{}], []],
  // What is imported has a verification message: naming it ends the verification by link.
  ['all that it has', ({ userPoolConfigs: { verificationMessage: _, ...all } }) => [mutable(all)], []],
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

/** What an update can name. */
function mutable({ passwordPolicy, mfa, oAuth }: Shown) {
  return { passwordPolicy, mfa, oAuth };
}

// One server for all, since it takes longer to start than an update takes.
it('an update of an imported pool changes what it names and nothing else', async () => {
  const imported = await Imported.setUp();
  const { fake } = imported;
  const [before, shown, again] = [fake.byName(), await imported.shown(), await imported.keep()];
  for (const [kind, of, changes] of kinds) {
    expect(await imported.update(...of(shown)), kind).toMatchObject({ status: 'COMPLETED' });
    expect(changedPaths(before, fake.byName()).sort(), kind).toEqual([...changes].sort());
    if (changes.length === 0) expect(fake.names().filter(isWrite), kind).toEqual([]);
    await again();
  }
});
