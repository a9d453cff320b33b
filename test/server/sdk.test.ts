import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  AmplifyBackendClient,
  BadRequestException,
  CreateBackendAuthCommand,
  CreateBackendCommand,
  GatewayTimeoutException,
  GetBackendAuthCommand,
  GetBackendJobCommand,
  NotFoundException,
  TooManyRequestsException,
  UpdateBackendAuthCommand,
} from '@aws-sdk/client-amplifybackend';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type ErrorName, errors } from '../../generated/errors.ts';
import document from '../../generated/openapi.json' with { type: 'json' };
import { operations } from '../../generated/operations.ts';
import type { Document } from '../../pipeline/document/types.ts';
import { createApp } from '../../pipeline/express/index.ts';
import { ServiceException } from '../../server/exceptions.ts';
import { awsProtocol } from '../../server/protocol.ts';
import { testServer } from '../helpers/server.ts';

const place = { AppId: 'd1a2b3c4d5e6f7', BackendEnvironmentName: 'staging' };

function sdk(endpoint: string): AmplifyBackendClient {
  const client = new AmplifyBackendClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
  });
  onTestFinished(() => client.destroy());
  return client;
}

async function completed(client: AmplifyBackendClient, JobId: string | undefined): Promise<void> {
  expect(JobId).toBeDefined();
  for (;;) {
    const job = await client.send(new GetBackendJobCommand({ ...place, JobId }));
    expect(job.Error).toBeUndefined();
    if (job.Status === 'COMPLETED') return;
    expect(job.Status).toBe('RUNNING');
  }
}

