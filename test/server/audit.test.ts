import { describe, expect, it } from 'vitest';
import { createClient } from '../../client/admin.ts';
import adminDocument from '../../generated/admin/openapi.json' with { type: 'json' };
import document from '../../generated/openapi.json' with { type: 'json' };
import { audited } from '../../server/audit.ts';
import { send, testServer, withAuth } from '../helpers/server.ts';

const operationsOf = ({ paths }: { paths: object }): string[] =>
  Object.values(paths).flatMap((item) =>
    Object.entries(item as Record<string, { operationId?: string }>).flatMap(([method, { operationId }]) =>
      operationId === undefined || method === 'options' ? [] : [operationId],
    ),
  );
const audits = (logged: readonly string[]) =>
  logged.filter((line) => line.includes('"audit":true')).map((line) => JSON.parse(line));

describe('the audit log', () => {
  it('has a line for each operation of both documents that changes something, and none for one that reads', async () => {
    const operations = [...operationsOf(document), ...operationsOf(adminDocument)];
    const lines: string[] = [];
    const request = { headers: {}, log: { info: ({ operation }: { operation: string }) => lines.push(operation) } };
    const handlers = audited(Object.fromEntries(operations.map((id) => [id, async () => ({})])));
    for (const handler of Object.values(handlers)) await handler({} as never, {}, request as never);
    expect(lines).toEqual(operations.filter((id) => !/^(Get|List)/.test(id)));
    expect(lines).toContain('ImportState');
    expect(lines).not.toContain('GetBackendAuth');
  });

  it('says who ended a job and who emptied the state, by the request ids of their answers', async () => {
    const { url, logged } = await testServer({ admin: true, jobTime: 60_000 });
    const backend = { appId: 'd1', appName: 'shop', backendEnvironmentName: 'staging' };
    const { jobId } = (await send(`${url}/backend`, backend)).body;
    const ended = await send(`${url}/backend/d1/job/staging/${jobId}`, { status: 'FAILED' });
    await createClient({ baseUrl: url }).resetState();
    expect(audits(logged)).toMatchObject([
      { operation: 'CreateBackend', appId: 'd1', backendEnvironmentName: 'staging', jobId },
      { operation: 'UpdateBackendJob', jobId, requestId: ended.headers.get('x-amzn-requestid') },
      { operation: 'ResetState', requestId: expect.any(String) },
    ]);
  });

  it('has no line for a change that was refused, and no text of a body', async () => {
    const { url, logged } = await testServer();
    const { auth } = await withAuth(url);
    const before = audits(logged).length;
    expect((await send(auth, { resourceName: 'hush', resourceConfig: {} })).status).toBe(400);
    expect((await send(`${auth}/remove`, { resourceName: 'hush' })).status).toBe(404);
    expect(audits(logged)).toHaveLength(before);
    expect(logged.join('')).not.toContain('hush');
  });
});
