import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AmplifyBackendClient,
  CreateBackendCommand,
  DeleteBackendCommand,
  GetBackendCommand,
  GetBackendJobCommand,
} from '@aws-sdk/client-amplifybackend';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseCredentials } from '../../../server/signing/credentials.ts';
import { temporaryFolder } from '../../helpers/folder.ts';
import { ready, server } from '../../helpers/process.ts';
import { type Answer, headOf, send, testServer } from '../../helpers/server.ts';

const file = `
[everything]
aws_access_key_id = AKIDEVERYTHING
aws_secret_access_key = secretsecretsecretsecretsecretsecretsecr

[one-app]
aws_access_key_id = AKIDONEAPP
aws_secret_access_key = another-another-another-another-another
app_ids = d1
`;
const { credentials } = parseCredentials(file, 'credentials');

function sdk(endpoint: string, accessKeyId: string): AmplifyBackendClient {
  const secretAccessKey = credentials.get(accessKeyId)?.secretAccessKey ?? 'not the secret of any key that there is';
  const client = new AmplifyBackendClient({
    endpoint,
    region: 'eu-west-1',
    maxAttempts: 1,
    credentials: { accessKeyId, secretAccessKey },
  });
  onTestFinished(() => client.destroy());
  return client;
}

const backend = { AppId: 'd1', AppName: 'shop', BackendEnvironmentName: 'staging' };
const unsigned = (url: string, path: string, method = 'POST', body: unknown = {}): Promise<Answer> =>
  send(`${url}${path}`, method === 'POST' ? body : undefined, { method });

describe('a server with credentials', () => {
  it('serves what the AWS SDK signs, with and without a body, over both base paths', async () => {
    const { url, logged } = await testServer({ credentials });
    const client = sdk(`${url}/prod`, 'AKIDEVERYTHING');
    const { JobId } = await client.send(new CreateBackendCommand(backend));
    await expect
      .poll(async () => (await client.send(new GetBackendJobCommand({ ...backend, JobId }))).Status, {
        timeout: 20_000,
      })
      .toBe('COMPLETED');
    expect((await sdk(url, 'AKIDEVERYTHING').send(new DeleteBackendCommand(backend))).Status).toBe('RUNNING');
    expect(logged.some((line) => line.includes('"audit":true') && line.includes('"caller":"AKIDEVERYTHING"'))).toBe(
      true,
    );
  });

  it('refuses what is not signed, before it says anything else of the request', async () => {
    const { url } = await testServer({ credentials });
    for (const answer of [
      await unsigned(url, '/backend/d1/details'),
      await unsigned(url, '/backend/d1/details', 'POST', '{'),
      await unsigned(url, '/backend/d1/job/staging/1', 'GET'),
      await unsigned(url, '/backend', 'POST', { wrong: true }),
    ]) {
      expect([answer.status, answer.headers.get('x-amzn-errortype'), answer.body.__type]).toEqual([
        403,
        'MissingAuthenticationTokenException',
        'MissingAuthenticationTokenException',
      ]);
      expect(answer.headers.get('x-amzn-errormessage')).toBe(answer.body.message);
    }
  });

  it('tells the AWS SDK by name why it was refused', async () => {
    const { url } = await testServer({ credentials });
    await expect(sdk(url, 'AKIDUNKNOWN').send(new GetBackendCommand(backend))).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
      $metadata: { httpStatusCode: 403 },
    });
  });

  it('lets a key touch only the apps that it is for, wherever a request names the app', async () => {
    const { url } = await testServer({ credentials });
    const limited = sdk(url, 'AKIDONEAPP');
    expect((await limited.send(new CreateBackendCommand(backend))).Status).toBe('RUNNING');
    const refused = { name: 'AccessDeniedException', $metadata: { httpStatusCode: 403 } };
    await expect(limited.send(new CreateBackendCommand({ ...backend, AppId: 'd2' }))).rejects.toMatchObject(refused);
    await expect(limited.send(new GetBackendCommand({ AppId: 'd2' }))).rejects.toMatchObject(refused);
  });

  it('asks no signature of a preflight, of the docs, the document and the health', async () => {
    const { url } = await testServer({ credentials });
    for (const path of ['/healthz', '/readyz', '/docs', '/openapi.json', '/openapi.yaml']) {
      expect((await headOf(`${url}${path}`)).statusCode).toBe(200);
    }
    expect((await unsigned(url, '/backend', 'OPTIONS')).status).toBe(200);
  });
});

describe('the command', () => {
  it('listens beyond loopback only with credentials', async () => {
    const refused = server(['--port', '0', '--database', ':memory:', '--host', '0.0.0.0']);
    expect(await refused.ended).toBe(2);
    expect(refused.output().stderr).toContain('give it --credentials');

    const path = join(temporaryFolder(), 'credentials');
    writeFileSync(path, file, { mode: 0o600 });
    const started = server(['--port', '0', '--database', ':memory:', '--host', '0.0.0.0', '--credentials', path]);
    const { port } = new URL(await ready(started));
    expect((await unsigned(`http://127.0.0.1:${port}`, '/backend/d1/details')).status).toBe(403);
    const read = sdk(`http://127.0.0.1:${port}`, 'AKIDEVERYTHING').send(new GetBackendCommand({ AppId: 'd1' }));
    await expect(read).rejects.toMatchObject({ name: 'NotFoundException' });
  });

  it('says in one sentence what is wrong with the credentials, and repeats nothing of them', async () => {
    const path = join(temporaryFolder(), 'credentials');
    writeFileSync(path, file.replace('aws_secret_access_key = another', 'aws_secret = another'), { mode: 0o600 });
    for (const [credentialsFile, expected] of [
      [path, 'credentials:'],
      [`${path}.none`, 'does not exist'],
    ] as const) {
      const refused = server(['--port', '0', '--database', ':memory:', '--credentials', credentialsFile]);
      expect(await refused.ended).toBe(1);
      expect(refused.output().stderr.trim().split('\n')).toHaveLength(1);
      expect(refused.output().stderr).toContain(expected);
      expect(refused.output().stderr).not.toContain('another-');
    }
  });
});
