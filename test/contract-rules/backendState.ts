import { randomUUID } from 'node:crypto';
import type { Operation } from '../../pipeline/contract/document/document.ts';
import { isObject } from '../../pipeline/contract/document/json.ts';
import type { Prepared, State } from '../../pipeline/contract/state/state.ts';
import type { Answer } from '../../pipeline/contract/wire/messages.ts';
import type { Sender } from '../../pipeline/contract/wire/sender.ts';
import { Calls, type JobRecord, type Place, RESOURCE } from './calls.ts';
import { passwordUpdate, plainConfig } from './configs.ts';

/** A place, and whether its resource is there. */
interface Held extends Place {
  auth: boolean;
}

/** Backends that the suite makes through the API itself, and removes. One environment serves until a case uses it up. */
export class BackendState implements State {
  readonly #calls: Calls;
  readonly #apps = new Set<string>();
  /** The ended job of the last request that started one. */
  lastJob: JobRecord | undefined;
  #held: Held | undefined;
  #jobId = randomUUID() as string;

  constructor(sender: Sender, jobTimeout: number) {
    this.#calls = new Calls(sender, jobTimeout);
  }

  async prepare({ id, parameters }: Operation, body: unknown): Promise<Prepared> {
    const held = id === 'CreateBackend' ? { ...newPlace(), auth: false } : await this.#environment(needsAuth(id));
    if (id === 'CreateBackend') this.#apps.add(held.appId);
    if (id === 'ListBackendJobs') await this.#history(held);
    if (id === 'UpdateBackendJob') await this.#startJob(held);
    const names: Record<string, string> = {
      appId: held.appId,
      backendEnvironmentName: held.environment,
      jobId: this.#jobId,
      resourceName: RESOURCE,
      targetEnvironmentName: `clone${randomUUID().slice(0, 8)}`,
      nextToken: id === 'ListBackendJobs' ? await this.#token(held) : '',
    };
    const ofPath = parameters.filter((parameter) => parameter.in === 'path');
    return {
      parameters: Object.fromEntries(ofPath.map(({ name }) => [name, names[name] ?? ''])),
      body: named(body, names),
    };
  }

  async settle({ id }: Operation, { parameters, body }: Prepared, answer: Answer): Promise<void> {
    this.lastJob = undefined;
    if (answer.status >= 300 || !isObject(answer.json) || typeof answer.json.jobId !== 'string') return;
    if (READS.includes(id)) return;
    const sent = isObject(body) ? body : {};
    const appId = String(parameters.appId ?? sent.appId);
    const environment = String(parameters.backendEnvironmentName ?? sent.backendEnvironmentName);
    // Where all environments are removed, the job is found under each of them.
    const place =
      id === 'RemoveAllBackends' ? { appId, environment: this.#held?.environment ?? '' } : { appId, environment };
    this.lastJob = await this.#calls.ended(this.#calls.started(answer, place));
    if (USES_UP.includes(id)) this.#held = undefined;
  }

  /** Nothing is left behind, whatever went wrong; whether it worked is not what is tested here. */
  async close(): Promise<void> {
    for (const appId of this.#apps) await this.#calls.removeApp(appId);
  }

  async #environment(auth: boolean): Promise<Held> {
    const calls = this.#calls;
    if (this.#held === undefined) {
      const [known] = this.#apps;
      const place = { ...newPlace(), ...(known !== undefined && { appId: known }) };
      this.#apps.add(place.appId);
      await calls.done(await calls.createBackend(place), place);
      this.#held = { ...place, auth: false };
    }
    const held = this.#held;
    if (auth && !held.auth) {
      await calls.done(await calls.createAuth(held, plainConfig), held);
      held.auth = true;
      const updated = await calls.done(await calls.updateAuth(held, passwordUpdate(10)), held);
      this.#jobId = updated.jobId;
    }
    return held;
  }

  /** Three updates, so that there are pages. */
  async #history(held: Held): Promise<void> {
    if (this.#filled === held) return;
    for (const length of [11, 12])
      await this.#calls.done(await this.#calls.updateAuth(held, passwordUpdate(length)), held);
    this.#filled = held;
  }

  #filled: Held | undefined;

  async #token(place: Place): Promise<string> {
    const { json } = await this.#calls.listJobs(place, {
      maxResults: 1,
      operation: 'UpdateBackendAuth',
      status: 'COMPLETED',
    });
    return isObject(json) && typeof json.nextToken === 'string' ? json.nextToken : '';
  }

  /** A job that runs, for as long as it does: its environment is not waited for. */
  async #startJob(held: Held): Promise<void> {
    const calls = this.#calls;
    await calls.ended({ ...held, jobId: this.#jobId });
    this.#jobId = calls.started(await calls.updateAuth(held, passwordUpdate(10)), held).jobId;
  }
}

const READS = ['GetBackend', 'GetBackendAuth', 'ListBackendJobs', 'GetBackendJob', 'UpdateBackendJob'];
/** Operations that take away the next case's resource. */
const USES_UP = ['CreateBackendAuth', 'ImportBackendAuth', 'DeleteBackendAuth', 'DeleteBackend', 'RemoveAllBackends'];
const needsAuth = (id: string): boolean => !['CreateBackendAuth', 'ImportBackendAuth'].includes(id);

const newPlace = (): Place => ({
  appId: `d${randomUUID().replaceAll('-', '').slice(0, 12)}`,
  environment: `env${randomUUID().slice(0, 6)}`,
});

/** The body with the names of what exists, where it names something. A token belongs to the list that it came from. */
function named(body: unknown, names: Readonly<Record<string, string>>): unknown {
  if (!isObject(body)) return body;
  const paged = typeof body.nextToken === 'string' && names.nextToken !== '';
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      if (paged && name === 'operation' && typeof value === 'string') return [name, 'UpdateBackendAuth'];
      if (paged && name === 'status' && typeof value === 'string') return [name, 'COMPLETED'];
      return [name, typeof value === 'string' && names[name] ? names[name] : value];
    }),
  );
}
