import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { MessageReader } from './postgresProxy.ts';

const AUTHENTICATED = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0]);
const READY = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]); // and in no transaction
const IN_NO_TRANSACTION = 'I';

/**
 * Stands before PostgreSQL as PgBouncer does with `pool_mode = transaction`: a client has one of the server's connections for
 * a transaction, which another client has next. It refuses settings that come with the start of a connection.
 */
export async function postgresPooler(database: string, connections: number): Promise<string> {
  const pool = new Pool(new URL(database));
  for (let count = 0; count < connections; count++) await pool.add();
  const server = createServer((socket) => serve(socket.setNoDelay(), pool)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.close();
    pool.end();
  });
  const url = new URL(database);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return url.href;
}

/** A connection of the server's, and the client that has it. */
interface Link {
  readonly socket: Socket;
  client: Socket | undefined;
}

class Pool {
  readonly #target: URL;
  readonly #free: Link[] = [];
  readonly #waiting: ((link: Link) => void)[] = [];
  readonly #all = new Set<Socket>();

  constructor(target: URL) {
    this.#target = target;
  }

  async add(): Promise<void> {
    const { hostname, port, username, pathname } = this.#target;
    const socket = connect(Number(port || 5432), hostname).setNoDelay();
    const link: Link = { socket, client: undefined };
    const reader = new MessageReader(false);
    const { promise: started, resolve: start } = Promise.withResolvers<void>();
    socket.on('data', (chunk: Buffer) => {
      for (const { bytes, type } of reader.read(chunk)) {
        link.client?.write(bytes);
        if (type !== 'Z' || String.fromCharCode(bytes[5] ?? 0) !== IN_NO_TRANSACTION) continue;
        start();
        this.#release(link);
      }
    });
    socket.on('error', () => {});
    this.#all.add(socket);
    socket.write(startup({ user: username, database: pathname.slice(1) }));
    await started;
  }

  async take(client: Socket): Promise<Link> {
    const link = this.#free.pop() ?? (await new Promise<Link>((resolve) => this.#waiting.push(resolve)));
    link.client = client;
    return link;
  }

  #release(link: Link): void {
    link.client = undefined;
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(link);
    else next(link);
  }

  /** Its client has gone in the middle of a transaction: another connection takes its place. */
  async replace({ socket }: Link): Promise<void> {
    socket.destroy();
    this.#all.delete(socket);
    await this.add();
  }

  end(): void {
    for (const socket of this.#all) socket.destroy();
  }
}

function startup(settings: Readonly<Record<string, string>>): Buffer {
  const text = `${Object.entries(settings).flat().join('\0')}\0\0`;
  const bytes = Buffer.alloc(8 + text.length);
  bytes.writeUInt32BE(bytes.length, 0);
  bytes.writeUInt32BE(196_608, 4); // version 3.0 of the protocol
  bytes.write(text, 8);
  return bytes;
}

function refusal(message: string): Buffer {
  const text = `SFATAL\0VFATAL\0C08P01\0M${message}\0\0`;
  const bytes = Buffer.alloc(5 + text.length);
  bytes.write('E');
  bytes.writeUInt32BE(4 + text.length, 1);
  bytes.write(text, 5);
  return bytes;
}

function serve(client: Socket, pool: Pool): void {
  const reader = new MessageReader(true);
  let link: Link | undefined;
  let ready = Promise.resolve();
  const pass = async ({ bytes, type }: { readonly bytes: Buffer; readonly type: string }) => {
    if (type === '') {
      const refused = bytes.includes('statement_timeout');
      if (refused) client.end(refusal('unsupported startup parameter: statement_timeout'));
      else client.write(Buffer.concat([AUTHENTICATED, READY]));
      return;
    }
    if (type === 'X') return void client.end();
    if (link?.client !== client) link = await pool.take(client);
    if (client.destroyed) await pool.replace(link);
    else link.socket.write(bytes);
  };
  client.on('data', (chunk: Buffer) => {
    for (const message of reader.read(chunk)) ready = ready.then(() => pass(message));
  });
  client.on('error', () => {});
  client.on('close', () => {
    if (link?.client === client) void pool.replace(link);
  });
}
