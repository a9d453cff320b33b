/** The package's entry: a server in the process of a test. */

import { isLoopbackHost } from 'openapi-strict-express';
import { type RunningServer, type ServerOptions, startServer as start } from './compose/server.ts';
import type { Credential } from './signing/credentials.ts';
import { isPostgres } from './store/store.ts';

/** A key that requests may be signed with. */
export interface Key extends Pick<Credential, 'accessKeyId' | 'secretAccessKey'> {
  readonly sessionToken?: string;
  /** The only apps that the key may touch. @default all */
  readonly appIds?: Iterable<string>;
}

/** The options of a server: where it listens, what it keeps, and how it runs jobs. All of them may be left out. */
export interface StartOptions extends Omit<ServerOptions, 'credentials' | 'metricsToken'> {
  /** The keys that requests must be signed with. @default anyone on this machine may call */
  readonly credentials?: readonly Key[];
}

/** A running server. `await using` stops it at the end of the scope. */
export type Server = Omit<RunningServer, 'services'>;

/**
 * Starts a server in this process. Nothing needs to be said: it takes a free port on 127.0.0.1, keeps its state in memory,
 * runs jobs at once and logs nothing.
 *
 * Rejects with a `StoreError` when the database can't be opened, a `TypeError` for options that don't go together, or the
 * error of `listen`.
 */
export async function startServer({ credentials, ...options }: StartOptions = {}): Promise<Server> {
  const { host, database = '', secretsKey } = options;
  if (credentials === undefined && host !== undefined && !isLoopbackHost(host)) {
    throw new TypeError(`Without credentials the host has to be a loopback address, not ${JSON.stringify(host)}.`);
  }
  if (isPostgres(database) && !secretsKey) throw new TypeError('With postgres:// there has to be a secretsKey.');
  return start({ ...options, ...(credentials !== undefined && { credentials: byId(credentials) }) });
}

const byId = (keys: readonly Key[]): ReadonlyMap<string, Credential> =>
  new Map(
    keys.map(({ sessionToken, appIds, ...key }) => [
      key.accessKeyId,
      { ...key, sessionToken, appIds: appIds && new Set(appIds) },
    ]),
  );
