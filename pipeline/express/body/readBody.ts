import express, { type Request } from 'express';
import { decodeForm } from '../../document/formBody.ts';
import { essence, kindOf, type MediaKind, type MediaType, mediaTypeFor } from '../../document/mediaTypes.ts';
import type { Body } from '../../document/operations.ts';
import { StyleError } from '../../document/styles.ts';
import type { Document } from '../../document/types.ts';
import { readScalar } from '../../document/values.ts';
import { HttpError, InvalidRequest } from '../errors.ts';
import type { Exchange } from '../exchange.ts';
import { checkTexts, parseJson, utf8 } from './json.ts';
import { type LongBodies, LongBody, longLists } from './longBody.ts';
import type { UploadOptions } from './multipart.ts';
import { readBytes } from './readBytes.ts';

/** A body as it was read. */
export interface ReadBody {
  readonly value: unknown;
  readonly content: MediaType;
  /** In bytes. */
  readonly size: number;
  /** The lists that are left out of the value. */
  readonly long?: LongBody;
}

export interface BodyOptions {
  /** In bytes, after decompression. */
  readonly limit: number;
  readonly uploads: UploadOptions;
  readonly longBodies: LongBodies;
}

export type BodyReader = (exchange: Exchange, body: Body | undefined) => Promise<ReadBody | undefined>;

/**
 * Reads the body of a request whose operation has one, by the media type that it was sent as. Also takes in the bytes
 * of a request that has to be authenticated by them.
 */
export function bodyReader(document: Document, { limit, uploads, longBodies }: BodyOptions): BodyReader {
  const inflating = express.raw({ limit, type: () => true });
  // A signature covers the bytes on the wire; who signs does not compress.
  const asSent = express.raw({ limit, type: () => true, inflate: false });
  const long = longLists(document, longBodies);
  const bytesOf = (read: typeof inflating, exchange: Exchange): Promise<Buffer> => {
    const { headers, readable } = exchange.request;
    // The stream is not readable where another app has read it already, or the caller has broken off.
    const isPlain = headers['content-encoding'] === undefined && readable;
    return isPlain ? readBytes(exchange.request, limit) : raw(read, exchange);
  };
  return async (exchange, body) => {
    const { request, authenticate } = exchange;
    const sent = hasBody(request);
    let bytes: Buffer | undefined;
    if (authenticate !== undefined) {
      if (sent) bytes = await bytesOf(asSent, exchange);
      exchange.identity = authenticate(bytes);
    }
    if (body === undefined) return undefined;
    const given = request.headers['content-type'];
    if (!sent && (given === undefined || !mayBeEmpty(mediaTypeFor(body.contents, given)))) {
      if (body.required) throw new HttpError(400, missing(body));
      return undefined;
    }
    const content = contentFor(body, given);
    const kind = kindAs(content, given);
    if (kind === 'multipart') {
      const { readMultipart } = await import('./multipart.ts');
      const read = await readMultipart(document, exchange, content, { ...uploads, fieldsLimit: limit }, bytes);
      return { ...read, content };
    }
    bytes ??= sent ? await bytesOf(inflating, exchange) : EMPTY;
    const lists = kind === 'json' ? long.get(exchange.served?.operation.id ?? '')?.get(content.name) : undefined;
    if (lists !== undefined) {
      assertUtf8(given);
      const body = await LongBody.read(bytes, lists);
      return { value: body.head, content, size: body.size, long: body };
    }
    const value = parsed(document, content, kind, bytes, given);
    return { value, content, size: bytes.length };
  };
}

const EMPTY = Buffer.alloc(0);
const UTF8 = 'utf-8';
const isUtf8 = (charset: string): boolean => charset === UTF8 || /^utf-?8$/i.test(charset);

export const hasBody = ({ headers }: Request): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > 0;

/** Whether nothing at all is a body of this type: an empty text, or a form without members. */
const mayBeEmpty = (content: MediaType | undefined): boolean =>
  content !== undefined && content.kind !== 'json' && content.kind !== 'multipart';

const missing = ({ contents }: Body): string =>
  contents.length > 0 && contents.every(({ kind }) => kind === 'json')
    ? '/body is required, as JSON.'
    : '/body is required.';

function contentFor({ contents }: Body, given: string | undefined): MediaType {
  const found = given === undefined ? undefined : mediaTypeFor(contents, given);
  if (found !== undefined) return found;
  const shown = given === undefined ? 'none was given' : `not ${JSON.stringify(essence(given).slice(0, 100))}`;
  throw new HttpError(415, `Content-Type must be ${contents.map(({ type }) => type).join(' or ')}, ${shown}.`);
}

/** A range such as `*` + `/*` takes bodies of several kinds; the one that was sent says which. */
function kindAs({ type, kind }: MediaType, given = ''): MediaKind {
  if (!type.includes('*')) return kind;
  const own = kindOf(essence(given));
  return own === 'json' || own === 'form' || own === 'multipart' ? own : kind;
}

function raw(read: ReturnType<typeof express.raw>, { request, response }: Exchange): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    read(request, response, (error?: unknown) => {
      if (error) reject(error);
      else resolve((request.body as Buffer | undefined) ?? EMPTY);
    });
  });
}

function parsed(document: Document, content: MediaType, kind: MediaKind, bytes: Buffer, given = ''): unknown {
  switch (kind) {
    case 'json':
      assertUtf8(given);
      return parseJson(bytes);
    case 'json-lines':
      // A text sequence (RFC 7464) has a record separator in front of each line.
      return utf8(bytes)
        .replaceAll('\u001e', '\n')
        .split('\n')
        .flatMap((line) => (line.trim() === '' ? [] : [parseJson(Buffer.from(line))]));
    case 'form': {
      const form = formOf(document, content, utf8(bytes));
      checkTexts(form, '/body');
      return form;
    }
    case 'bytes':
      return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    default: {
      const text = textOf(bytes, charsetOf(given));
      checkTexts(text, '/body');
      return content.schema === undefined ? text : readScalar(document, content.schema, text);
    }
  }
}

function formOf(document: Document, content: MediaType, text: string): unknown {
  try {
    return decodeForm(document, content, text);
  } catch (error) {
    if (!(error instanceof StyleError)) throw error;
    throw new InvalidRequest([{ path: '/body', message: error.message }]);
  }
}

function assertUtf8(type = ''): void {
  if (isUtf8(charsetOf(type))) return;
  throw new HttpError(415, 'The charset of the body is not supported; JSON is UTF-8.');
}

const charsetOf = (type: string): string =>
  type.includes(';') ? (/;\s*charset\s*=\s*"?([^";\s]*)/i.exec(type)?.[1] ?? UTF8) : UTF8;

function textOf(bytes: Buffer, charset: string): string {
  if (isUtf8(charset)) return utf8(bytes);
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    throw new HttpError(415, `The charset ${JSON.stringify(charset.slice(0, 40))} of the body is not supported.`);
  }
}
