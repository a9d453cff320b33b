import { describe, expect, it, onTestFinished } from 'vitest';
import { createClient, waitForJob } from '../../client/index.ts';
import { createClient as createSigned } from '../../client/sigv4.ts';
import { type StartOptions, startServer } from '../../server/index.ts';
import { temporaryFolder } from '../helpers/folder.ts';
import { run } from '../helpers/process.ts';
import { headOf } from '../helpers/server.ts';

const backend = { appId: 'd1', appName: 'shop', backendEnvironmentName: 'staging' };

async function started(options?: StartOptions) {
  const server = await startServer(options);
  onTestFinished(() => server.stop());
  return { server, client: createClient({ baseUrl: server.url }) };
}

describe('startServer', () => {
  it('needs no options: it is on a free port of this machine, in memory, and is gone at the end of its block', async () => {
    let url: string;
    {
      await using one = await startServer();
      await using other = await startServer();
      expect(one.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      expect(other.url).not.toBe(one.url);
      url = one.url;
      const client = createClient({ baseUrl: url });
      await waitForJob(client, await client.createBackend(backend));
      await expect(createClient({ baseUrl: other.url }).getBackend(backend)).rejects.toMatchObject({ status: 404 });
    }
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });

  it('logs nothing, and leaves no file behind', async () => {
    const cwd = temporaryFolder();
    const program = `
      process.chdir(${JSON.stringify(cwd)});
      const { startServer } = await import(${JSON.stringify(new URL('../../server/index.ts', import.meta.url).href)});
      await using server = await startServer();
      await fetch(server.url + '/backend/x/details', { method: 'POST' });
      const { readdirSync } = await import('node:fs');
      console.log(JSON.stringify(readdirSync(${JSON.stringify(cwd)})));
    `;
    const child = run(process.execPath, ['--input-type=module', '-e', program]);
    expect(await child.ended).toBe(0);
    expect(child.output()).toEqual({ stdout: '[]\n', stderr: '' });
  });

  it('is empty again after a reset, also where it has no /admin', async () => {
    const { server, client } = await started();
    await waitForJob(client, await client.createBackend(backend));
    await server.reset();
    await expect(client.getBackend(backend)).rejects.toMatchObject({ status: 404 });
    await waitForJob(client, await client.createBackend(backend));
  });

  it('makes the demo, and makes it again after a reset', async () => {
    const { server, client } = await started({ demo: true, seed: 'demo' });
    const read = () => client.getBackend({ appId: 'd1a2b3c4d5e6f7' });
    const before = await read();
    await client.removeAllBackends({ appId: 'd1a2b3c4d5e6f7' });
    await server.reset();
    expect(await read()).toEqual(before);
  });

  it('asks for signatures where it has credentials', async () => {
    const key = { accessKeyId: 'AKIDTEST', secretAccessKey: 'secretsecretsecretsecretsecretsecretsecr' };
    const { server, client } = await started({ credentials: [{ ...key, appIds: ['d1'] }] });
    await expect(client.createBackend(backend)).rejects.toMatchObject({ status: 403 });
    const signed = createSigned({ baseUrl: server.url, region: 'us-east-1', credentials: key });
    expect(await signed.createBackend(backend)).toMatchObject({ status: 'RUNNING' });
    await expect(signed.createBackend({ ...backend, appId: 'd2' })).rejects.toMatchObject({ status: 403 });
  });

  it.each([
    [{ host: '0.0.0.0' }, TypeError, 'Without credentials the host has to be a loopback address'],
    [{ database: 'postgres://x/y' }, TypeError, 'there has to be a secretsKey'],
    [{ database: '/dev/null/state.db' }, Error, "can't be opened"],
  ])('rejects %j in a sentence', async (options, type, sentence) => {
    const error = await startServer(options).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(type);
    expect(error.message).toContain(sentence);
  });

  it('keeps an idle connection longer than the 60 s of a load balancer, which has to be the one that closes it', async () => {
    const { server } = await started();
    const { headers } = await headOf(`${server.url}/healthz`);
    expect(Number(/timeout=(\d+)/.exec(String(headers['keep-alive']))?.[1])).toBeGreaterThan(60);
  });

  it('may be stopped twice', async () => {
    const server = await startServer();
    await Promise.all([server.stop(), server.stop()]);
    await server[Symbol.asyncDispose]();
  });
});
