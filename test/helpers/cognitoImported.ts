import { expect } from 'vitest';
import { configs } from './cognitoConfigs.ts';
import type { CognitoFake } from './cognitoFake.ts';
import { start } from './cognitoOperations.ts';
import { enrich } from './cognitoRich.ts';
import { Scene } from './cognitoScene.ts';
import { type Answer, ended, send, type TestServer, withEnvironment } from './server.ts';

const COMPLETED = { status: 'COMPLETED' };

/** A pool that a stranger made and filled with every setting there is, imported by a server that knows nothing of it. */
export class Imported {
  readonly fake: CognitoFake;
  readonly server: TestServer;
  readonly #auth: string;
  readonly #resourceName: string;

  constructor(scene: Scene, auth: string, resourceName: string) {
    this.fake = scene.fake;
    this.server = scene.server;
    this.#auth = auth;
    this.#resourceName = resourceName;
  }

  /** `prepare` is what else the stranger does before the import. */
  static async setUp(prepare: (fake: CognitoFake) => void = () => {}): Promise<Imported> {
    const scene = await Scene.setUp();
    expect(await scene.run(start.create(configs.whole))).toMatchObject(COMPLETED);
    const { fake, server } = scene;
    enrich(fake);
    const [userPoolId = '', pool] = [...fake.userPools.pools][0] ?? [];
    const [identityPoolId] = fake.identityPools.pools.keys();
    const client = (name: string) => [...(pool?.clients.values() ?? [])].find(({ ClientName }) => ClientName === name);
    const [web, native] = [client('auth_app_clientWeb'), client('auth_app_client')];
    Object.assign(native ?? {}, { ClientSecret: 'secret of the native client' });
    pool?.clients.get('third')?.SupportedIdentityProviders.splice(1);
    prepare(fake);
    const ids = { userPoolId, webClientId: web?.ClientId, nativeClientId: native?.ClientId, identityPoolId };
    const { auth, appId, environment } = await withEnvironment(server.url);
    const before = fake.snapshot();
    expect(await ended(server.url, await send(`${auth}/import`, ids))).toMatchObject(COMPLETED);
    expect(fake.snapshot()).toEqual(before);
    const body = { backendEnvironmentName: environment };
    const { amplifyMetaConfig } = (await send(`${server.url}/backend/${appId}/details`, body)).body;
    const [resourceName = ''] = Object.keys(JSON.parse(amplifyMetaConfig).auth);
    fake.calls.length = 0;
    return new Imported(scene, auth, resourceName);
  }

  async shown(): Promise<Answer['body']> {
    return (await send(`${this.#auth}/details`, { resourceName: this.#resourceName })).body.resourceConfig;
  }

  /** Keeps all as it is now; what is answered brings it back. */
  async keep(): Promise<() => Promise<void>> {
    const { db } = this.server.services.store;
    const [atCognito, stored] = [this.fake.save(), await db.selectFrom('auth_resource').selectAll().execute()];
    return async () => {
      this.fake.restore(atCognito);
      this.fake.calls.length = 0;
      await db.deleteFrom('auth_resource').execute();
      await db.insertInto('auth_resource').values(stored).execute();
    };
  }

  /** Updates what is named; the rest stays. */
  async update(userPoolConfigs: object, more: object = {}): Promise<Answer['body']> {
    const { authResources, service } = await this.shown();
    const resourceConfig = { authResources, service, userPoolConfigs, ...more };
    return ended(this.server.url, await send(this.#auth, { resourceName: this.#resourceName, resourceConfig }));
  }
}
