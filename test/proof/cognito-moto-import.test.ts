import { randomUUID } from 'node:crypto';
import {
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
  DescribeUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect, it } from 'vitest';
import { clients, cognitoServer, readBack, resourcesOf } from '../helpers/cognito.ts';
import { describeWith, moto } from '../helpers/cognitoEmulator.ts';
import { OAUTH, unique, update } from '../helpers/cognitoMoto.ts';
import { ended, send, withEnvironment } from '../helpers/server.ts';

const COMPLETED = { status: 'COMPLETED' };

describeWith(moto, (endpoint) => {
  const userPools = () => clients(endpoint()).userPools;

  /** A pool that someone made by hand, with whatever is odd about its clients. */
  async function byHand(web: object = {}, native: object = {}) {
    const { UserPool } = await userPools().send(
      new CreateUserPoolCommand({
        PoolName: unique(),
        UsernameAttributes: ['email'],
        AutoVerifiedAttributes: ['email'],
        Schema: [{ Name: 'email', Required: true }],
        Policies: { PasswordPolicy: { MinimumLength: 14, RequireNumbers: true } },
        VerificationMessageTemplate: { EmailSubject: 'Hello', EmailMessage: 'It is {####}' },
      }),
    );
    const UserPoolId = UserPool?.Id ?? '';
    const oAuth = {
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['code' as const],
      AllowedOAuthScopes: ['openid', 'email'],
      CallbackURLs: ['https://shop.example/in/'],
      LogoutURLs: ['https://shop.example/out/'],
      SupportedIdentityProviders: ['COGNITO'],
    };
    const client = async (input: object) => {
      const command = new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'mine', ...oAuth, ...input });
      return (await userPools().send(command)).UserPoolClient?.ClientId;
    };
    return {
      userPoolId: UserPoolId,
      webClientId: await client(web),
      nativeClientId: await client({ GenerateSecret: true, ...native }),
    };
  }

  it('imports a user pool, updates it, and leaves it when the auth resource is deleted', async () => {
    const ids = await byHand();
    const domain = unique();
    await userPools().send(new CreateUserPoolDomainCommand({ UserPoolId: ids.userPoolId, Domain: domain }));
    const server = await cognitoServer({ endpoint: endpoint() });
    const place = await withEnvironment(server.url);
    expect(await ended(server.url, await send(`${place.auth}/import`, ids))).toMatchObject(COMPLETED);

    const { body: meta } = await send(`${server.url}/backend/${place.appId}/details`, {
      backendEnvironmentName: place.environment,
    });
    const resourceName = Object.keys(JSON.parse(meta.amplifyMetaConfig).auth)[0];
    const { body } = await send(`${place.auth}/details`, { resourceName });
    expect(body.resourceConfig).toMatchObject({
      authResources: 'USER_POOL_ONLY',
      service: 'COGNITO',
      userPoolConfigs: {
        signInMethod: 'EMAIL',
        requiredSignUpAttributes: ['EMAIL'],
        passwordPolicy: { minimumLength: 14, additionalConstraints: ['REQUIRE_DIGIT'] },
        mfa: { MFAMode: 'OFF' },
        verificationMessage: {
          deliveryMethod: 'EMAIL',
          emailSettings: { emailMessage: 'It is {####}', emailSubject: 'Hello' },
        },
        oAuth: { ...OAUTH, oAuthScopes: ['OPENID', 'EMAIL'], domainPrefix: domain },
      },
    });

    const passwordPolicy = { minimumLength: 16 };
    const job = await ended(
      server.url,
      await send(place.auth, { resourceName, resourceConfig: update({ passwordPolicy }) }),
    );
    expect(job).toMatchObject(COMPLETED);
    const after = await readBack(endpoint(), await resourcesOf(server, place));
    expect(after.pool?.Policies?.PasswordPolicy).toMatchObject({ MinimumLength: 16, RequireNumbers: false });
    expect(after.native).toMatchObject({ ClientName: 'mine', ClientSecret: expect.any(String) });

    expect(await ended(server.url, await send(`${place.auth}/remove`, { resourceName }))).toMatchObject(COMPLETED);
    const { UserPool } = await userPools().send(new DescribeUserPoolCommand({ UserPoolId: ids.userPoolId }));
    expect(UserPool?.Domain).toBe(domain);
  });

  it.each([
    [
      'a web client with a secret',
      { GenerateSecret: true },
      {},
      /^The web client \S+ has a secret; it must have none\.$/,
    ],
    [
      'a native client without one',
      {},
      { GenerateSecret: false },
      /^The native client \S+ has no secret; it must have one\.$/,
    ],
    [
      'clients that differ in OAuth',
      {},
      { AllowedOAuthScopes: ['openid'], LogoutURLs: [] },
      /^The OAuth properties of the two app clients differ: AllowedOAuthScopes, LogoutURLs\.$/,
    ],
  ])('refuses to import %s', async (_, web, native, error) => {
    await expectRefused(await byHand(web, native), error);
  });

  it('refuses to import what is not there', async () => {
    const ids = await byHand();
    const missing = 'us-east-1_missing';
    await expectRefused({ ...ids, userPoolId: missing }, /^There is no user pool us-east-1_missing\.$/);
    await expectRefused({ ...ids, webClientId: 'nobody' }, /^The user pool \S+ has no web client nobody\.$/);
    await expectRefused({ ...ids, nativeClientId: 'nobody' }, /^The user pool \S+ has no native client nobody\.$/);
    const identityPoolId = `us-east-1:${randomUUID()}`;
    await expectRefused({ ...ids, identityPoolId }, /^There is no identity pool us-east-1:\S+\.$/);
  });

  async function expectRefused(ids: object, error: RegExp) {
    const server = await cognitoServer({ endpoint: endpoint() });
    const place = await withEnvironment(server.url);
    const job = await ended(server.url, await send(`${place.auth}/import`, ids));
    expect(job).toMatchObject({ status: 'FAILED', error: expect.stringMatching(error) });
    expect((await send(`${place.auth}/details`, { resourceName: 'auth' })).status).toBe(404);
  }
});
