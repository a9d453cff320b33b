import { describe, expect, it } from 'vitest';
import { authConfig, send, sharedServer, update, withAuth, withEnvironment } from '../../helpers/server.ts';

const shared = sharedServer();

const pool = '/body/resourceConfig/userPoolConfigs';
const oAuth = {
  oAuthGrantType: 'CODE',
  oAuthScopes: ['OPENID'],
  redirectSignInURIs: ['https://shop.example/'],
  redirectSignOutURIs: ['https://shop.example/'],
};
const uris = (redirectSignInURIs: string[]) => ({ oAuth: { ...oAuth, redirectSignInURIs } });
const message = (emailSettings: object) => ({ verificationMessage: { deliveryMethod: 'EMAIL', emailSettings } });
const sms = (smsMessage: string) => ({ verificationMessage: { deliveryMethod: 'SMS', smsSettings: { smsMessage } } });
const provider = (name: string, settings: object) => ({
  oAuth: { ...oAuth, socialProviderSettings: { [name]: settings } },
});

const refused: [title: string, userPoolConfigs: object, path: string][] = [
  ['a password length of 5', { passwordPolicy: { minimumLength: 5 } }, `${pool}/passwordPolicy/minimumLength`],
  ['a password length of 100', { passwordPolicy: { minimumLength: 100 } }, `${pool}/passwordPolicy/minimumLength`],
  ['a broken password length', { passwordPolicy: { minimumLength: 8.5 } }, `${pool}/passwordPolicy/minimumLength`],
  ['MFA without a type', { mfa: { MFAMode: 'ON' } }, `${pool}/mfa/settings/mfaTypes`],
  [
    'optional MFA without a type',
    { mfa: { MFAMode: 'OPTIONAL', settings: { mfaTypes: [] } } },
    `${pool}/mfa/settings/mfaTypes`,
  ],
  [
    'an MFA message without a code',
    { mfa: { MFAMode: 'OFF', settings: { smsMessage: 'Hello there' } } },
    `${pool}/mfa/settings/smsMessage`,
  ],
  [
    'an email without a code',
    message({ emailMessage: 'Hello there' }),
    `${pool}/verificationMessage/emailSettings/emailMessage`,
  ],
  ['an empty subject', message({ emailSubject: '' }), `${pool}/verificationMessage/emailSettings/emailSubject`],
  [
    'a subject of 141 characters',
    message({ emailSubject: 'x'.repeat(141) }),
    `${pool}/verificationMessage/emailSettings/emailSubject`,
  ],
  [
    'a text message of 141 characters',
    sms(`{####}${'x'.repeat(135)}`),
    `${pool}/verificationMessage/smsSettings/smsMessage`,
  ],
  [
    'the deprecated message without a code',
    { forgotPassword: { smsSettings: { smsMessage: 'Hello there' } } },
    `${pool}/forgotPassword/smsSettings/smsMessage`,
  ],
  ['a relative redirect', uris(['/signed-in']), `${pool}/oAuth/redirectSignInURIs/0`],
  ['an empty redirect', uris(['https://shop.example/', '']), `${pool}/oAuth/redirectSignInURIs/1`],
  ['a redirect with a fragment', uris(['https://shop.example/#x']), `${pool}/oAuth/redirectSignInURIs/0`],
  ['a redirect over http', uris(['http://shop.example/']), `${pool}/oAuth/redirectSignInURIs/0`],
  [
    'a redirect of 1,025 characters',
    uris([`https://shop.example/${'x'.repeat(1004)}`]),
    `${pool}/oAuth/redirectSignInURIs/0`,
  ],
  ['101 redirects', uris(Array(101).fill('https://shop.example/')), `${pool}/oAuth/redirectSignInURIs`],
  ['a domain in capitals', { oAuth: { ...oAuth, domainPrefix: 'Shop' } }, `${pool}/oAuth/domainPrefix`],
  ['a domain that ends in a hyphen', { oAuth: { ...oAuth, domainPrefix: 'shop-' } }, `${pool}/oAuth/domainPrefix`],
  [
    'a domain with a reserved word',
    { oAuth: { ...oAuth, domainPrefix: 'my-cognito-shop' } },
    `${pool}/oAuth/domainPrefix`,
  ],
  [
    'Google without its secret',
    provider('Google', { client_id: 'x' }),
    `${pool}/oAuth/socialProviderSettings/Google/client_secret`,
  ],
  [
    'Apple without its key',
    provider('SignInWithApple', { client_id: 'x', team_id: 't', key_id: 'k' }),
    `${pool}/oAuth/socialProviderSettings/SignInWithApple/private_key`,
  ],
];

