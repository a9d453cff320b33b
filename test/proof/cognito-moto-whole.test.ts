import { expect, it } from 'vitest';
import { change, cognitoServer, created, resourcesOf } from '../helpers/cognito.ts';
import { configs } from '../helpers/cognitoConfigs.ts';
import { changedPaths } from '../helpers/cognitoDifference.ts';
import { describeWith, moto } from '../helpers/cognitoEmulator.ts';
import { importedKinds, kinds } from '../helpers/cognitoKinds.ts';
import { type Ids, MotoPools, withRoles } from '../helpers/cognitoMotoWhole.ts';
import { ended, send, withEnvironment } from '../helpers/server.ts';

const COMPLETED = { status: 'COMPLETED' };

/** moto does not keep the one, and the other stays there where an update of a client leaves it out. */
const NOT_AT_MOTO = /EmailMfaConfiguration|DefaultRedirectURI/;
const kept = (changes: readonly string[]) => changes.filter((path) => !NOT_AT_MOTO.test(path)).sort();

describeWith(moto, (endpoint) => {
  async function setUp() {
    const identityEndpoint = await withRoles(endpoint());
    const pools = new MotoPools(endpoint(), identityEndpoint);
    const server = await cognitoServer({ endpoint: endpoint(), identityEndpoint });
    return { pools, server };
  }

  it('an update of a pool that was changed by hand changes what it names and nothing else', async () => {
    const { pools, server } = await setUp();
    for (const [kind, config, changes] of kinds) {
      await pools.reset();
      const place = await created(server.url, configs.whole);
      const ids = (await resourcesOf(server, place)) as unknown as Ids;
      await pools.fill(ids);
      const before = await pools.readBack(ids);
      expect(await change(server.url, place, config), kind).toMatchObject(COMPLETED);
      expect(changedPaths(before, await pools.readBack(ids)).sort(), kind).toEqual(kept(changes));
    }
  });

  it('an update of an imported pool changes what it names and nothing else', async () => {
    const { pools, server } = await setUp();
    for (const [kind, of, changes] of importedKinds) {
      await pools.reset();
      const ids = await pools.make();
      await pools.fill(ids);
      const before = await pools.readBack(ids);
      const { auth, appId, environment } = await withEnvironment(server.url);
      expect(await ended(server.url, await send(`${auth}/import`, ids)), kind).toMatchObject(COMPLETED);
      const body = { backendEnvironmentName: environment };
      const { amplifyMetaConfig } = (await send(`${server.url}/backend/${appId}/details`, body)).body;
      const [resourceName] = Object.keys(JSON.parse(amplifyMetaConfig).auth);
      const { resourceConfig } = (await send(`${auth}/details`, { resourceName })).body;
      const [userPoolConfigs, more] = of(resourceConfig);
      const { authResources, service } = resourceConfig;
      const update = { resourceName, resourceConfig: { authResources, service, userPoolConfigs, ...more } };
      expect(await ended(server.url, await send(auth, update)), kind).toMatchObject(COMPLETED);
      expect(changedPaths(before, await pools.readBack(ids)).sort(), kind).toEqual(kept(changes));
    }
  });
});
