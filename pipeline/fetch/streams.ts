import { sleep } from './attempts.ts';
import { ApiException, NetworkError, UnreadableError } from './errors.ts';
import type { Read } from './operation.ts';
import type { ServerSentEvent } from './signature.ts';

const PAUSE = 1000; // ms before a broken stream is opened again, if the server gives no other time
const SEPARATOR = '\x1e';
const LONGEST_LINE = 2 ** 26; // characters

type ReadItem = (response: Response, text: string) => unknown;
type ConvertItem = (item: unknown, text: string) => unknown;

/** The lines of a body, as they arrive. A break ends the connection. */
async function* textLines({ body }: Response): AsyncGenerator<string, void> {
  const reader = (body as NonNullable<typeof body>).getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += decoder.decode(value, { stream: !done });
      // A carriage return at the end may be half of a line end.
      const lines = rest.split(done ? /\r\n|\n|\r/ : /\r\n|\n|\r(?!$)/);
      rest = lines.pop() as string;
      if (rest.length > LONGEST_LINE) throw new RangeError('A line is too long');
      yield* lines;
      if (done) break;
    }
    if (rest) yield rest;
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** An item of a stream. */
function parsed({ status }: Response, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UnreadableError(`An item can't be read: ${cause}`, { status, body: text }, { cause });
  }
}

const converting =
  (convert: ConvertItem): ReadItem =>
  (response, text) =>
    convert(parsed(response, text), text);

const broken = (cause: unknown) => new NetworkError(`The stream broke: ${cause}`, { cause });

/** Reads JSON lines and JSON text sequences (RFC 7464), item by item. */
export const jsonLines: Read = (...args) => itemsOf(args, parsed);
/** The same, with the values of each item converted. */
export const linesOf =
  (convert: ConvertItem): Read =>
  (...args) =>
    itemsOf(args, converting(convert));

async function* itemsOf([response, _, { signal }]: Parameters<Read>, read: ReadItem): AsyncGenerator<unknown, void> {
  try {
    for await (const line of textLines(response)) {
      // A text sequence has a separator before each item.
      const item = line.replaceAll(SEPARATOR, '').trim();
      if (item) yield read(response, item);
    }
  } catch (cause) {
    signal?.throwIfAborted();
    throw cause instanceof ApiException ? cause : broken(cause);
  }
}

/** Reads server-sent events whose data is text. */
export const textEvents: Read = (...args) => readEvents(args, (_, data) => data);
/** Reads server-sent events whose data is JSON. */
export const jsonEvents: Read = (...args) => readEvents(args, parsed);
/** The same, with the values of the data converted. */
export const eventsOf =
  (convert: ConvertItem): Read =>
  (...args) =>
    readEvents(args, converting(convert));

/**
 * The events of a stream (HTML, 9.2). A stream that breaks is opened again with the id of its last event; without an id
 * the server can't continue, and the loop over it throws. A stream that ends is complete.
 */
async function* readEvents(
  [answer, reopen, { signal, endOfStream, retry }]: Parameters<Read>,
  read: ReadItem,
): AsyncGenerator<ServerSentEvent, void> {
  let [response, id, pause, failures] = [answer, '', PAUSE, 0];
  for (;;) {
    let [event, data, next]: [string, string | undefined, string] = ['', undefined, id];
    try {
      for await (const line of textLines(response)) {
        const [, field, value = ''] = /^([^:]*):? ?(.*)/s.exec(line) ?? [];
        if (field === 'data') data = data === undefined ? value : `${data}\n${value}`;
        else if (field === 'event') event = value;
        else if (field === 'id' && !value.includes('\0')) next = value;
        else if (field === 'retry') pause = Number(value) || pause;
        if (line !== '') continue;
        id = next;
        if (data !== undefined) {
          if (data === endOfStream) return;
          failures = 0;
          yield { data: read(response, data), event: event || 'message', id };
        }
        [event, data] = ['', undefined];
      }
      return;
    } catch (cause) {
      signal?.throwIfAborted();
      if (cause instanceof ApiException) throw cause;
      if (!id || ++failures >= (retry?.attempts ?? 3)) throw broken(cause);
    }
    await sleep(pause, signal);
    // Headers are bytes, and an id is text.
    response = await reopen({ 'Last-Event-ID': String.fromCharCode(...new TextEncoder().encode(id)) });
    if (response.status === 204) return;
    if (!response.ok)
      throw new ApiException(`It was answered ${response.status}`, {
        status: response.status,
        body: await response.text(),
      });
  }
}
