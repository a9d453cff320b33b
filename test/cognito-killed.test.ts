import { describe, expect, it } from 'vitest';
import { cognitoServer } from './helpers/cognito.ts';
import { cognitoFake } from './helpers/cognitoFake.ts';
import { type Operation, operations, patience, roles, start } from './helpers/cognitoOperations.ts';
import { temporaryFolder } from './helpers/folder.ts';
import { ended, type TestServer, withEnvironment } from './helpers/server.ts';

const COMPLETED = { status: 'COMPLETED' };

describe.each(Object.entries(operations))('%s', (_, operation) => {
  it('that is cut off at any of its calls comes to the same end when it runs again, with nothing made twice', async () => {
    const fake = await cognitoFake();
    const database = `${temporaryFolder()}/backend.db`;
    const startServer = () => cognitoServer({ endpoint: fake.url, roles, patience, database });
    let server = await startServer();
    const place = await withEnvironment(server.url);
    const run = async (begin: Operation['start']) => ended(server.url, await begin(server.url, place));

    const prepare = async () => {
      fake.fault = () => undefined;
      if (fake.userPools.pools.size > 0) expect(await run(start.remove)).toMatchObject(COMPLETED);
      if (operation.before !== undefined) expect(await run(start.create(operation.before))).toMatchObject(COMPLETED);
      fake.calls.length = 0;
    };
    await prepare();
    expect(await run(operation.start)).toMatchObject(COMPLETED);
    const [calls, end] = [fake.names(), fake.snapshot()];

    for (const [index, call] of calls.entries()) {
      await prepare();
      const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
      let next = 0;
      // The call does its work at Cognito, but its answer does not come before the end.
      fake.fault = () => {
        if (next++ !== index) return undefined;
        reach();
        return 'say nothing';
      };
      const job = await operation.start(server.url, place);
      await reached;
      const stopping: TestServer = server;
      await stopping.stop(0);

      server = await startServer();
      expect(await ended(server.url, job), call).toMatchObject(COMPLETED);
      expect(fake.snapshot(), call).toEqual(end);
    }
  });
});