const taken: [title: string, userPoolConfigs: object][] = [
  ['a password length of 6', { passwordPolicy: { minimumLength: 6 } }],
  ['a password length of 99, as a float', { passwordPolicy: { minimumLength: 99.0 } }],
  ['a text message of 140 characters', sms(`{####}${'x'.repeat(134)}`)],
  ['the shortest text message', sms('{####}')],
  ['http for localhost', uris(['http://localhost:3000/', 'http://127.0.0.1/', 'http://[::1]/'])],
  ["an app's own scheme", uris(['myapp://signed-in', 'myapp:/x'])],
  ['a domain of 63 characters', { oAuth: { ...oAuth, domainPrefix: 'x'.repeat(63) } }],
  ['100 redirects', uris(Array(100).fill('https://shop.example/'))],
  ['a provider that the contract does not know', provider('Twitter', { anything: 'goes' })],
];

describe('a rule that the schema cannot say', () => {
  it.each(refused)('refuses %s, before any job, on creation and on update', async (_title, userPoolConfigs, path) => {
    const { url } = await shared();
    const place = await withEnvironment(url);
    const resourceConfig = { ...authConfig, userPoolConfigs: { ...authConfig.userPoolConfigs, ...userPoolConfigs } };
    const created = await send(`${url}/backend/${place.appId}/auth`, {
      backendEnvironmentName: 'staging',
      resourceName: 'auth',
      resourceConfig,
    });
    expect([created.status, created.body.__type]).toEqual([400, 'BadRequestException']);
    // The deprecated message needs a delivery method on creation: the schema says so first.
    if (path.includes('forgotPassword')) expect(created.body.message).toContain('deliveryMethod is required');
    else expect(created.body.message.split('\n').map((line: string) => line.split(' ')[0])).toContain(path);

    const { auth } = await withAuth(url);
    const updated = await send(auth, update(userPoolConfigs));
    expect(updated.status).toBe(400);
    expect(updated.body.message.split('\n').map((line: string) => line.split(' ')[0])).toContain(path);
  });

  it.each(taken)('takes %s', async (_title, userPoolConfigs) => {
    const { url } = await shared();
    const { auth } = await withAuth(url);
    expect(await send(auth, update(userPoolConfigs))).toMatchObject({ status: 200 });
  });

  it('lists every violation, each with its path', async () => {
    const { url } = await shared();
    const { auth } = await withAuth(url);
    const answer = await send(
      auth,
      update(
        { passwordPolicy: { minimumLength: 3 }, mfa: { MFAMode: 'ON' }, oAuth: { ...oAuth, domainPrefix: 'aws' } },
        { identityPoolConfigs: { unauthenticatedLogin: true } },
      ),
    );
    expect(answer.body.message.split('\n')).toEqual([
      `${pool}/passwordPolicy/minimumLength must be a whole number from 6 to 99`,
      `${pool}/mfa/settings/mfaTypes must name at least one type when MFAMode is ON`,
      `${pool}/oAuth/domainPrefix must not contain aws`,
      '/body/resourceConfig/identityPoolConfigs needs authResources to be IDENTITY_POOL_AND_USER_POOL',
    ]);
  });

  it.each(['', 'with-hyphen', 'x'.repeat(129)])('refuses the resource name %j', async (resourceName) => {
    const { url } = await shared();
    const { appId } = await withEnvironment(url);
    const body = { backendEnvironmentName: 'staging', resourceName, resourceConfig: authConfig };
    expect((await send(`${url}/backend/${appId}/auth`, body)).body.message).toContain('/body/resourceName');
  });
});
