import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const SWEEP = 50; // ms

export interface ListenerOptions {
  readonly host: string;
  readonly port: number;
  /** How long a client may take to send a whole request, in ms. Its headers may take half. */
  readonly receiveTimeout: number;
  readonly maxConnections: number;
}

/** Listens, and answers the server with its port. Rejects with the error of `listen`. */
export async function listen(
  listener: RequestListener,
  { host, port, receiveTimeout, maxConnections }: ListenerOptions,
): Promise<{ readonly server: Server; readonly port: number }> {
  // A client that is slow to send is cut off: its headers first, then the whole request.
  const server = createServer(
    {
      headersTimeout: receiveTimeout / 2,
      requestTimeout: receiveTimeout,
      keepAliveTimeout: 5_000,
      connectionsCheckingInterval: Math.min(1_000, receiveTimeout / 4),
    },
    listener,
  );
  server.maxConnections = maxConnections;
  server.listen(port, host);
  await once(server, 'listening'); // rejects when 'error' comes first
  return { server, port: (server.address() as AddressInfo).port };
}

/** Takes no more connections, and waits up to `timeout` ms for the requests that are at work. */
export async function close(server: Server, timeout: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  // A connection that was in use when the server closed would be kept for another request.
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP);
  const deadline = setTimeout(() => server.closeAllConnections(), timeout);
  await closed;
  clearInterval(sweep);
  clearTimeout(deadline);
}
