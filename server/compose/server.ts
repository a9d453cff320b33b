import type { RequestListener } from 'node:http';
import { StateKeeper } from '../admin/stateKeeper.ts';
import type { Services } from '../operations/handler.ts';
import { Verifier } from '../signing/verify.ts';
import { type AdminOptions, adminOf, seedingOf } from './admin.ts';
import { type AppOptions, appOf } from './app.ts';
import { controlsOf } from './controls.ts';
import { DRAIN_TIMEOUT } from './defaults.ts';
import { makeDemo } from './demo.ts';
import { type JobsOptions, jobsOf } from './jobs.ts';
import { close, type ListenerOptions, listen, urlOf } from './listener.ts';
import { openStored, type Stored, type StoreOptions } from './store.ts';
import { type World, type WorldOptions, worldOf } from './world.ts';

export interface ServerOptions
  extends StoreOptions,
    JobsOptions,
    AppOptions,
    AdminOptions,
    ListenerOptions,
    WorldOptions {
  /** Creates an app, an environment and an auth resource to try things on, where they are missing. @default false */
  readonly demo?: boolean | undefined;
}

export interface RunningServer extends AsyncDisposable {
  /** Such as `http://127.0.0.1:3000`, without a trailing slash. */
  readonly url: string;
  readonly services: Services;
  /**
   * Interrupts running jobs and deletes all apps, environments, auth resources and jobs. Also undoes what was requested of
   * /admin, creates the demo again, and restarts a seed.
   */
  reset(): Promise<void>;
  /**
   * Stops listening, waits for requests and jobs, and closes the database.
   *
   * @param drainTimeout How long to wait, in ms. @default 10 s
   */
  stop(drainTimeout?: number): Promise<void>;
}

/** The longest that stopping takes beyond the wait for requests and jobs, where the database is away (ms). */
const STOP_RESERVE = 2_500;

/** Starts a server. Rejects with a `StoreError` if the database can't be opened, or with the error of `listen`. */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const world = worldOf(options);
  const stored = await openStored(options, world.log);
  try {
    return await startOn(stored, world, options);
  } catch (error) {
    await stored.store.close();
    throw error;
  }
}

async function startOn(stored: Stored, world: World, options: ServerOptions): Promise<RunningServer> {
  const { store, secrets } = stored;
  const seeding = await seedingOf(store, world, options.seed);
  const { clock } = seeding;
  const controls = options.admin ? controlsOf(clock) : undefined;
  const {
    jobs,
    worker,
    provisioner,
    wake,
    stop: stopJobs,
  } = await jobsOf(stored, world, seeding, controls?.heldJobs, options);
  const services: Services = { store, jobs, secrets };
  const afterReset = async () => {
    controls?.clear();
    wake();
    if (options.demo) await makeDemo(services);
  };
  const state = new StateKeeper({ store, secrets, worker, wake, seeding, afterReset });
  // Signatures are checked against the real clock, whatever the seed.
  const verifier = options.credentials && new Verifier({ credentials: options.credentials, clock: world.clock });

  const canPreview = controls !== undefined && provisioner.outside !== undefined;
  const app = appOf({ services, verifier, controls, clock, worker, canPreview }, world, options);
  const admin =
    controls &&
    (await adminOf({ controls, state, seeding, store, secrets, provisioner, wake, verifier }, world, options));
  const server = await listen(admin === undefined ? app : withAdmin(app, admin), options);
  wake();

  let stopped: Promise<void> | undefined;
  const stop = async (drainTimeout = DRAIN_TIMEOUT) => {
    controls?.faults.clear();
    // Interrupted jobs are given back, and the database is closed, before the time is up.
    const patience = Math.max(0, drainTimeout - Math.min(STOP_RESERVE, drainTimeout / 3));
    await Promise.all([close(server, patience), stopJobs(patience)]);
    await store.close();
  };
  const running: RunningServer = {
    url: urlOf(server, options.host),
    services,
    reset: () => state.reset(),
    stop(drainTimeout) {
      stopped ??= stop(drainTimeout);
      return stopped;
    },
    [Symbol.asyncDispose]: () => running.stop(),
  };
  if (options.demo) await makeDemo(services);
  return running;
}

const withAdmin =
  (app: RequestListener, admin: RequestListener): RequestListener =>
  (request, response) =>
    /^\/admin([/?]|$)/.test(request.url ?? '') ? admin(request, response) : app(request, response);
