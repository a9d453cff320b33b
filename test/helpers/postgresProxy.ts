import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** One message of the protocol, which is not passed on yet. */
export interface Message {
  readonly to: 'server' | 'client';
  /** Its type, such as `Q` or `C`; '' for the first ones of a connection, which have none. */
  readonly type: string;
  readonly text: string;
}

/**
 * - `pass`: hand it on.
 * - `reset`: end the connection at both ends without it.
 * - `silence`: hand on neither it nor anything after it, and leave the connection open.
 * - a number: hand it on, and what comes after it, so many ms later.
 */
export type Fate = 'pass' | 'reset' | 'silence' | number;

export interface PostgresProxy {
  readonly url: string;
  /** Decides about each message; all pass where there is none. */
  onMessage: ((message: Message) => Fate) | undefined;
  /** Resets all connections, and refuses new ones. */
  cut(): void;
  /** Says nothing any more on the connections that there are, or on those that come, too. */
  silence(which: 'open' | 'all'): void;
  /** Lets new connections through; those that were silenced stay so. */
  mend(): void;
}

/** A way to PostgreSQL on which each message can be lost. */
export async function postgresProxy(database: string): Promise<PostgresProxy> {
  const target = new URL(database);
  const links = new Set<Link>();
  let state: 'open' | 'cut' | 'silent' = 'open';
  const server = createServer((socket) => {
    if (state === 'cut') return void socket.resetAndDestroy();
    const link = new Link(
      socket.setNoDelay(),
      connect(Number(target.port || 5432), target.hostname).setNoDelay(),
      (message) => proxy.onMessage?.(message) ?? 'pass',
    );
    if (state === 'silent') link.silence();
    links.add(link);
    socket.on('close', () => links.delete(link));
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    for (const link of links) link.reset();
    server.close();
  });
  const url = new URL(database);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const proxy: PostgresProxy = {
    url: url.href,
    onMessage: undefined,
    cut() {
      state = 'cut';
      for (const link of links) link.reset();
    },
    silence(which) {
      if (which === 'all') state = 'silent';
      for (const link of links) link.silence();
    },
    mend() {
      state = 'open';
    },
  };
  return proxy;
}

class Link {
  readonly #ends: readonly [Socket, Socket];
  #over = false;

  constructor(client: Socket, server: Socket, decide: (message: Message) => Fate) {
    this.#ends = [client, server];
    for (const [from, onto, to] of [
      [client, server, 'server'],
      [server, client, 'client'],
    ] as const) {
      const reader = new MessageReader(to === 'server');
      let ready = Promise.resolve();
      from.on('data', (chunk: Buffer) => {
        for (const { bytes, type } of reader.read(chunk)) {
          ready = ready.then(async () => {
            if (this.#over) return;
            const fate = decide({ to, type, text: bytes.toString('latin1') });
            if (fate === 'reset') this.reset();
            else if (fate === 'silence') this.silence();
            else {
              if (typeof fate === 'number') await new Promise((resolve) => setTimeout(resolve, fate));
              if (!this.#over) onto.write(bytes);
            }
          });
        }
      });
      from.on('error', () => {});
      from.on('close', () => void ready.then(() => this.#over || onto.destroy()));
    }
    // The server's end goes with the client's, also where nothing is passed on any more: the client may be gone for good.
    client.on('close', () => server.destroy());
  }

  reset(): void {
    this.#over = true;
    for (const end of this.#ends) end.resetAndDestroy();
  }

  silence(): void {
    this.#over = true;
  }
}

/** Takes a stream of bytes apart into messages. */
export class MessageReader {
  #rest: Buffer = Buffer.alloc(0);
  /** The first message of a client has no type. */
  #starts: boolean;

  constructor(starts: boolean) {
    this.#starts = starts;
  }

  *read(chunk: Buffer): Generator<{ readonly bytes: Buffer; readonly type: string }> {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    for (;;) {
      const head = this.#starts ? 0 : 1;
      if (this.#rest.length < head + 4) return;
      const length = head + this.#rest.readUInt32BE(head);
      if (this.#rest.length < length) return;
      const bytes = this.#rest.subarray(0, length);
      this.#rest = this.#rest.subarray(length);
      yield { bytes, type: this.#starts ? '' : String.fromCharCode(bytes[0] ?? 0) };
      this.#starts = false;
    }
  }
}
