import type { RequestListener } from 'node:http';
import { type BrowserAccess, createApp, type StaticPages } from 'openapi-strict-express';
import { audited } from '../audit.ts';
import type { Worker } from '../jobs/worker.ts';
import type { Services } from '../operations/handler.ts';
import { handlers } from '../operations/index.ts';
import { awsProtocol } from '../protocol.ts';
import type { Credentials } from '../signing/credentials.ts';
import type { Verifier } from '../signing/verify.ts';
import { ofApps } from './authentication.ts';
import { document } from './contract.ts';
import type { Controls } from './controls.ts';
import { JOB_DEFAULTS, type Role } from './defaults.ts';
import { Metrics } from './metrics.ts';
import type { World } from './world.ts';

export interface AppOptions {
  /** The keys that requests must be signed with. @default anyone on this machine may call */
  readonly credentials?: Credentials | undefined;
  /** The most requests per second of one caller. @default no limit */
  readonly rateLimit?: number | undefined;
  /** The largest request body, in bytes. @default 1 MiB */
  readonly bodyLimit?: number | undefined;
  /** Logs a response that breaks the contract and sends it, or throws. @default `log` */
  readonly onInvalidResponse?: 'log' | 'throw' | undefined;
  /**
   * Origins such as `http://localhost:5173` whose pages may call, or `*`. Pages of the server's own origin always may.
   *
   * @default any origin with `credentials`, and none without
   */
  readonly allowOrigin?: readonly string[] | undefined;
  /** Lets other machines read /metrics. @default only this machine may */
  readonly metricsToken?: string | undefined;
}

interface AppParts {
  readonly services: Services;
  readonly verifier: Verifier | undefined;
  readonly controls: Controls | undefined;
  readonly clock: () => number;
  readonly worker: Worker | undefined;
  /** Whether /admin can tell what an update would change outside. */
  readonly canPreview: boolean;
}

// This folder lies beside generated/ in the package too.
const DOCS = new URL('../../generated/docs/index.html', import.meta.url);
const CONSOLE: StaticPages = {
  at: '/console',
  folder: new URL('../console/dist/', import.meta.url),
  missing: 'The console is not built: run `npm run console`.',
};

const HOME = {
  page: '/console/',
  links: {
    console: '/console/',
    reference: '/docs',
    guides: '/console/guides/',
    document: '/openapi.json',
    documentAsYaml: '/openapi.yaml',
    health: '/healthz',
    readiness: '/readyz',
    metrics: '/metrics',
  },
};
const PREVIEW = { updatePreview: '/admin/auth/plan' };

/** The API, its pages and its metrics. */
export function appOf(
  { services, verifier, controls, clock, worker, canPreview }: AppParts,
  { log, newId }: World,
  options: AppOptions & { readonly role?: Role | undefined },
): RequestListener {
  const { role = JOB_DEFAULTS.role, rateLimit, bodyLimit, onInvalidResponse, metricsToken } = options;
  const metrics = new Metrics(services.store, clock, worker);
  const changes = audited<Services>(handlers);
  return createApp({
    document: role === 'worker' ? { ...document, paths: {} } : document,
    protocol: awsProtocol(document),
    handlers: controls === undefined ? changes : controls.recorder.noting(controls.faults.meeting(changes)),
    services,
    log,
    newId,
    pages: {
      document,
      docs: DOCS,
      home: { ...HOME, links: { ...HOME.links, ...(canPreview && PREVIEW) } },
      ready: () => services.store.ping(),
    },
    staticPages: CONSOLE,
    onRequestEnd: (end) => {
      metrics.observe(end);
      controls?.recorder.end(end);
    },
    metrics: { source: metrics, token: metricsToken },
    ...(verifier && { authentication: ofApps(verifier) }),
    ...browsersOf(options),
    ...(rateLimit !== undefined && { rateLimit }),
    ...(bodyLimit !== undefined && { bodyLimit }),
    ...(onInvalidResponse && { onInvalidResponse }),
  });
}

/** Without keys, a page that is open in a browser on this machine would be as trusted as the user of the machine. */
function browsersOf({ credentials, allowOrigin }: AppOptions): { readonly browsers?: BrowserAccess } {
  if (allowOrigin?.includes('*') || (credentials && allowOrigin === undefined)) return {};
  return { browsers: { origins: allowOrigin ?? [], loopback: credentials === undefined } };
}
