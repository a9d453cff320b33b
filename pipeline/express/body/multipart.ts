import { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { Busboy, type BusboyFileStream, type BusboyHeaders } from '@fastify/busboy';
import { isFile } from '../../document/files.ts';
import { essence, type MediaType, matches } from '../../document/mediaTypes.ts';
import { itemSchema, memberSchema, typesOf } from '../../document/schemas.ts';
import type { Document, Schema } from '../../document/types.ts';
import { readScalar, set } from '../../document/values.ts';
import { HttpError, InvalidRequest } from '../errors.ts';
import type { Exchange } from '../exchange.ts';
import { checkTexts, parseJson } from './json.ts';
import { receive, UploadedFile } from './uploadedFile.ts';

/** Bounds of the files in multipart bodies. A request beyond them is answered with 413. */
export interface UploadOptions {
  /** All files of a request together, in bytes. @default 1 GiB */
  readonly maxBytes?: number;
  /** @default 100 */
  readonly maxFiles?: number;
}

interface Limits extends UploadOptions {
  /** All other members together, in bytes. */
  readonly fieldsLimit: number;
}

const MAX_BYTES = 1024 ** 3;
const MAX_FILES = 100;
const MAX_FIELDS = 1000;
const MAX_FIELD_NAME = 200; // bytes

interface Part {
  readonly name: string;
  readonly type: string;
  readonly content: string | UploadedFile;
}

/**
 * Reads a body of multipart/form-data. Files go to disk as they come in, so that memory does not grow with them; the
 * handler is called once all parts are there, whatever their order.
 */
export async function readMultipart(
  document: Document,
  exchange: Exchange,
  content: MediaType,
  limits: Limits,
  bytes: Buffer | undefined,
): Promise<{ value: unknown; size: number }> {
  const parts = await partsOf(exchange, limits, bytes);
  const value = {};
  for (const name of new Set(parts.map((part) => part.name))) {
    const own = parts.filter((part) => part.name === name);
    set(value, name, await memberOf(document, content, name, own));
  }
  checkTexts(value, '/body');
  const size = parts.reduce((sum, part) => sum + (typeof part.content === 'string' ? part.content.length : 0), 0);
  return { value, size };
}

async function partsOf(exchange: Exchange, limits: Limits, bytes: Buffer | undefined): Promise<Part[]> {
  const { request } = exchange;
  const parser = parserOf(request.headers, limits);
  const parts: Part[] = [];
  const receiving: Promise<void>[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const { maxBytes = MAX_BYTES, maxFiles = MAX_FILES } = limits;
  const counter = { left: maxBytes, fields: limits.fieldsLimit };
  parser.on('field', (name, text, nameCut, cut, _encoding, type) => {
    counter.fields -= text.length + name.length;
    if (cut || nameCut || counter.fields < 0) return reject(tooLarge(limits.fieldsLimit));
    parts.push({ name, type, content: text });
  });
  parser.on('file', (name, stream, fileName, _encoding, type) => {
    const index = parts.length;
    parts.push({ name, type, content: '' });
    const received = receive(fileName || name, type, counted(stream, counter, maxBytes, exchange)).then(
      ({ file, close }) => {
        exchange.cleanUps.push(() => void close());
        parts[index] = { name, type, content: file };
      },
    );
    receiving.push(received);
    received.catch(reject);
  });
  parser.once('partsLimit', () => reject(new HttpError(413, `The body has more than ${MAX_FIELDS + maxFiles} parts.`)));
  parser.once('filesLimit', () => reject(new HttpError(413, `The body has more than ${maxFiles} files.`)));
  parser.once('fieldsLimit', () => reject(new HttpError(413, `The body has more than ${MAX_FIELDS} fields.`)));
  parser.once('error', () => reject(malformed()));
  parser.once('finish', resolve);
  const source = bytes === undefined ? inflated(exchange) : Readable.from([bytes], { objectMode: false });
  source.once('error', () => reject(malformed()));
  request.once('close', () => {
    if (!request.complete) reject(new HttpError(400, 'The request ended before its body did.'));
  });
  source.pipe(parser);
  try {
    await promise;
    await Promise.all(receiving);
  } catch (error) {
    source.unpipe(parser);
    parser.destroy();
    await Promise.allSettled(receiving);
    throw error;
  }
  return parts;
}

function parserOf(headers: Exchange['request']['headers'], { maxFiles = MAX_FILES, fieldsLimit }: Limits) {
  try {
    return new Busboy({
      headers: headers as BusboyHeaders,
      limits: {
        fieldNameSize: MAX_FIELD_NAME,
        fieldSize: fieldsLimit,
        fields: MAX_FIELDS,
        files: maxFiles,
        parts: MAX_FIELDS + maxFiles,
        headerPairs: 100,
        headerSize: 8 * 1024,
      },
    });
  } catch {
    throw new HttpError(400, 'The Content-Type of a multipart body needs a boundary.');
  }
}

async function* counted(stream: BusboyFileStream, counter: { left: number }, maxBytes: number, exchange: Exchange) {
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    counter.left -= chunk.length;
    if (counter.left < 0) throw new HttpError(413, `The files are larger than the limit of ${maxBytes} bytes.`);
    exchange.keepAlive();
    yield chunk;
  }
}

const malformed = () => new HttpError(400, 'The body is not a well-formed multipart body.');
const tooLarge = (limit: number) =>
  new HttpError(413, `The fields of the body are larger than the limit of ${limit} bytes.`);

function inflated({ request }: Exchange): Readable {
  const encoding = (request.headers['content-encoding'] ?? 'identity').toLowerCase();
  if (encoding === 'identity') return request;
  const decompress = { gzip: createGunzip, deflate: createInflate, br: createBrotliDecompress }[encoding];
  if (decompress === undefined)
    throw new HttpError(415, 'The Content-Encoding of the body is not supported; leave it out.');
  const stream = decompress();
  request.once('error', (error) => stream.destroy(error));
  return request.pipe(stream);
}

async function memberOf(
  document: Document,
  content: MediaType,
  name: string,
  parts: readonly Part[],
): Promise<unknown> {
  const schema = content.schema && memberSchema(document, content.schema, name);
  const accepted = content.encoding?.[name]?.contentType?.split(',').map(essence);
  const isList = schema !== undefined && typesOf(document, schema).has('array');
  const read = (part: Part, index: number) => {
    if (
      accepted !== undefined &&
      part.content instanceof UploadedFile &&
      !accepted.some((range) => matches(range, essence(part.type)))
    ) {
      throw new InvalidRequest([{ path: `/body/${name}`, message: `must be of the type ${accepted.join(' or ')}` }]);
    }
    return partValue(document, content, isList ? itemSchema(document, schema, index) : schema, part, name);
  };
  if (!isList) {
    const [first] = parts;
    const values = await Promise.all(parts.map(read));
    return parts.length === 1 && first !== undefined ? values[0] : values;
  }
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && isWholeList(only)) return parseJson(Buffer.from(await textOf(only)));
  return Promise.all(parts.map(read));
}

