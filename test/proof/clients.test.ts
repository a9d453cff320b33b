import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseCredentials } from '../../server/signing/credentials.ts';
import type { Wire } from '../helpers/cognitoFakeRules.ts';
import { testServer } from '../helpers/server.ts';

// AWS's own clients, old and new: each sends other requests and reads errors from other places.

const folder = join(import.meta.dirname, '../clients');
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secretsecretsecretsecretsecretsecretsecr' };
const region = 'us-east-1';

/** Calls an operation with the model's own names. Throws an error whose name and message are the server's. */
type Call = (operation: string, input: object) => Promise<Wire>;
type Connect = (endpoint: string, signs: boolean) => Call;

const sdk3 =
  (load: () => Promise<Wire>): Connect =>
  (endpoint, signs) => {
    const unsigned = { signer: { sign: async (request: unknown) => request } };
    const options = { endpoint, region, credentials, maxAttempts: 1, ...(!signs && unsigned) };
    return async (operation, input) => {
      const sdk = await load();
      const client = new sdk.AmplifyBackendClient(options);
      try {
        return await client.send(new sdk[`${operation}Command`](input));
      } finally {
        client.destroy();
      }
    };
  };

const installed = createRequire(join(folder, 'package.json'));

const sdk2: Connect = (endpoint, signs) => {
  const AWS = installed('aws-sdk');
  const client = new AWS.AmplifyBackend({ endpoint, region, credentials, maxRetries: 0 });
  return async (operation, input) => {
    const method = operation.charAt(0).toLowerCase() + operation.slice(1);
    const request = signs ? client[method](input) : client.makeUnauthenticatedRequest(method, input);
    return request.promise();
  };
};

const cli: Connect = (endpoint, signs) => async (operation, input) => {
  const command = operation.replace(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '-').toLowerCase();
  const flags = [
    '--endpoint-url',
    endpoint,
    '--region',
    region,
    '--output',
    'json',
    ...(signs ? [] : ['--no-sign-request']),
  ];
  const args = [...flags, 'amplifybackend', command, '--cli-input-json', JSON.stringify(input)];
  const env = {
    ...process.env,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_MAX_ATTEMPTS: '1',
  };
  try {
    const { stdout } = await promisify(execFile)('aws', args, { env });
    return JSON.parse(stdout);
  } catch (error) {
    const [, name, message] = /\((\w+)\) when calling the \w+ operation[^:]*: (.*)/.exec((error as Wire).stderr) ?? [];
    if (name === undefined) throw error;
    throw Object.assign(new Error(message), { name });
  }
};

const newestSdk = sdk3(() => import('@aws-sdk/client-amplifybackend'));

const clients: readonly (readonly [name: string, connect: Connect])[] = [
  ['the SDK for JavaScript 3.1138', newestSdk],
  ['the SDK for JavaScript 3.922', sdk3(async () => installed('client-amplifybackend-3-922'))],
  ['the SDK for JavaScript 3.523', sdk3(async () => installed('client-amplifybackend-3-523'))],
  ['the SDK for JavaScript 2', sdk2],
  ['the AWS CLI', cli],
];

const place = { AppId: 'd1a2b3c4d5e6f7', BackendEnvironmentName: 'staging' };
const resource = { ...place, ResourceName: 'auth' };
const UserPoolConfigs = { RequiredSignUpAttributes: ['EMAIL'], SignInMethod: 'EMAIL', UserPoolName: 'users' };
const changed = {
  Mfa: { MFAMode: 'OPTIONAL', Settings: { MfaTypes: ['TOTP'] } },
  PasswordPolicy: { MinimumLength: 14, AdditionalConstraints: ['REQUIRE_DIGIT'] },
  OAuth: {
    OAuthGrantType: 'CODE',
    OAuthScopes: ['OPENID', 'AWS_COGNITO_SIGNIN_USER_ADMIN'],
    RedirectSignInURIs: ['https://shop.example/'],
    RedirectSignOutURIs: ['https://shop.example/'],
    SocialProviderSettings: { Google: { ClientId: 'id', ClientSecret: 'secret' } },
  },
};

beforeAll(() => {
  process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE = '1';
  if (!existsSync(join(folder, 'node_modules'))) {
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-progress'], { cwd: folder });
  }
  if (spawnSync('aws', ['--version']).status !== 0) throw new Error('The proof needs the AWS CLI on the PATH.');
});

describe.each(clients)('%s', (_, connect) => {
  it.each([
    ['signed', true],
    ['not signed', false],
  ])('updates, follows the job, reads back and is told what is wrong: %s', async (_how, signs) => {
    const text = `[default]\naws_access_key_id = ${credentials.accessKeyId}\naws_secret_access_key = ${credentials.secretAccessKey}\n`;
    const { url } = await testServer(signs ? { credentials: parseCredentials(text, 'credentials').credentials } : {});
    const [call, newest] = [connect(url, signs), newestSdk(url, signs)];
    // A process of the AWS CLI takes a second: what only waits and prepares is the newest SDK's.
    const completed = async ({ JobId }: Wire): Promise<void> => {
      const job = await newest('GetBackendJob', { ...place, JobId });
      expect(job.Error).toBeUndefined();
      if (job.Status !== 'COMPLETED') await completed({ JobId });
    };
    await completed(await newest('CreateBackend', { ...place, AppName: 'shop' }));
    const ResourceConfig = { AuthResources: 'USER_POOL_ONLY', Service: 'COGNITO', UserPoolConfigs };
    await completed(await newest('CreateBackendAuth', { ...resource, ResourceConfig }));
    const updated = await call('UpdateBackendAuth', {
      ...resource,
      ResourceConfig: { ...ResourceConfig, UserPoolConfigs: changed },
    });
    expect(updated).toMatchObject({ ...place, Operation: 'UpdateBackendAuth', Status: 'RUNNING' });
    await completed(updated);
    expect(await call('GetBackendJob', { ...place, JobId: updated.JobId })).toMatchObject({ Status: 'COMPLETED' });

    const auth = await call('GetBackendAuth', resource);
    const { Google: _google, ...providers } = changed.OAuth.SocialProviderSettings;
    const SocialProviderSettings = { ...providers, Google: { ClientId: 'id' } };
    expect(auth).toMatchObject({
      ...resource,
      ResourceConfig: {
        ...ResourceConfig,
        UserPoolConfigs: { ...UserPoolConfigs, ...changed, OAuth: { ...changed.OAuth, SocialProviderSettings } },
      },
    });
    const { Jobs } = await call('ListBackendJobs', place);
    expect(Jobs).toHaveLength(3);

    await expect(call('GetBackend', { AppId: 'none' })).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'App none does not exist.',
    });
    await expect(call('GetBackendAPIModels', { ...place, ResourceName: 'api' })).rejects.toThrow(
      /a part of the API that this server does not have\.$/,
    );
    if (signs) await expect(connect(url, false)('GetBackend', { AppId: 'none' })).rejects.toThrow(/Authenti|signed/i);
  });
});
