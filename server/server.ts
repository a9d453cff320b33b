import crypto from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import document from '../generated/openapi.json' with { type: 'json' };
import { operations } from '../generated/operations.ts';
import { createApp } from './http/app.ts';
import type { Authentication } from './http/authenticate.ts';
import type { OpenApiDocument } from './http/document.ts';
import { release } from './jobs/claims.ts';
import { Jobs } from './jobs/jobs.ts';
import { Worker } from './jobs/worker.ts';
import { Metrics } from './metrics.ts';
import type { Services } from './operations/handler.ts';
import { handlers } from './operations/index.ts';
import { local } from './provisioners/local.ts';
import type { Provisioner } from './provisioners/provisioner.ts';
import { openSecrets } from './secretsKey.ts';
import type { Credentials } from './signing/credentials.ts';
import { checkApp, type Identity as SigningIdentity } from './signing/identity.ts';
import { Verifier } from './signing/verify.ts';
import { openStore, type Store } from './store/store.ts';

export type Role = 'api' | 'worker' | 'all';

export interface ServerOptions {
  /** `postgres://…`, a SQLite file, or `:memory:`. */
  readonly database: string;
  /** What seals secrets in the database; without it a key file beside a SQLite file does. */
  readonly secretsKey?: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** What lets other machines read /metrics; without it only this one may. */
  readonly metricsToken?: string;
  readonly host: string;
  /** The least duration of a job, in ms. */
  readonly jobTime: number;
  readonly log: Logger;
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
  readonly clock?: () => number;
  readonly newId?: () => string;
}

export interface RunningServer {
  /** Such as `http://127.0.0.1:3000`, without a slash at its end. */
  readonly url: string;
  readonly services: Services;
  /** Stops listening, waits for requests and jobs up to `drainTimeout` ms (10,000 unless told), and closes the database. */
  stop(drainTimeout?: number): Promise<void>;
}

// Ids that grow with time keep the newest rows of an index side by side. Node has them since 26.1.
const uuid: () => string = crypto.randomUUIDv7 ?? crypto.randomUUID;

const DOCS = new URL('../generated/docs/index.html', import.meta.url);
const DRAIN_TIMEOUT = 10_000; // ms
const MAX_CONNECTIONS = 10_000;
const RECEIVE_TIMEOUT = 20_000; // ms

/** Starts a server. Rejects with a `StoreError` when the database can't be opened, or the error of `listen`. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const store = await openStore(options.database, options.log);
  try {
    return await startOn(store, options);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function startOn(store: Store, options: ServerOptions): Promise<RunningServer> {
  const { database, host, jobTime, log, clock = Date.now, newId = uuid, provisioner = local(newId) } = options;
  const secrets = await openSecrets(store, database, options.secretsKey);
  // A database that others use too has their claims in it; those that are left behind run out.
  const left = store.shared ? 0 : await release(store);
  if (left > 0) log.info({ jobs: left }, 'running again what was left unfinished');

  const worker =
    options.role === 'api'
      ? undefined
      : new Worker({
          store,
          provisioner,
          secrets,
          clock,
          log,
          name: newId(),
          ...(options.lease !== undefined && { lease: options.lease }),
          ...(options.jobTimeout !== undefined && { jobTimeout: options.jobTimeout }),
        });
  const jobs = new Jobs({ store, clock, newId, jobTime, worker });
  const services: Services = { store, jobs, secrets };
  const metrics = new Metrics(store, clock);
  const served = options.role === 'worker' ? {} : operations;
  const app = createApp({
    document: document as OpenApiDocument,
    operations: served,
    handlers,
    services,
    log,
    newId,
    docs: DOCS,
    ready: () => store.ping(),
    onRequestEnd: (end) => metrics.observe(end),
    metrics: { source: metrics, token: options.metricsToken },
    ...(options.credentials !== undefined && { authentication: signatures(options.credentials, clock) }),
    ...(options.rateLimit !== undefined && { rateLimit: options.rateLimit }),
    ...(options.bodyLimit !== undefined && { bodyLimit: options.bodyLimit }),
    ...(options.onInvalidResponse !== undefined && { onInvalidResponse: options.onInvalidResponse }),
  });
  const server = createServer(limits(options.receiveTimeout ?? RECEIVE_TIMEOUT), app);
  server.maxConnections = options.maxConnections ?? MAX_CONNECTIONS;
  await listen(server, options.port, host);
  worker?.wake();

  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    services,
    async stop(drainTimeout = DRAIN_TIMEOUT) {
      await Promise.all([close(server, drainTimeout), worker?.stop(drainTimeout)]);
      await store.close();
    },
  };
}

/** AWS Signature Version 4, and the apps that a key may touch. */
function signatures(credentials: Credentials, clock: () => number): Authentication {
  const verifier = new Verifier({ credentials, clock });
  return {
    begin: (head) => verifier.verifyHead(head),
    authorize: (identity, { appId }) => checkApp(identity as SigningIdentity, String(appId)),
  };
}

/** A client that is slow to send is cut off: its headers first, then the whole request. */
const limits = (receiveTimeout: number) => ({
  headersTimeout: receiveTimeout / 2,
  requestTimeout: receiveTimeout,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: Math.min(1_000, receiveTimeout / 4),
});

async function listen(server: HttpServer, port: number, host: string): Promise<void> {
  server.listen(port, host);
  await once(server, 'listening'); // rejects when 'error' comes first
}

async function close(server: HttpServer, timeout: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const deadline = setTimeout(() => server.closeAllConnections(), timeout);
  await closed;
  clearTimeout(deadline);
}