/** A list may also be sent as one part of JSON. */
const isWholeList = ({ type, content }: Part): boolean =>
  typeof content === 'string' && /\bjson\b/i.test(type) && content.trimStart().startsWith('[');

async function partValue(
  document: Document,
  media: MediaType,
  schema: Schema | undefined,
  part: Part,
  name: string,
): Promise<unknown> {
  const isText = typeof part.content === 'string';
  if (media.schema !== undefined && isFile(document, media.schema, name, media.encoding)) {
    return isText ? fileOf(part) : part.content;
  }
  // A schema without a word takes files too.
  if (!isText && (schema === undefined || typesOf(document, schema).size === 0)) return part.content;
  const accepted = media.encoding?.[name]?.contentType ?? '';
  const isJson = /[/+]json\b/i.test(part.type) || /^[^,]*[/+]json\b/i.test(accepted);
  const text = await textOf(part);
  const structured =
    schema !== undefined &&
    !typesOf(document, schema).has('string') &&
    ['object', 'array'].some((type) => typesOf(document, schema).has(type));
  if (!isJson && !structured) return schema === undefined ? text : readScalar(document, schema, text);
  try {
    return parseJson(Buffer.from(text));
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    throw new InvalidRequest([{ path: `/body/${name}`, message: 'must be JSON' }]);
  }
}

function fileOf({ name, type, content }: Part): UploadedFile {
  const bytes = new TextEncoder().encode(content as string);
  return new UploadedFile(name, type, bytes.length, bytes);
}

const textOf = async ({ content }: Part): Promise<string> => (typeof content === 'string' ? content : content.text());
