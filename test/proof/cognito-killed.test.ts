import { describe, expect, it } from 'vitest';
import { cognitoServer } from '../helpers/cognito.ts';
import { operationsOfImported, operationsOfKinds } from '../helpers/cognitoKinds.ts';
import { isWrite, operations, patience, roles } from '../helpers/cognitoOperations.ts';
import { Scene } from '../helpers/cognitoScene.ts';
import { temporaryFolder } from '../helpers/folder.ts';
import { ended } from '../helpers/server.ts';

// The one that only takes away is as the others.
const { 'UpdateBackendAuth that takes it away': _less, ...cutOff } = {
  ...operations,
  ...operationsOfKinds,
  ...operationsOfImported,
};

describe.each(Object.entries(cutOff))('%s', (_, operation) => {
  it('that is cut off at any of its calls comes to the same end when it runs again, with nothing made twice', async () => {
    const database = `${temporaryFolder()}/backend.db`;
    const scene = await Scene.setUp({ database });
    const { fake, place } = scene;
    const { calls, end, again } = await scene.undisturbed(operation);
    for (const [index, call] of calls.entries()) {
      // At one that only reads, Cognito is as it was at the call before.
      if (!isWrite(call)) continue;
      await again();
      // Cognito does what it is asked for, but the server ends before it hears so.
      const reached = scene.fake.hangAt(index);
      const job = await operation.start(scene.server.url, place);
      await reached;
      await scene.server.stop(0);

      scene.server = await cognitoServer({ endpoint: fake.url, roles, patience, database });
      expect(await ended(scene.server.url, job), call).toMatchObject({ status: 'COMPLETED' });
      expect(fake.snapshot(), call).toEqual(end);
    }
  });
});
