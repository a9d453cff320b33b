import { ListUserPoolsCommand, ResourceNotFoundException } from '@aws-sdk/client-cognito-identity-provider';
import { expect, it } from 'vitest';
import {
  change,
  clients,
  cognitoServer,
  create,
  created,
  readBack,
  remove,
  resourcesOf,
  SMS_ROLE,
} from '../../helpers/cognito.ts';
import { cognitoLocal, describeWith } from '../../helpers/cognitoEmulator.ts';
import { authConfig, withEnvironment } from '../../helpers/server.ts';

const REDIRECTS = {
  redirectSignInURIs: ['https://shop.example/in/'],
  redirectSignOutURIs: ['https://shop.example/out/'],
};
const sms = { SnsCallerArn: SMS_ROLE, ExternalId: 'auth_role_external_id' };

/** Everything that cognito-local has a place for. */
const whole = {
  authResources: 'USER_POOL_ONLY',
  service: 'COGNITO',
  userPoolConfigs: {
    userPoolName: 'every field',
    signInMethod: 'EMAIL_AND_PHONE_NUMBER',
    requiredSignUpAttributes: ['EMAIL', 'ZONE_INFO', 'BIRTHDATE', 'EMAIL'],
    passwordPolicy: { minimumLength: 12, additionalConstraints: ['REQUIRE_DIGIT', 'REQUIRE_SYMBOL'] },
    mfa: { MFAMode: 'OPTIONAL', settings: { mfaTypes: ['SMS', 'TOTP'], smsMessage: 'Sign in with {####}' } },
    verificationMessage: {
      deliveryMethod: 'EMAIL',
      emailSettings: { emailMessage: 'The code is {####}', emailSubject: 'Welcome' },
    },
    oAuth: {
      oAuthGrantType: 'CODE',
      oAuthScopes: ['PHONE', 'EMAIL', 'OPENID', 'PROFILE', 'AWS_COGNITO_SIGNIN_USER_ADMIN'],
      ...REDIRECTS,
    },
  },
};

const some = (userPoolConfigs: object) => ({ authResources: 'USER_POOL_ONLY', service: 'COGNITO', userPoolConfigs });

const policies = (MinimumLength: number, ...required: string[]) => ({
  PasswordPolicy: {
    MinimumLength,
    RequireNumbers: required.includes('RequireNumbers'),
    RequireSymbols: required.includes('RequireSymbols'),
    RequireLowercase: required.includes('RequireLowercase'),
    RequireUppercase: required.includes('RequireUppercase'),
  },
});

