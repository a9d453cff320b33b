import crypto from 'node:crypto';
import type { RequestListener } from 'node:http';
import { type Logger, pino } from 'pino';
import document from '../generated/openapi.json' with { type: 'json' };
import { operations } from '../generated/operations.ts';
import { createApp } from '../pipeline/express/app.ts';
import type { Authentication } from '../pipeline/express/authenticate.ts';
import type { OpenApiDocument } from '../pipeline/express/document.ts';
import type { StaticPages } from '../pipeline/express/staticPages.ts';
import { Faults } from './admin/faults.ts';
import { HeldJobs } from './admin/heldJobs.ts';
import { Recorder } from './admin/recorder.ts';
import { whyNotSeedable } from './admin/seedable.ts';
import { Seeding } from './admin/seeding.ts';
import { StateKeeper } from './admin/stateKeeper.ts';
import { makeDemo } from './demo.ts';
import { release } from './jobs/claims.ts';
import { Jobs } from './jobs/jobs.ts';
import { Worker } from './jobs/worker.ts';
import { close, listen } from './listener.ts';
import { Metrics } from './metrics.ts';
import type { Services } from './operations/handler.ts';
import { handlers } from './operations/index.ts';
import { local } from './provisioners/local.ts';
import type { Provisioner } from './provisioners/provisioner.ts';
import { openSecrets } from './secretsKey.ts';
import type { Credentials } from './signing/credentials.ts';
import { checkAllApps, checkApp, type Identity as SigningIdentity } from './signing/identity.ts';
import { Verifier } from './signing/verify.ts';
import { openStore, type Store, StoreError } from './store/store.ts';

export type Role = 'api' | 'worker' | 'all';

export interface ServerOptions {
  /** `postgres://…`, a SQLite file, or `:memory:`, which it is unless told. */
  readonly database?: string;
  /** What seals secrets in the database; without it a key file beside a SQLite file does. PostgreSQL needs it. */
  readonly secretsKey?: string;
  /** 0, unless told, takes a free one. */
  readonly port?: number;
  /** What lets other machines read /metrics; without it only this one may. */
  readonly metricsToken?: string;
  /** `127.0.0.1` unless told. */
  readonly host?: string;
  /** The least duration of a job, in ms; 0 unless told. */
  readonly jobTime?: number;
  /** Says nothing unless told. */
  readonly log?: Logger;
  /** What to do with an answer that breaks the contract; `log` unless told. */
  readonly onInvalidResponse?: 'log' | 'throw';
  /** The largest body taken, in bytes; 1 MiB unless told. */
  readonly bodyLimit?: number;
  /** What makes the world as a job says; invents ids unless told. */
  readonly provisioner?: Provisioner;
  /** Whether to answer requests (`api`), to run jobs (`worker`), or both (`all`, unless told). */
  readonly role?: Role;
  /** How long a worker's claim of a job lasts unless it is renewed, in ms; 30,000 unless told. */
  readonly lease?: number;
  /** How long a job may take, in ms; 15 minutes unless told. */
  readonly jobTimeout?: number;
  /** The keys that requests must be signed with; anyone may call unless told. */
  readonly credentials?: Credentials;
  /** The most requests a second of one caller; any number unless told. */
  readonly rateLimit?: number;
  /** How long a client may take to send a whole request, in ms; 20,000 unless told. Its headers may take half. */
  readonly receiveTimeout?: number;
  /** How many connections there may be at once; 10,000 unless told. One more is closed. */
  readonly maxConnections?: number;
  /** Whether to make the validators while nothing is asked, instead of at each operation's first request (default). */
  readonly warm?: boolean;
  /** Whether to make the demo's app, environment and auth resource where they are missing; not unless told. */
  readonly demo?: boolean;
  /** Whether to serve the admin surface under /admin: reset, export, import, faults and the like; not unless told. */
  readonly admin?: boolean;
  /** What ids of jobs and resources, and a clock that stands still, follow from; they are random and real unless told. */
  readonly seed?: string;
  readonly clock?: () => number;
  readonly newId?: () => string;
}

export interface RunningServer extends AsyncDisposable {
  /** Such as `http://127.0.0.1:3000`, without a slash at its end. */
  readonly url: string;
  readonly services: Services;
  /**
   * Empties the state: no apps, environments, authentication resources and jobs are left; those that run are interrupted
   * first. Takes back what was asked of /admin, too. A demo is made again, and a seed begins anew.
   */
  reset(): Promise<void>;
  /** Stops listening, waits for requests and jobs up to `drainTimeout` ms (10,000 unless told), and closes the database. */
  stop(drainTimeout?: number): Promise<void>;
}

// Ids that grow with time keep the newest rows of an index side by side. Node has them since 26.1.
const uuid: () => string = crypto.randomUUIDv7 ?? crypto.randomUUID;

// Named from here: this folder lies beside generated/ in the package too.
const DOCS = new URL('../generated/docs/index.html', import.meta.url);
const ADMIN_DOCS = new URL('../generated/admin/docs/index.html', import.meta.url);
const CONSOLE: StaticPages = {
  at: '/console',
  folder: new URL('./console/dist/', import.meta.url),
  missing: 'The console is not built: `npm run console` builds it.',
};
const DRAIN_TIMEOUT = 10_000; // ms
const MAX_CONNECTIONS = 10_000;
const RECEIVE_TIMEOUT = 20_000; // ms

