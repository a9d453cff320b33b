import { once } from 'node:events';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { http } from '../http.ts';
import { LISTENER_DEFAULTS } from './defaults.ts';

export interface ListenerOptions {
  /** @default `127.0.0.1` */
  readonly host?: string | undefined;
  /** @default 0, which takes a free port */
  readonly port?: number | undefined;
  /** How long a client may take to send a request, in ms. Its headers may take half of it. @default 20 s */
  readonly receiveTimeout?: number | undefined;
  /** The most connections at once. Further ones are closed. @default 10,000 */
  readonly maxConnections?: number | undefined;
}

const SWEEP = 50; // ms
/**
 * How long a connection may be idle (ms). Load balancers keep theirs for 60 s, and the one that closes first must not be the
 * server: a request may be on its way. A client on a busy machine needs more than a few seconds, too.
 */
const KEEP_ALIVE = 65_000;

/** Rejects with the error of `listen`. */
export async function listen(listener: RequestListener, options: ListenerOptions): Promise<Server> {
  const { host = LISTENER_DEFAULTS.host, port = LISTENER_DEFAULTS.port } = options;
  const { receiveTimeout = LISTENER_DEFAULTS.receiveTimeout } = options;
  const server = http.createServer(
    {
      headersTimeout: receiveTimeout / 2,
      requestTimeout: receiveTimeout,
      keepAliveTimeout: KEEP_ALIVE,
      connectionsCheckingInterval: Math.min(1_000, receiveTimeout / 4),
    },
    listener,
  );
  server.maxConnections = options.maxConnections ?? LISTENER_DEFAULTS.maxConnections;
  server.listen(port, host);
  await once(server, 'listening'); // rejects if 'error' comes first
  return server;
}

/** The URL of a server that listens on `host`. */
export function urlOf(server: Server, host: string = LISTENER_DEFAULTS.host): string {
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Takes no new connections, and waits up to `timeout` ms for pending requests. */
export async function close(server: Server, timeout: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  // A connection that was busy when the server closed would otherwise be kept alive.
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP);
  const deadline = setTimeout(() => server.closeAllConnections(), timeout);
  await closed;
  clearInterval(sweep);
  clearTimeout(deadline);
}
