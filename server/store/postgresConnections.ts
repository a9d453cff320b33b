import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import { Client, type ClientConfig, Pool, type PoolClient, type PoolConfig } from 'pg';
import type { Logger } from 'pino';
import { assertStorable, DatabaseError } from './faults.ts';
import {
  fromConnecting,
  fromPostgres,
  isStartupRefused,
  isTooManyConnections,
  losesConnection,
} from './postgresFaults.ts';

// A caller learns at once that the database is away, and soon that it hangs (ms).
const CONNECT_TIMEOUT = 5_000;
const KEEP_ALIVE_DELAY = 10_000; // ms
/** A connection that was idle for longer is asked whether it still works (ms) … */
const TRUSTED_IDLE = 1_000;
/** … and has to answer by then (ms). */
const PROBE_TIMEOUT = 1_000;
/** Where the server has no connection left for us, no more are asked of it for this long (ms). */
const FULL_PAUSE = 10_000;
/** Where it has none at all (ms). */
const FIRST_PAUSE = 50;
/** How long closing waits for statements that run (ms). */
const CLOSE_TIMEOUT = 1_000;

/** Kept in hand, so that a connection that says nothing any more can be ended at once. */
class SocketClient extends Client {
  readonly socket: Socket;

  constructor(config?: ClientConfig) {
    const socket = new Socket();
    super({ ...config, stream: () => socket });
    this.socket = socket;
  }
}

/**
 * The pool that Kysely works with. A connection that was lost, or that did not answer in time, is destroyed instead of
 * returned, and with it all that were idle since before: what silenced one has most likely silenced them.
 */
export class PostgresConnections implements PostgresPool {
  readonly #pool: Pool;
  readonly #handles = new WeakMap<PoolClient, Handle>();
  readonly #open = new Set<SocketClient>();
  readonly #most: number;
  #full: NodeJS.Timeout | undefined;
  /** Connections that were last used before are not to be trusted. */
  #suspectBefore = Number.NEGATIVE_INFINITY;

  constructor(config: PoolConfig & { readonly max: number }, log?: Logger) {
    this.#most = config.max;
    this.#pool = new Pool({
      ...config,
      Client: SocketClient as unknown as new () => Client,
      connectionTimeoutMillis: CONNECT_TIMEOUT,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_DELAY,
    });
    // Without a listener, the loss of a connection would end the process: the pool's for those that are idle, and each
    // client's for those that are in use but between two queries.
    const lost = (error: Error) => log?.warn({ err: error }, 'a database connection was lost');
    this.#pool.on('error', lost);
    this.#pool.on('connect', (client) => {
      client.on('error', lost);
      const opened = client as unknown as SocketClient;
      this.#open.add(opened);
      opened.socket.once('close', () => this.#open.delete(opened));
    });
  }

  /** Kysely reads this to open a connection outside the pool, which nothing here asks for. */
  get options(): object {
    return this.#pool.options;
  }

  counts(): Readonly<Record<string, number>> {
    const { totalCount, idleCount, waitingCount } = this.#pool;
    return { total: totalCount, idle: idleCount, waiting: waitingCount };
  }

  /** A connection that works, as far as can be known. */
  async connect(): Promise<PostgresPoolClient> {
    for (;;) {
      const handle = await this.#acquire();
      if (handle.lastUse >= this.#suspectBefore && (await handle.works())) return handle;
      handle.release(true);
    }
  }

  async #acquire(): Promise<Handle> {
    for (const until = performance.now() + CONNECT_TIMEOUT; ; ) {
      try {
        const client = await this.#pool.connect();
        let handle = this.#handles.get(client);
        if (handle === undefined) {
          handle = new Handle(client, () => this.#suspectIdle());
          this.#handles.set(client, handle);
        }
        return handle;
      } catch (error) {
        if (this.#asksForTooMuch(error)) continue;
        if (!isTooManyConnections(error) || performance.now() > until) throw fromConnecting(error);
        await this.#makeDo();
      }
    }
  }

  /** A pooler may refuse the server's timeout. Ours does without it: a connection that does not answer in time is ended. */
  #asksForTooMuch(error: unknown): boolean {
    const { options } = this.#pool;
    if (!isStartupRefused(error) || options.statement_timeout === undefined) return false;
    delete options.statement_timeout;
    return true;
  }

  /** Waits in line for the connections that there are, instead of asking for one that the server does not have. */
  async #makeDo(): Promise<void> {
    const { options, totalCount } = this.#pool;
    clearTimeout(this.#full);
    this.#full = setTimeout(() => {
      options.max = this.#most;
    }, FULL_PAUSE);
    this.#full.unref();
    options.max = Math.max(1, totalCount);
    if (totalCount === 0) await sleep(FIRST_PAUSE * (1 + Math.random()));
  }

  #suspectIdle(): void {
    this.#suspectBefore = performance.now();
  }

  /** Ends all connections: those that are in use once they are returned, or by force where that takes too long. */
  async end(): Promise<void> {
    clearTimeout(this.#full);
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(() => {
      for (const { socket } of this.#open) socket.destroy();
      resolve();
    }, CLOSE_TIMEOUT);
    await Promise.race([this.#pool.end(), late]);
    clearTimeout(timer);
  }
}

class Handle implements PostgresPoolClient {
  readonly #client: PoolClient;
  readonly #onLoss: () => void;
  /** Why the connection is not to be used again. */
  #lost: DatabaseError | undefined;
  lastUse = performance.now();

  constructor(client: PoolClient, onLoss: () => void) {
    this.#client = client;
    this.#onLoss = onLoss;
  }

  query<R>(sql: string, parameters: readonly unknown[]): Promise<{ command: 'SELECT'; rowCount: number; rows: R[] }>;
  query(): never;
  async query(sql?: string, parameters: readonly unknown[] = []): Promise<never> {
    // A statement after one that did not end, such as a rollback, would wait for it.
    if (this.#lost !== undefined) throw this.#lost;
    assertStorable(parameters);
    try {
      return (await this.#client.query(sql ?? '', parameters as unknown[])) as never;
    } catch (error) {
      throw this.#failed(error);
    }
  }

  /** Whether the connection answers, where it was not used just now. */
  async works(): Promise<boolean> {
    if (performance.now() - this.lastUse < TRUSTED_IDLE) return true;
    const timer = setTimeout(
      () => this.#lose(new DatabaseError('The connection is silent.', { kind: 'passing' })),
      PROBE_TIMEOUT,
    );
    try {
      await this.query('select 1', []);
      return true;
    } catch {
      return false;
    } finally {
      clearTimeout(timer);
    }
  }

  release(destroy = false): void {
    this.lastUse = performance.now();
    this.#client.release(destroy || this.#lost !== undefined);
  }

  #failed(error: unknown): DatabaseError {
    const failure = fromPostgres(error);
    if (losesConnection(error)) this.#lose(failure);
    return failure;
  }

  #lose(error: DatabaseError): void {
    if (this.#lost !== undefined) return;
    this.#lost = error;
    (this.#client as unknown as SocketClient).socket.destroy();
    this.#onLoss();
  }
}