describe("AWS's own SDK", () => {
  it.each(['', '/prod'])('creates, updates, follows the job and reads back over the base path "%s"', async (base) => {
    const { url } = await testServer({ jobTime: 20 });
    const client = sdk(`${url}${base}`);

    const backend = await client.send(new CreateBackendCommand({ ...place, AppName: 'shop' }));
    expect(backend).toMatchObject({ ...place, Operation: 'CreateBackend', Status: 'RUNNING' });
    await completed(client, backend.JobId);

    const created = await client.send(
      new CreateBackendAuthCommand({
        ...place,
        ResourceName: 'auth',
        ResourceConfig: {
          AuthResources: 'USER_POOL_ONLY',
          Service: 'COGNITO',
          UserPoolConfigs: { RequiredSignUpAttributes: ['EMAIL'], SignInMethod: 'EMAIL', UserPoolName: 'users' },
        },
      }),
    );
    await completed(client, created.JobId);

    const updated = await client.send(
      new UpdateBackendAuthCommand({
        ...place,
        ResourceName: 'auth',
        ResourceConfig: {
          AuthResources: 'IDENTITY_POOL_AND_USER_POOL',
          Service: 'COGNITO',
          IdentityPoolConfigs: { UnauthenticatedLogin: true },
          UserPoolConfigs: {
            Mfa: { MFAMode: 'OPTIONAL', Settings: { MfaTypes: ['TOTP'] } },
            PasswordPolicy: { MinimumLength: 14, AdditionalConstraints: ['REQUIRE_DIGIT'] },
            OAuth: {
              OAuthGrantType: 'CODE',
              OAuthScopes: ['OPENID', 'AWS_COGNITO_SIGNIN_USER_ADMIN'],
              RedirectSignInURIs: ['https://shop.example/'],
              RedirectSignOutURIs: ['https://shop.example/'],
              SocialProviderSettings: { Google: { ClientId: 'id', ClientSecret: 'secret' } },
            },
            VerificationMessage: { DeliveryMethod: 'EMAIL', EmailSettings: { EmailSubject: 'Hello' } },
          },
        },
      }),
    );
    expect(updated).toMatchObject({ ...place, Operation: 'UpdateBackendAuth', Status: 'RUNNING' });
    expect(updated.$metadata).toMatchObject({
      httpStatusCode: 200,
      requestId: expect.stringMatching(/./),
      attempts: 1,
    });
    await completed(client, updated.JobId);

    const { ResourceName, ResourceConfig } = await client.send(
      new GetBackendAuthCommand({ ...place, ResourceName: 'auth' }),
    );
    expect(ResourceName).toBe('auth');
    expect(ResourceConfig).toEqual({
      AuthResources: 'IDENTITY_POOL_AND_USER_POOL',
      Service: 'COGNITO',
      IdentityPoolConfigs: { IdentityPoolName: 'auth_identitypool', UnauthenticatedLogin: true },
      UserPoolConfigs: {
        RequiredSignUpAttributes: ['EMAIL'],
        SignInMethod: 'EMAIL',
        UserPoolName: 'users',
        Mfa: { MFAMode: 'OPTIONAL', Settings: { MfaTypes: ['TOTP'] } },
        PasswordPolicy: { MinimumLength: 14, AdditionalConstraints: ['REQUIRE_DIGIT'] },
        OAuth: {
          OAuthGrantType: 'CODE',
          OAuthScopes: ['OPENID', 'AWS_COGNITO_SIGNIN_USER_ADMIN'],
          RedirectSignInURIs: ['https://shop.example/'],
          RedirectSignOutURIs: ['https://shop.example/'],
          SocialProviderSettings: { Google: { ClientId: 'id' } },
        },
        VerificationMessage: { DeliveryMethod: 'EMAIL', EmailSettings: { EmailSubject: 'Hello' } },
      },
    });
  });

  it('throws its typed class, with its members, for a request that the server refuses', async () => {
    const client = sdk((await testServer()).url);
    const job = client.send(new GetBackendJobCommand({ ...place, JobId: 'none' }));
    await expect(job).rejects.toBeInstanceOf(NotFoundException);
    await expect(job).rejects.toMatchObject({
      name: 'NotFoundException',
      ResourceType: 'App',
      message: 'App d1a2b3c4d5e6f7 does not exist.',
      $metadata: { httpStatusCode: 404, requestId: expect.stringMatching(/./) },
    });
    const empty = client.send(new CreateBackendCommand({ ...place, AppName: undefined }));
    await expect(empty).rejects.toBeInstanceOf(BadRequestException);
    await expect(empty).rejects.toMatchObject({ message: '/body/appName is required' });
  });

  it.each([
    ['BadRequestException', BadRequestException, { message: 'Told by the test.' }],
    ['NotFoundException', NotFoundException, { message: 'Told by the test.', ResourceType: 'Auth' }],
    ['LimitExceededException', TooManyRequestsException, { message: 'Told by the test.', LimitType: 'RequestRate' }],
    ['InternalServiceException', GatewayTimeoutException, { message: 'Told by the test.' }],
  ] as const)('throws its typed class for a documented %s', async (name, type, members) => {
    const client = sdk(await refusing(name));
    const refused = client.send(new GetBackendJobCommand({ ...place, JobId: '1' }));
    await expect(refused).rejects.toBeInstanceOf(type);
    await expect(refused).rejects.toMatchObject({ ...members, $metadata: { httpStatusCode: errors[name].status } });
  });
});

/** A server over the same document whose every handler refuses in one way. */
async function refusing(name: ErrorName): Promise<string> {
  const members = { LimitExceededException: { limitType: 'RequestRate' }, NotFoundException: { resourceType: 'Auth' } };
  const handler = async () => {
    throw new ServiceException(name, 'Told by the test.', { ...members[name as keyof typeof members] });
  };
  const app = createApp({
    document: document as unknown as Document,
    protocol: awsProtocol(document as unknown as Document),
    handlers: Object.fromEntries(Object.keys(operations).map((id) => [id, handler])),
    services: {},
    log: pino({ level: 'silent' }),
    newId: () => 'id',
    onInvalidResponse: 'throw',
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
