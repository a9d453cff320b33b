import { encodeForm } from '../document/formBody.ts';
import type { Encoding } from '../document/types.ts';
import type { Write } from './operation.ts';

/** A file of any kind: a `File` has a name and a type, and so may any object with a stream. */
interface FileLike {
  readonly name?: string;
  readonly type?: string;
  stream(): ReadableStream<Uint8Array>;
}
type Part = string | Blob | Uint8Array<ArrayBuffer> | AsyncIterable<Uint8Array>;

// Of the browsers only Chromium sends a stream, and only over HTTP/2: there, a stream is collected first.
const canStream = () => globalThis.process?.versions?.node;

const isStream = (part: unknown): part is AsyncIterable<Uint8Array> =>
  part instanceof ReadableStream || (typeof part === 'object' && part !== null && Symbol.asyncIterator in part);

const isText = (body: unknown): body is string => typeof body === 'string';

/** A stream of chunks, pulled as they are sent. */
function streamOf(chunks: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array<ArrayBuffer>> {
  if (chunks instanceof ReadableStream) return chunks as ReadableStream<Uint8Array<ArrayBuffer>>;
  const iterator = chunks[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(value as Uint8Array<ArrayBuffer>);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

const sendable = (chunks: AsyncIterable<Uint8Array>) =>
  canStream() ? streamOf(chunks) : new Response(streamOf(chunks)).blob();

/** Sends a text, bytes or a stream as it is. */
export const whole: Write = async (body: Blob | string | AsyncIterable<Uint8Array>, type) => [
  isStream(body) ? await sendable(body) : body,
  // The document may give a range, such as `image/*`.
  type.endsWith('*') ? (body as Blob).type || (isText(body) ? 'text/plain' : 'application/octet-stream') : type,
];

/** Sends a list, or what an iterable gives as it is asked, as JSON lines. */
export const lines: Write = (items, type) => linesWith(JSON.stringify)(items, type);
/** The same, with another way to write JSON. */
export const linesWith =
  (toJson: (value: unknown) => string): Write =>
  async (items: Iterable<unknown> | AsyncIterable<unknown>, type) => {
    const line = (item: unknown) => `${toJson(item)}\n`;
    if (!isStream(items)) return [[...(items as Iterable<unknown>)].map(line).join(''), type];
    async function* encoded() {
      const encoder = new TextEncoder();
      for await (const item of items) yield encoder.encode(line(item));
    }
    return [await sendable(encoded()), type];
  };

/** Sends an object as a form, each member by its encoding. */
export const form =
  (encoding: Readonly<Record<string, Encoding>> = {}): Write =>
  (body, type) => [encodeForm({ encoding }, body), type];

/**
 * Sends an object as parts: files with their name and type, lists item by item, objects as JSON. `types` has the media
 * types that the document gives to parts.
 */
export const multipart =
  (types: Readonly<Record<string, string>> = {}, toJson: (value: unknown) => string = JSON.stringify): Write =>
  async (body: object) => {
    const boundary = `form-${Math.random()}`;
    const parts: Part[] = [];
    for (const [name, value] of Object.entries(body)) {
      const given = types[name];
      for (const item of Array.isArray(value) && !given?.includes('json') ? value : [value]) {
        if (item !== undefined) parts.push(...partOf(boundary, name, item, given, toJson), '\r\n');
      }
    }
    parts.push(`--${boundary}--\r\n`);
    const type = `multipart/form-data; boundary=${boundary}`;
    if (!parts.some(isStream)) return [new Blob(parts as BlobPart[]), type];
    return [await sendable(chunksOf(parts)), type];
  };

function partOf(
  boundary: string,
  name: string,
  item: unknown,
  given: string | undefined,
  toJson: typeof JSON.stringify,
): Part[] {
  const isObject = item === Object(item);
  const { name: file = 'file', type, stream } = Object(item) as Partial<FileLike>;
  const isFile = stream || isStream(item) || item instanceof Uint8Array;
  const isText = !isObject || given?.startsWith('text/');
  const usual = given?.split(',')[0] ?? (isFile ? 'application/octet-stream' : isText ? '' : 'application/json');
  const mediaType = (isFile && type) || usual;
  const filename = isFile ? `; filename="${quoted(file)}"` : '';
  const field = mediaType && `\r\nContent-Type: ${quoted(mediaType)}`;
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"${filename}${field}\r\n\r\n`;
  if (!isFile) return [head, isText ? `${item ?? ''}` : toJson(item)];
  const content = item instanceof Blob || !stream ? item : stream.call(item);
  return [head, content as Part];
}

/** As browsers write names in the header of a part. */
const quoted = (name: string): string => name.replace(/[\r\n"]/g, encodeURIComponent);

async function* chunksOf(parts: readonly Part[]): AsyncGenerator<Uint8Array, void> {
  for (const part of parts) {
    const stream: unknown = isStream(part) ? part : new Blob([part]).stream();
    yield* stream as AsyncIterable<Uint8Array>;
  }
}