describeWith(cognitoLocal, (endpoint) => {
  it('gives the user pool, both clients and MFA every field: create, three updates and delete', async () => {
    const server = await cognitoServer({ endpoint: endpoint() });
    const place = await created(server.url, whole);
    const ids = await resourcesOf(server, place);
    const now = () => readBack(endpoint(), ids);

    const first = await now();
    expect(first.pool).toMatchObject({
      Id: ids.userPoolId,
      Arn: ids.userPoolArn,
      Name: 'every field',
      UsernameAttributes: ['email', 'phone_number'],
      UsernameConfiguration: { CaseSensitive: false },
      Policies: policies(12, 'RequireNumbers', 'RequireSymbols'),
      AutoVerifiedAttributes: ['email'],
      VerificationMessageTemplate: {
        DefaultEmailOption: 'CONFIRM_WITH_CODE',
        EmailMessage: 'The code is {####}',
        EmailSubject: 'Welcome',
        SmsMessage: 'Your verification code is {####}',
      },
      EmailVerificationMessage: 'The code is {####}',
      EmailVerificationSubject: 'Welcome',
      SmsVerificationMessage: 'Your verification code is {####}',
      SmsAuthenticationMessage: 'Sign in with {####}',
      SmsConfiguration: sms,
      MfaConfiguration: 'OPTIONAL',
      UserPoolTags: { 'amplify-backend-auth': expect.stringMatching(/^[0-9a-f]{32}$/) },
    });
    const required = first.pool?.SchemaAttributes?.filter(({ Required, Name }) => Required && Name !== 'sub');
    expect(required?.map(({ Name, Mutable }) => [Name, Mutable])).toEqual([
      ['email', true],
      ['birthdate', true],
      ['zoneinfo', true],
    ]);
    expect(first.mfa).toEqual({
      MfaConfiguration: 'OPTIONAL',
      SoftwareTokenMfaConfiguration: { Enabled: true },
      SmsMfaConfiguration: { SmsAuthenticationMessage: 'Sign in with {####}', SmsConfiguration: sms },
    });
    const oAuth = {
      UserPoolId: ids.userPoolId,
      RefreshTokenValidity: 30,
      TokenValidityUnits: { RefreshToken: 'days' },
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['phone', 'email', 'openid', 'profile', 'aws.cognito.signin.user.admin'],
      CallbackURLs: ['https://shop.example/in/'],
      LogoutURLs: ['https://shop.example/out/'],
      SupportedIdentityProviders: ['COGNITO'],
    };
    expect(first.web).toMatchObject({ ...oAuth, ClientId: ids.webClientId, ClientName: 'auth_app_clientWeb' });
    expect(first.native).toMatchObject({ ...oAuth, ClientId: ids.nativeClientId, ClientName: 'auth_app_client' });
    for (const client of [first.web, first.native]) expect(client).not.toHaveProperty('ClientSecret');

    // All that an update can change.
    const all = await change(
      server.url,
      place,
      some({
        passwordPolicy: { minimumLength: 8, additionalConstraints: ['REQUIRE_LOWERCASE', 'REQUIRE_UPPERCASE'] },
        mfa: { MFAMode: 'ON', settings: { mfaTypes: ['SMS'], smsMessage: 'Code: {####}' } },
        verificationMessage: { deliveryMethod: 'SMS', smsSettings: { smsMessage: 'Verify: {####}' } },
        oAuth: {
          oAuthGrantType: 'IMPLICIT',
          oAuthScopes: ['OPENID'],
          redirectSignInURIs: ['myapp://in/', 'http://localhost:3000/'],
          redirectSignOutURIs: ['myapp://out/'],
        },
      }),
    );
    expect(all).toMatchObject({ status: 'COMPLETED' });
    const second = await now();
    expect(second.pool).toMatchObject({
      Name: 'every field',
      UsernameAttributes: ['email', 'phone_number'],
      UserPoolTags: first.pool?.UserPoolTags,
      SchemaAttributes: first.pool?.SchemaAttributes,
      Policies: policies(8, 'RequireLowercase', 'RequireUppercase'),
      AutoVerifiedAttributes: ['phone_number'],
      VerificationMessageTemplate: {
        DefaultEmailOption: 'CONFIRM_WITH_CODE',
        EmailMessage: 'Your verification code is {####}',
        EmailSubject: 'Your verification code',
        SmsMessage: 'Verify: {####}',
      },
      EmailVerificationMessage: 'Your verification code is {####}',
      EmailVerificationSubject: 'Your verification code',
      SmsVerificationMessage: 'Verify: {####}',
      SmsAuthenticationMessage: 'Code: {####}',
      SmsConfiguration: sms,
      MfaConfiguration: 'ON',
    });
    expect(second.mfa).toEqual({
      MfaConfiguration: 'ON',
      SoftwareTokenMfaConfiguration: { Enabled: false },
      SmsMfaConfiguration: { SmsAuthenticationMessage: 'Code: {####}', SmsConfiguration: sms },
    });
    for (const [client, before] of [
      [second.web, first.web],
      [second.native, first.native],
    ]) {
      expect(client).toEqual({
        ...before,
        LastModifiedDate: expect.any(Date),
        AllowedOAuthFlows: ['implicit'],
        AllowedOAuthScopes: ['openid'],
        CallbackURLs: ['myapp://in/', 'http://localhost:3000/'],
        LogoutURLs: ['myapp://out/'],
      });
    }

    // One thing; all else stays.
    const one = await change(server.url, place, some({ passwordPolicy: { minimumLength: 20 } }));
    expect(one).toMatchObject({ status: 'COMPLETED' });
    const third = await now();
    expect(third.pool).toEqual({
      ...second.pool,
      LastModifiedDate: expect.any(Date),
      // The days are cognito-local's default, sent back to it.
      Policies: { PasswordPolicy: { ...policies(20).PasswordPolicy, TemporaryPasswordValidityDays: 7 } },
    });
    expect(third.mfa).toEqual(second.mfa);
    expect({ ...third.web, LastModifiedDate: 0 }).toEqual({ ...second.web, LastModifiedDate: 0 });
    expect({ ...third.native, LastModifiedDate: 0 }).toEqual({ ...second.native, LastModifiedDate: 0 });

    // This update removes OAuth and MFA.
    expect(await change(server.url, place, some({ oAuth: {}, mfa: { MFAMode: 'OFF' } }))).toMatchObject({
      status: 'COMPLETED',
    });
    const fourth = await now();
    expect(fourth.pool).toMatchObject({ MfaConfiguration: 'OFF', Policies: third.pool?.Policies });
    expect(fourth.mfa).toMatchObject({ MfaConfiguration: 'OFF' });
    for (const client of [fourth.web, fourth.native]) {
      expect(client).toMatchObject({
        AllowedOAuthFlowsUserPoolClient: false,
        AllowedOAuthFlows: [],
        AllowedOAuthScopes: [],
        CallbackURLs: [],
        LogoutURLs: [],
        SupportedIdentityProviders: ['COGNITO'],
      });
    }
    expect(await resourcesOf(server, place)).toEqual(ids);

    expect(await remove(server.url, place)).toMatchObject({ status: 'COMPLETED' });
    await expect(now()).rejects.toThrow(ResourceNotFoundException);
  });

  it('gives a pool that was asked for little the defaults of the Amplify CLI', async () => {
    const server = await cognitoServer({ endpoint: endpoint() });
    const { pool, mfa, web, native } = await readBack(
      endpoint(),
      await resourcesOf(server, await created(server.url, authConfig)),
    );
    expect(pool).toMatchObject({
      Policies: policies(8),
      AutoVerifiedAttributes: ['email'],
      EmailVerificationSubject: 'Your verification code',
      EmailVerificationMessage: 'Your verification code is {####}',
      MfaConfiguration: 'OFF',
    });
    expect(pool).not.toHaveProperty('SmsConfiguration');
    expect(mfa.MfaConfiguration).toBe('OFF');
    for (const client of [web, native]) {
      expect(client).toMatchObject({ AllowedOAuthFlowsUserPoolClient: false, SupportedIdentityProviders: ['COGNITO'] });
    }
  });

  it.each([
    ['a domain', { domainPrefix: 'shop' }, 'DescribeUserPoolDomain of domain shop failed'],
    [
      'a social provider',
      { socialProviderSettings: { Google: { client_id: 'id', client_secret: 'secret' } } },
      'CreateIdentityProvider of identity provider Google failed',
    ],
  ])('fails at once, and leaves nothing behind, where it is asked for %s, which it has not', async (_, oAuth, says) => {
    const name = `unsupported ${says}`.replace(/[^\w ]/g, '');
    const server = await cognitoServer({ endpoint: endpoint() });
    const place = await withEnvironment(server.url);
    const pool = { ...whole.userPoolConfigs, userPoolName: name, oAuth: { ...whole.userPoolConfigs.oAuth, ...oAuth } };
    const job = await create(server.url, place, some(pool));
    expect(job).toMatchObject({ status: 'FAILED', error: expect.stringContaining(`${says}: Unsupported: `) });
    expect(await poolNames(endpoint())).not.toContain(name);
  });

  it('fails at once, and leaves nothing behind, where it is asked for an identity pool, which it has not', async () => {
    const server = await cognitoServer({ endpoint: endpoint() });
    const place = await withEnvironment(server.url);
    const userPoolConfigs = { ...authConfig.userPoolConfigs, userPoolName: 'with identities' };
    const config = { authResources: 'IDENTITY_POOL_AND_USER_POOL', service: 'COGNITO', userPoolConfigs };
    const job = await create(server.url, place, config);
    expect(job).toMatchObject({
      status: 'FAILED',
      error: expect.stringMatching(/^ListIdentityPools of identity pools failed: Unsupported: /),
    });
    expect(await poolNames(endpoint())).not.toContain('with identities');
  });

  it('says what is missing where text messages are asked for without a role', async () => {
    const server = await cognitoServer({ endpoint: endpoint(), roles: { sms: undefined } });
    const job = await create(server.url, await withEnvironment(server.url), whole);
    expect(job).toMatchObject({
      status: 'FAILED',
      error: 'Text messages need an IAM role that lets Cognito send them; start the server with --sms-role-arn.',
    });
  });
});

async function poolNames(endpoint: string): Promise<unknown[]> {
  const { UserPools = [] } = await clients(endpoint).userPools.send(new ListUserPoolsCommand({ MaxResults: 60 }));
  return UserPools.map(({ Name }) => Name);
}
