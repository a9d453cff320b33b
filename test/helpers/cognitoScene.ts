import { cognitoServer } from './cognito.ts';
import { type CognitoFake, cognitoFake } from './cognitoFake.ts';
import { type Operation, patience, roles, start } from './cognitoOperations.ts';
import { type Answer, ended, type Place, send, type TestServer, withEnvironment } from './server.ts';

/** A server whose jobs configure a fake, and an environment of it. */
export class Scene {
  readonly fake: CognitoFake;
  readonly place: Place;
  server: TestServer;

  constructor(fake: CognitoFake, server: TestServer, place: Place) {
    this.fake = fake;
    this.server = server;
    this.place = place;
  }

  static async setUp(more: object = {}): Promise<Scene> {
    const fake = await cognitoFake();
    const server = await cognitoServer({ endpoint: fake.url, roles, patience, ...more });
    return new Scene(fake, server, await withEnvironment(server.url));
  }

  async run(begin: Operation['start']): Promise<Answer['body']> {
    return ended(this.server.url, await begin(this.server.url, this.place));
  }

  async shown(): Promise<unknown> {
    const { appId, environment } = this.place;
    const url = `${this.server.url}/backend/${appId}/auth/${environment}/details`;
    return (await send(url, { resourceName: 'auth' })).body;
  }

  /** Runs the operation with nothing in its way: its calls, and what Cognito has then. `again` is as it was before it. */
  async undisturbed({ before, byHand, prepare, start: begin }: Operation) {
    if (before !== undefined) await this.#complete(start.create(before));
    byHand?.(this.fake);
    await prepare?.(this);
    const [atCognito, stored] = [this.fake.save(), await this.#rows()];
    this.fake.calls.length = 0;
    await this.#complete(begin);
    const [calls, end] = [this.fake.names(), this.fake.snapshot()];
    const again = async () => {
      this.fake.restore(atCognito);
      this.fake.fault = () => undefined;
      this.fake.calls.length = 0;
      const { db } = this.server.services.store;
      await db.deleteFrom('auth_resource').execute();
      if (stored.length > 0) await db.insertInto('auth_resource').values(stored).execute();
    };
    await again();
    return { calls, end, again };
  }

  readonly #rows = () => this.server.services.store.db.selectFrom('auth_resource').selectAll().execute();

  async #complete(begin: Operation['start']): Promise<void> {
    const job = await this.run(begin);
    if (job.status !== 'COMPLETED') throw new Error(`${job.operation} failed: ${job.error}`);
  }
}
