import { randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Files up to this size stay in memory. */
const IN_MEMORY = 64 * 1024; // bytes
const CHUNK = 64 * 1024; // bytes

/**
 * A file of a multipart body. It can be read until the answer has been sent. Large files are kept on disk meanwhile,
 * and their place on it is freed also where the process is killed.
 */
export class UploadedFile {
  /** As the caller names it. Not a safe file name. */
  readonly name: string;
  /** The media type that the caller gives it. */
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  readonly #source: Uint8Array | Spool;

  constructor(name: string, type: string, size: number, source: Uint8Array | Spool) {
    this.name = name;
    this.type = type;
    this.size = size;
    this.#source = source;
  }

  /** The content, from its beginning each time. */
  stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    const source = this.#source;
    let position = 0;
    return new ReadableStream(
      {
        async pull(controller) {
          const chunk =
            source instanceof Uint8Array ? source.subarray(position, position + CHUNK) : await source.read(position);
          position += chunk.length;
          if (chunk.length === 0) controller.close();
          else controller.enqueue(chunk as Uint8Array<ArrayBuffer>);
        },
      },
      { highWaterMark: 0 },
    );
  }

  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    const all = new Uint8Array(this.size);
    let position = 0;
    for await (const chunk of this.stream() as unknown as AsyncIterable<Uint8Array>) {
      all.set(chunk, position);
      position += chunk.length;
    }
    return all;
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.bytes()).buffer;
  }

  async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes());
  }
}

/** A temporary file that no one else can open, and that is gone once it is closed. */
export class Spool {
  readonly #handle: FileHandle;
  readonly #path: string | undefined;

  private constructor(handle: FileHandle, path: string | undefined) {
    this.#handle = handle;
    this.#path = path;
  }

  static async open(): Promise<Spool> {
    const path = join(tmpdir(), `upload-${randomUUID()}`);
    const handle = await open(path, 'wx+', 0o600);
    // Unlinked at once where the system allows it, so that no crash can leave it behind.
    const kept = await unlink(path).then(
      () => undefined,
      () => path,
    );
    return new Spool(handle, kept);
  }

  async append(chunk: Uint8Array): Promise<void> {
    await this.#handle.appendFile(chunk);
  }

  async read(position: number): Promise<Uint8Array> {
    const { bytesRead, buffer } = await this.#handle.read(new Uint8Array(CHUNK), 0, CHUNK, position);
    return buffer.subarray(0, bytesRead);
  }

  async close(): Promise<void> {
    await this.#handle.close();
    if (this.#path !== undefined) await unlink(this.#path);
  }
}

/** Takes in a file, and answers it with what frees its place. */
export async function receive(
  name: string,
  type: string,
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ file: UploadedFile; close: () => Promise<void> }> {
  const first: Uint8Array[] = [];
  let size = 0;
  let spool: Spool | undefined;
  try {
    for await (const chunk of chunks) {
      size += chunk.length;
      if (spool === undefined && size > IN_MEMORY) {
        spool = await Spool.open();
        for (const early of first) await spool.append(early);
      }
      if (spool === undefined) first.push(chunk);
      else await spool.append(chunk);
    }
  } catch (error) {
    await spool?.close();
    throw error;
  }
  const source = spool ?? new Uint8Array(Buffer.concat(first));
  return { file: new UploadedFile(name, type, size, source), close: async () => spool?.close() };
}
