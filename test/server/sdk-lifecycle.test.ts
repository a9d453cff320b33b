import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as sdk from '@aws-sdk/client-amplifybackend';
import { describe, expect, it, onTestFinished } from 'vitest';
import { operations } from '../../generated/operations.ts';
import { testServer } from '../helpers/server.ts';

const place = { AppId: 'd1a2b3c4d5e6f7', BackendEnvironmentName: 'staging' };
const ResourceName = 'auth';
const config = {
  AuthResources: 'USER_POOL_ONLY',
  Service: 'COGNITO',
  UserPoolConfigs: { RequiredSignUpAttributes: ['EMAIL'], SignInMethod: 'EMAIL', UserPoolName: 'users' },
} as const;

function connect(endpoint: string) {
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
  const client = new sdk.AmplifyBackendClient({ endpoint, region: 'us-east-1', credentials });
  onTestFinished(() => client.destroy());
  const called = new Set<string>();
  client.middlewareStack.add(
    (next, context) => (args) => {
      called.add(String(context.commandName).replace(/Command$/, ''));
      return next(args);
    },
    { step: 'initialize' },
  );
  const completed = async ({ JobId }: { JobId?: string | undefined }, BackendEnvironmentName = 'staging') => {
    for (;;) {
      const job = await client.send(new sdk.GetBackendJobCommand({ ...place, BackendEnvironmentName, JobId }));
      if (job.Status !== 'RUNNING') return expect(job).toMatchObject({ Status: 'COMPLETED', JobId });
    }
  };
  return { client, called, completed };
}

