import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ended, send, testServer, update, withAuth } from '../helpers/server.ts';

// Python's SDK sends other requests than the one for JavaScript, and has a paginator for ListBackendJobs.
const installed = spawnSync('aws', ['--version']).status === 0;
if (!installed) console.warn('Skipped: the AWS CLI is not on the PATH.');

const credentials = { AWS_ACCESS_KEY_ID: 'any', AWS_SECRET_ACCESS_KEY: 'any', AWS_EC2_METADATA_DISABLED: 'true' };
// biome-ignore lint/suspicious/noExplicitAny: the CLI's JSON, which the test looks into
async function aws(endpoint: string, ...args: string[]): Promise<any> {
  const global = ['--endpoint-url', endpoint, '--region', 'us-east-1', '--output', 'json'];
  const env = { ...process.env, ...credentials };
  const { stdout } = await promisify(execFile)('aws', [...global, 'amplifybackend', ...args], { env });
  return JSON.parse(stdout);
}

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
});
