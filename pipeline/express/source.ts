import type { Readable } from 'node:stream';
import { Answer } from './answer.ts';

/** The stream of a file is made when it is read. */
type File = Pick<Blob, 'type' | 'size' | 'stream'>;

export const isNodeStream = (body: unknown): body is Readable => typeof (body as Readable | null)?.pipe === 'function';
export const isChunks = (body: unknown): boolean => body instanceof ReadableStream || isNodeStream(body);
export const isIterable = (body: unknown): body is AsyncIterable<unknown> =>
  typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
export const isBlob = (body: unknown): body is File =>
  typeof body === 'object' && body !== null && typeof (body as Blob).stream === 'function' && 'size' in body;

/** The pieces of a handler's answer, if its body has any. Whoever calls the handler closes it, however sending ends. */
export class Source {
  readonly #body: unknown;
  #iterator: AsyncIterator<unknown> | undefined;
  #isDone = false;

  constructor(result: unknown) {
    this.#body = result instanceof Answer ? result.body : result;
  }

  async next(): Promise<IteratorResult<unknown>> {
    this.#iterator ??= iteratorOf(this.#body as AsyncIterable<unknown> | File);
    const next = await this.#iterator.next();
    if (next.done) this.#isDone = true;
    return next;
  }

  /** Frees what has not been read to its end, also where reading has not begun. Errors are ignored: nobody reads on. */
  async close(): Promise<void> {
    if (this.#isDone) return;
    this.#isDone = true;
    const body = this.#body;
    try {
      // Its iterator would wait for a step that is on its way, which may be for ever.
      if (isNodeStream(body)) body.on('error', () => {}).destroy();
      else if (isIterable(body)) await (this.#iterator ?? iteratorOf(body)).return?.();
      else await this.#iterator?.return?.();
    } catch {}
  }
}

function iteratorOf(body: AsyncIterable<unknown> | File): AsyncIterator<unknown> {
  const read = isIterable(body) ? body : body.stream();
  if (!(read instanceof ReadableStream)) return read[Symbol.asyncIterator]();
  // The iterator of a web stream waits for a step that is on its way before it cancels.
  const reader = read.getReader();
  return {
    next: () => reader.read(),
    return: async () => ({ done: true, value: await reader.cancel() }),
  };
}
