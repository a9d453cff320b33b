import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import document from '../../generated/openapi.json' with { type: 'json' };
import { operationOf } from '../../pipeline/forms/document.ts';
import { curlOf } from '../../pipeline/forms/requests.ts';
import { awsCliOf, SIGNING_BY_CURL } from '../../server/console/awsRequests.ts';
import { startServer } from '../../server/index.ts';

const missing = ['curl', 'aws'].filter((program) => spawnSync(program, ['--version']).status !== 0);
if (missing.length > 0) console.warn(`Skipped: ${missing.join(' and ')} not on the PATH.`);

const key = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI' };
const env = {
  ...process.env,
  AWS_ACCESS_KEY_ID: key.accessKeyId,
  AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
  AWS_REGION: 'eu-central-1',
  AWS_PAGER: '',
  AWS_EC2_METADATA_DISABLED: 'true',
};

async function run(command: string | undefined): Promise<unknown> {
  const { stdout } = await promisify(execFile)('sh', ['-c', command ?? 'exit 1'], { env });
  return JSON.parse(stdout);
}

describe.skipIf(missing.length > 0 && process.env.CI !== 'true')('the request to copy', () => {
  it('works in a shell, by curl and by the AWS CLI, on a server that wants it signed and on one that does not', async () => {
    for (const signed of [true, false]) {
      await using server = await startServer(signed ? { credentials: [key] } : {});
      const target = { baseUrl: server.url, signed, ...(signed && { curlArguments: SIGNING_BY_CURL }) };
      const place = { appId: "it's an app", backendEnvironmentName: 'staging' };

      const created = await run(curlOf(operationOf(document, 'CreateBackend'), { ...place, appName: 'a\nb' }, target));
      expect(created).toMatchObject({ appId: place.appId, operation: 'CreateBackend' });

      const cli = awsCliOf(operationOf(document, 'GetBackend'), place, target);
      expect(await run(cli)).toMatchObject({ AppId: place.appId, AppName: 'a\nb' });
    }
  });
});
