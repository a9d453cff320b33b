import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import document from '../../generated/openapi.json' with { type: 'json' };
import { operationOf } from '../../pipeline/forms/document.ts';
import { awsCliOf } from '../../server/console/awsRequests.ts';
import { startServer } from '../../server/index.ts';
import { inShell, signedAndNot } from '../helpers/shellRequests.ts';

const isThere = spawnSync('aws', ['--version']).status === 0;
if (!isThere) console.warn('Skipped: the AWS CLI is not on the PATH.');

describe.skipIf(!isThere && process.env.CI !== 'true')('the request to copy', () => {
  it.each(signedAndNot)('works in a shell by the AWS CLI, on a server with the options %j', async (options) => {
    await using server = await startServer(options);
    const target = { baseUrl: server.url, signed: 'credentials' in options };
    const place = { appId: "it's an app", backendEnvironmentName: 'staging' };
    const create = awsCliOf(operationOf(document, 'CreateBackend'), { ...place, appName: 'a\nb' }, target);
    expect(await inShell(create)).toMatchObject({ AppId: place.appId, Operation: 'CreateBackend' });
    const read = awsCliOf(operationOf(document, 'GetBackend'), place, target);
    expect(await inShell(read)).toMatchObject({ AppId: place.appId, AppName: 'a\nb' });
  });
});
