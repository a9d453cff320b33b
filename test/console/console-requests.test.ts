import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import document from '../../generated/openapi.json' with { type: 'json' };
import { operationOf } from '../../pipeline/forms/document.ts';
import { curlOf } from '../../pipeline/forms/requests.ts';
import { SIGNING_BY_CURL } from '../../server/console/awsRequests.ts';
import { startServer } from '../../server/index.ts';
import { inShell, signedAndNot } from '../helpers/shellRequests.ts';

const isThere = spawnSync('curl', ['--version']).status === 0;
if (!isThere) console.warn('Skipped: curl is not on the PATH.');

// By the AWS CLI, which takes seconds to start, it is a proof.
describe.skipIf(!isThere && process.env.CI !== 'true')('the request to copy', () => {
  it.each(signedAndNot)('works in a shell by curl, on a server with the options %j', async (options) => {
    await using server = await startServer(options);
    const signed = 'credentials' in options;
    const target = { baseUrl: server.url, signed, ...(signed && { curlArguments: SIGNING_BY_CURL }) };
    const place = { appId: "it's an app", backendEnvironmentName: 'staging' };
    const created = await inShell(
      curlOf(operationOf(document, 'CreateBackend'), { ...place, appName: 'a\nb' }, target),
    );
    expect(created).toMatchObject({ appId: place.appId, operation: 'CreateBackend' });
  });
});