describe("AWS's own SDK", () => {
  it('drives every operation of the contract', async () => {
    const { url } = await testServer();
    const { client, called, completed } = connect(url);
    await completed(await client.send(new sdk.CreateBackendCommand({ ...place, AppName: 'shop' })));
    const imported = { UserPoolId: 'us-east-1_Ab1Cd2Ef3', WebClientId: 'web', NativeClientId: 'native' };
    await completed(await client.send(new sdk.ImportBackendAuthCommand({ ...place, ...imported })));
    const backend = await client.send(new sdk.GetBackendCommand(place));
    expect(backend).toMatchObject({ ...place, AppName: 'shop', BackendEnvironmentList: ['staging'] });
    const [name = ''] = Object.keys(JSON.parse(backend.AmplifyMetaConfig ?? '').auth);
    await completed(await client.send(new sdk.DeleteBackendAuthCommand({ ...place, ResourceName: name })));

    const create = new sdk.CreateBackendAuthCommand({
      ...place,
      ResourceName,
      ResourceConfig: {
        ...config,
        UserPoolConfigs: { ...config.UserPoolConfigs, RequiredSignUpAttributes: ['EMAIL'] },
      },
    });
    await completed(await client.send(create));
    const changed = { ...config, UserPoolConfigs: { PasswordPolicy: { MinimumLength: 14 } } };
    const update = new sdk.UpdateBackendAuthCommand({ ...place, ResourceName, ResourceConfig: changed });
    await completed(await client.send(update));
    const read = await client.send(new sdk.GetBackendAuthCommand({ ...place, ResourceName }));
    expect(read.ResourceConfig?.UserPoolConfigs?.PasswordPolicy?.MinimumLength).toBe(14);

    const clone = new sdk.CloneBackendCommand({ ...place, TargetEnvironmentName: 'production' });
    const cloned = await client.send(clone);
    await completed(cloned);
    const { JobId } = cloned;
    const same = await client.send(new sdk.UpdateBackendJobCommand({ ...place, JobId, Status: 'COMPLETED' }));
    expect(same).toMatchObject({ Status: 'COMPLETED', Operation: 'CloneBackend' });
    const listed = await client.send(new sdk.ListBackendJobsCommand(place));
    expect(listed.Jobs?.[0]).toMatchObject({ JobId, Operation: 'CloneBackend' });
    const production = { ...place, BackendEnvironmentName: 'production' };
    await completed(await client.send(new sdk.DeleteBackendCommand(production)), 'production');
    await completed(await client.send(new sdk.RemoveAllBackendsCommand({ AppId: place.AppId, CleanAmplifyApp: true })));
    await expect(client.send(new sdk.GetBackendCommand(place))).rejects.toBeInstanceOf(sdk.NotFoundException);

    expect([...called].sort()).toEqual(Object.keys(operations).sort());
  });

  it('pages through ListBackendJobs by its token', async () => {
    const { url } = await testServer();
    const { client, completed } = connect(url);
    await completed(await client.send(new sdk.CreateBackendCommand({ ...place, AppName: 'shop' })));
    for (let count = 0; count < 6; count++) {
      const clone = new sdk.CloneBackendCommand({ ...place, TargetEnvironmentName: `copy${count}` });
      await completed(await client.send(clone));
    }
    const pages: (string | undefined)[][] = [];
    let NextToken: string | undefined;
    do {
      const page = await client.send(new sdk.ListBackendJobsCommand({ ...place, MaxResults: 3, NextToken }));
      pages.push((page.Jobs ?? []).map(({ JobId }) => JobId));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    expect(pages.map((page) => page.length)).toEqual([3, 3, 1]);
    expect(new Set(pages.flat()).size).toBe(7);
  });

  it.each(['504', 'lost'] as const)(
    'makes one job when its automatic retry follows an answer that was %s',
    async (fault) => {
      const { url } = await testServer({ jobTime: 100 });
      const { client } = connect(await loseFirst(url, fault));
      const created = await client.send(new sdk.CreateBackendCommand({ ...place, AppName: 'shop' }));
      expect(created.$metadata.attempts).toBe(2);
      const { completed, client: direct } = connect(url);
      await completed(created);
      const { Jobs } = await direct.send(new sdk.ListBackendJobsCommand(place));
      expect(Jobs).toHaveLength(1);
    },
  );
});

describe('an operation of the service that the contract does not have', () => {
  it('is known to the server as not served, so that none answers 404', async () => {
    const { url } = await testServer();
    const { client } = connect(url);
    const outside = Object.entries(sdk).flatMap(([name, value]) => {
      const isOutside =
        name.endsWith('Command') && name !== '$Command' && !(name.replace(/Command$/, '') in operations);
      return isOutside ? [[name, value as unknown as new (input: object) => sdk.GetBackendCommand] as const] : [];
    });
    expect(outside.length).toBeGreaterThan(15);
    for (const [name, Command] of outside) {
      const anything = {
        AppId: 'd1',
        BackendEnvironmentName: 'dev',
        SessionId: 's',
        ResourceName: 'r',
        ServiceName: 'S3',
      };
      const answer = client.send(new Command(anything)).catch((error: Error) => error);
      expect([name, await answer]).toMatchObject([
        name,
        { name: 'NotImplementedException', $metadata: { httpStatusCode: 501 } },
      ]);
    }
  });
});

/** A proxy that lets the first request through and loses its answer. */
async function loseFirst(target: string, fault: '504' | 'lost'): Promise<string> {
  let first = true;
  const proxy = createServer((incoming, outgoing) => {
    const loses = first;
    first = false;
    const forwarded = request(
      new URL(incoming.url ?? '/', target),
      { method: incoming.method, headers: incoming.headers },
      (answer) => {
        if (!loses) {
          outgoing.writeHead(answer.statusCode ?? 0, answer.headers);
          answer.pipe(outgoing);
          return;
        }
        answer.resume();
        if (fault === 'lost') return outgoing.destroy();
        outgoing.writeHead(504, { 'content-type': 'application/json', 'x-amzn-errortype': 'GatewayTimeoutException' });
        outgoing.end('{"message":"Lost."}');
      },
    );
    incoming.pipe(forwarded);
  });
  proxy.listen(0, '127.0.0.1');
  onTestFinished(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  await new Promise((resolve) => proxy.once('listening', resolve));
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}