/** Starts a server. Rejects with a `StoreError` when the database can't be opened, or the error of `listen`. */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const { database = ':memory:', host = '127.0.0.1', log = pino({ level: 'silent' }) } = options;
  const store = await openStore(database, log);
  try {
    return await startOn(store, { ...options, database, host, log });
  } catch (error) {
    await store.close();
    throw error;
  }
}

type Settled = ServerOptions & Required<Pick<ServerOptions, 'database' | 'host' | 'log'>>;

async function startOn(store: Store, options: Settled): Promise<RunningServer> {
  const { database, host, log, jobTime = 0 } = options;
  const secrets = await openSecrets(store, database, options.secretsKey);
  // A database that others use too has their claims in it; those that are left behind run out.
  const left = store.shared ? 0 : await release(store);
  if (left > 0) log.info({ jobs: left }, 'running again what was left unfinished');

  // The time by which requests are signed, and their ids, are the real ones whatever the seed.
  const { clock: realClock = Date.now, newId: realId = uuid } = options;
  const seeding = new Seeding(realClock, realId);
  if (options.seed !== undefined) {
    const why = await whyNotSeedable(store);
    if (why !== undefined) throw new StoreError(why);
    seeding.seed(options.seed);
  }
  const { clock } = seeding;
  const heldJobs = new HeldJobs();
  const worker =
    options.role === 'api'
      ? undefined
      : new Worker({
          store,
          provisioner: options.provisioner ?? local(seeding.idsOf('resource')),
          secrets,
          clock,
          log,
          name: realId(),
          control: heldJobs,
          ...(options.lease !== undefined && { lease: options.lease }),
          ...(options.jobTimeout !== undefined && { jobTimeout: options.jobTimeout }),
        });
  const wake = () => worker?.wake();
  const jobs = new Jobs({ store, clock, newId: seeding.idsOf('job'), jobTime, worker });
  const services: Services = { store, jobs, secrets };
  const metrics = new Metrics(store, clock);
  const verifier = options.credentials && new Verifier({ credentials: options.credentials, clock: realClock });
  const faults = new Faults();
  const api = { document: document as OpenApiDocument, operations };
  const recorder = options.admin ? new Recorder(api.document, operations, clock) : undefined;
  const clearControls = () => {
    heldJobs.clear();
    faults.clear();
    recorder?.clear();
    wake();
  };
  const afterReset = async () => {
    clearControls();
    if (options.demo) await makeDemo(services);
  };
  const state = new StateKeeper({ store, secrets, worker, wake, seeding, afterReset });
  const app = createApp({
    document: api.document,
    operations: options.role === 'worker' ? {} : operations,
    handlers: recorder === undefined ? handlers : recorder.noting(faults.meeting(handlers)),
    services,
    log,
    newId: realId,
    docs: DOCS,
    warm: options.warm ?? false,
    staticPages: CONSOLE,
    ready: () => store.ping(),
    onRequestEnd: (end) => {
      metrics.observe(end);
      recorder?.end(end);
    },
    metrics: { source: metrics, token: options.metricsToken },
    ...(verifier !== undefined && { authentication: ofApps(verifier) }),
    ...(options.rateLimit !== undefined && { rateLimit: options.rateLimit }),
    ...(options.bodyLimit !== undefined && { bodyLimit: options.bodyLimit }),
    ...(options.onInvalidResponse !== undefined && { onInvalidResponse: options.onInvalidResponse }),
  });
  // Loaded only where it is asked for.
  const admin = recorder
    ? (await import('./admin/adminApp.ts')).adminApp({
        services: { state, heldJobs, faults, recorder, seeding, store, wake, api },
        log,
        newId: realId,
        docs: ADMIN_DOCS,
        ...(verifier !== undefined && { authentication: ofAllApps(verifier) }),
        ...(options.onInvalidResponse !== undefined && { onInvalidResponse: options.onInvalidResponse }),
      })
    : undefined;
  const listener: RequestListener = (request, response) =>
    admin !== undefined && /^\/admin([/?]|$)/.test(request.url ?? '')
      ? admin(request, response)
      : app(request, response);
  const { server, port } = await listen(listener, {
    host,
    port: options.port ?? 0,
    receiveTimeout: options.receiveTimeout ?? RECEIVE_TIMEOUT,
    maxConnections: options.maxConnections ?? MAX_CONNECTIONS,
  });
  wake();

  let stopped: Promise<void> | undefined;
  const stop = async (drainTimeout = DRAIN_TIMEOUT) => {
    faults.clear();
    await Promise.all([close(server, drainTimeout), worker?.stop(drainTimeout)]);
    await store.close();
  };
  const running: RunningServer = {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
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

/** AWS Signature Version 4, and the apps that a key may touch. */
const ofApps = (verifier: Verifier): Authentication => ({
  begin: (head) => verifier.verifyHead(head),
  authorize: (identity, { appId }) => checkApp(identity as SigningIdentity, String(appId)),
});

/** The same, for what is about all apps. */
const ofAllApps = (verifier: Verifier): Authentication => ({
  begin: (head) => verifier.verifyHead(head),
  authorize: (identity) => checkAllApps(identity as SigningIdentity),
});
