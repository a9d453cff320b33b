import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parseCredentials } from '../../server/signing/credentials.ts';
import { ended, send, testServer, update, withAuth } from '../helpers/server.ts';

// Python's SDK sends other requests than the one for JavaScript, and has a paginator for ListBackendJobs.
const installed = spawnSync('aws', ['--version']).status === 0;
if (!installed) console.warn('Skipped: the AWS CLI is not on the PATH.');

interface Key {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

const anyKey: Key = { accessKeyId: 'any', secretAccessKey: 'any' };
// biome-ignore lint/suspicious/noExplicitAny: the CLI's JSON, which the test looks into
const aws = (endpoint: string, ...args: string[]): Promise<any> => awsAs(anyKey, endpoint, ...args);

async function awsAs(key: Key, endpoint: string, ...args: string[]) {
  const global = ['--endpoint-url', endpoint, '--region', 'us-east-1', '--output', 'json'];
  const env = {
    ...process.env,
    AWS_ACCESS_KEY_ID: key.accessKeyId,
    AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
    ...(key.sessionToken && { AWS_SESSION_TOKEN: key.sessionToken }),
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const { stdout } = await promisify(execFile)('aws', [...global, 'amplifybackend', ...args], { env });
  return JSON.parse(stdout);
}

/** A file of credentials, as the AWS CLI has it and the server's --credentials reads it. */
const fileOf = ({ accessKeyId, secretAccessKey, sessionToken }: Key): string =>
  [
    '[default]',
    `aws_access_key_id = ${accessKeyId}`,
    `aws_secret_access_key = ${secretAccessKey}`,
    ...(sessionToken ? [`aws_session_token = ${sessionToken}`] : []),
  ].join('\n');

describe.skipIf(!installed && process.env.CI !== 'true')('the AWS CLI', () => {
  it('updates as the README says, over both base paths', async () => {
    const { url } = await testServer();
    const { appId } = await withAuth(url);
    const place = ['--app-id', appId, '--backend-environment-name', 'staging'];
    for (const [base, length] of [
      [url, 12],
      [`${url}/prod`, 13],
    ] as const) {
      const config = `AuthResources=USER_POOL_ONLY,Service=COGNITO,UserPoolConfigs={PasswordPolicy={MinimumLength=${length}}}`;
      const resource = ['--resource-name', 'auth', '--resource-config', config];
      const { JobId } = await aws(base, 'update-backend-auth', ...place, ...resource);
      const job = ['get-backend-job', ...place, '--job-id', JobId];
      await expect.poll(() => aws(base, ...job), { timeout: 20_000 }).toMatchObject({ Status: 'COMPLETED' });
    }
    const { ResourceConfig } = await aws(url, 'get-backend-auth', ...place, '--resource-name', 'auth');
    expect(ResourceConfig.UserPoolConfigs.PasswordPolicy.MinimumLength).toBe(13);
  });

  it('pages through the jobs by its own paginator', async () => {
    const { url, logged } = await testServer();
    const { appId, auth } = await withAuth(url);
    for (let count = 0; count < 5; count++) await ended(url, await send(auth, update({})));
    const place = ['--app-id', appId, '--backend-environment-name', 'staging'];
    const { Jobs } = await aws(url, 'list-backend-jobs', ...place, '--page-size', '3');
    expect(new Set(Jobs.map(({ JobId }: { JobId: string }) => JobId)).size).toBe(7);
    expect(logged.filter((line) => line.includes('"operation":"ListBackendJobs"')).length).toBe(3);
  });

  it('is told the error by its name', async () => {
    const { url } = await testServer();
    const missing = aws(url, 'get-backend', '--app-id', 'none');
    await expect(missing).rejects.toThrow(/An error occurred \(NotFoundException\).*App none does not exist\./s);
  });

  it.each([
    { accessKeyId: 'AKIDPLAIN', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' },
    {
      accessKeyId: 'ASIATEMPORARY',
      secretAccessKey: 'Ea3Q9sl+pRfiCY/K7MDENGbPx',
      sessionToken: 'IQoJb3JpZ2lu//token==',
    },
  ])('is let in by what it signs with $accessKeyId, over a base path and names of any letters', async (key) => {
    const { url } = await testServer({ credentials: parseCredentials(fileOf(key), 'credentials').credentials });
    const place = ['--app-id', 'd 1/ü*~', '--backend-environment-name', 'staging'];
    const config = 'AuthResources=USER_POOL_ONLY,Service=COGNITO,UserPoolConfigs={}';
    for (const args of [
      ['get-backend-auth', ...place, '--resource-name', 'ü'],
      ['update-backend-auth', ...place, '--resource-name', 'ü', '--resource-config', config],
    ]) {
      // It gets as far as to what there is, which is nothing; another key is refused before.
      await expect(awsAs(key, `${url}/prod`, ...args)).rejects.toThrow('(NotFoundException)');
    }
    const other = awsAs({ ...key, secretAccessKey: 'another' }, url, 'get-backend', '--app-id', 'd1');
    await expect(other).rejects.toThrow(/\((InvalidSignatureException|SignatureDoesNotMatch)\)/);
  });
});
