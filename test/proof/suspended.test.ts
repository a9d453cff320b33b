import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { cognitoServer } from '../helpers/cognito.ts';
import { type CognitoFake, cognitoFake } from '../helpers/cognitoFake.ts';
import { isWrite, type Operation, operations, patience, roles, start } from '../helpers/cognitoOperations.ts';
import { hasPostgres, postgresDatabase } from '../helpers/postgres.ts';
import { type Run, server } from '../helpers/process.ts';
import { type Answer, ended, type Place, send, withEnvironment } from '../helpers/server.ts';

const SECRETS_KEY = 'the same key for every instance of a proof';
const LEASE = 1_500; // ms
const CLOCKS_APART = 60_000; // ms

/** A worker in a process of its own, which can be suspended. */
async function worker(database: string, fake: CognitoFake): Promise<Run> {
  const flags = ['--role', 'worker', '--port', '0', '--database', database, '--lease', String(LEASE)];
  const outside = ['--provisioner', 'cognito', '--cognito-endpoint', fake.url];
  const arns = ['--auth-role-arn', roles.authenticated, '--unauth-role-arn', roles.unauthenticated];
  const sms = ['--sms-role-arn', 'arn:aws:iam::123456789012:role/sms'];
  const run = server(['serve', ...flags, ...outside, ...arns, ...sms], {
    SECRETS_KEY,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
  await once(run.child.stdout ?? run.child, 'data');
  return run;
}

const completed = async (url: string, answer: Answer): Promise<void> => {
  const { status, error } = await ended(url, answer);
  expect({ status, error }).toEqual({ status: 'COMPLETED', error: undefined });
};

describe.skipIf(!hasPostgres)('a worker that was suspended for longer than its lease', () => {
  const { CreateBackendAuth: creation, 'UpdateBackendAuth that adds all there is': addition } = operations;
  const cases: [string, Operation][] = [
    ['CreateBackendAuth', creation],
    ['UpdateBackendAuth', addition],
  ];

  it.each(cases)(
    'a worker that was suspended for longer than its lease writes nothing over what another one has written since: %s',
    async (name, operation) => {
      const database = await postgresDatabase();
      const fake = await cognitoFake();
      const { child } = await worker(database, fake);
      // Its clock is a minute ahead of the other's.
      const { url } = await cognitoServer({
        ...{ endpoint: fake.url, roles, patience, database, secretsKey: SECRETS_KEY, lease: LEASE, admin: true },
        clock: () => Date.now() + CLOCKS_APART,
      });
      const hold = () => send(`${url}/admin/jobs/hold`, undefined);
      const release = () => send(`${url}/admin/jobs/release`, undefined);

      /** Suspends the worker as Cognito has done its call with this index. Answers whether there was such a call. */
      const suspendAt = async (index: number): Promise<boolean> => {
        const place: Place = await withEnvironment(url);
        if (operation.before !== undefined) await completed(url, await start.create(operation.before)(url, place));
        await hold();
        let next = 0;
        const { promise: suspended, resolve } = Promise.withResolvers<true>();
        fake.fault = () => {
          if (next++ === index) {
            child.kill('SIGSTOP');
            resolve(true);
          }
          return undefined;
        };
        const job = await operation.start(url, place);
        const wasThere = await Promise.race([suspended, ended(url, job).then(() => false)]);
        fake.fault = () => undefined;
        await release();
        if (!wasThere) return false;

        await completed(url, job);
        const newer = { authResources: 'USER_POOL_ONLY', service: 'COGNITO' };
        for (const minimumLength of [70, 77]) {
          const userPoolConfigs = { passwordPolicy: { minimumLength } };
          await completed(url, await start.update({ ...newer, userPoolConfigs })(url, place));
        }
        const [after, calls] = [fake.snapshot(), fake.calls.length];
        child.kill('SIGCONT');
        await sleep(2 * LEASE);
        expect(fake.names().slice(calls).filter(isWrite), `call ${index}`).toEqual([]);
        expect(fake.snapshot(), `call ${index}`).toEqual(after);
        // Whichever worker made it, there is one.
        expect(fake.userPools.pools.size, `call ${index}`).toBe(1);
        // The next environment wants the same domain.
        await completed(url, await start.remove(url, place));
        return true;
      };

      let index = 0;
      while (await suspendAt(index)) index += 1;
      expect(index).toBeGreaterThan(3);
      console.log(
        `${name}: suspended at each of its ${index} calls, clocks a minute apart; no stale write, no second pool.`,
      );
    },
  );
});
