import express, { type NextFunction, type Request, type Response } from 'express';
import { isTooDeep, MAX_DEPTH } from './depth.ts';
import { isObject, jsonType, type OpenApiDocument, resolve } from './document.ts';
import { HttpError } from './errors.ts';
import type { OperationEntry, OperationTable } from './handler.ts';
import { BODILESS } from './prune.ts';
import { operationOf, state } from './state.ts';

/**
 * Reads the body of a request whose operation declares one, and of one that is signed: the signature covers its bytes.
 * `limit` is in bytes, after decompression.
 */
export function readBody(document: OpenApiDocument, operations: OperationTable, limit: number) {
  const expected = new Map(Object.entries(operations).map(([id, entry]) => [id, expectedBody(document, entry)]));
  const read = express.raw({ limit, type: () => true });
  // What is signed are the bytes on the wire; no SDK compresses what it sends here.
  const readSigned = express.raw({ limit, type: () => true, inflate: false });
  return (request: Request, response: Response, next: NextFunction): void => {
    const body = expected.get(operationOf(operations, response).id) ?? NONE;
    const { authenticate } = state(response);
    const take = (bytes: Buffer | undefined): void => {
      if (authenticate !== undefined) state(response).identity = authenticate(bytes);
      request.body = body.declared ? parse(body, request, bytes) : undefined;
      // The AWS SDKs send no body where none is declared; others send `{}`, with a Content-Type that counts for nothing.
      if (request.body === undefined) delete request.headers['content-type'];
      next();
    };
    const taken = (error?: unknown): void => {
      if (error) return next(error);
      try {
        take(request.body as Buffer);
      } catch (thrown) {
        next(thrown);
      }
    };
    if (!hasBody(request) || !(body.declared || authenticate)) return take(undefined);
    (authenticate === undefined ? read : readSigned)(request, response, taken);
  };
}

/** The JSON of a body, whatever JSON it is: whether it is an object is for the schema to say. */
function parse({ required, mediaTypes }: ExpectedBody, { headers }: Request, bytes: Buffer | undefined): unknown {
  const given = headers['content-type'];
  if (bytes === undefined) {
    if (required) throw new HttpError(400, '/body is required, as JSON.');
    return undefined;
  }
  const mediaType = mediaTypeOf(given ?? '');
  if (!mediaTypes.includes(mediaType)) {
    const found = given === undefined ? 'none was given' : `not ${JSON.stringify(mediaType.slice(0, 100))}`;
    throw new HttpError(415, `Content-Type must be ${mediaTypes.join(' or ')}, ${found}.`);
  }
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(given ?? '')?.[1] ?? 'utf-8';
  if (!/^utf-?8$/i.test(charset)) throw new HttpError(415, 'The charset of the body is not supported; JSON is UTF-8.');
  // The validator keeps a compiled copy for every distinct parameter string it meets (2,000 of them took 300 MB), so
  // it is shown the media type alone.
  headers['content-type'] = mediaType;
  const value = parseJson(bytes);
  if (isTooDeep(value)) throw new HttpError(400, `/body must not be nested deeper than ${MAX_DEPTH} levels.`);
  return value;
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    // The parser's own words quote the body, which may hold secrets.
    throw new HttpError(400, 'The body is not valid JSON.');
  }
}

interface ExpectedBody {
  readonly declared: boolean;
  readonly required: boolean;
  /** In lower case. */
  readonly mediaTypes: readonly string[];
}

const NONE: ExpectedBody = { declared: false, required: false, mediaTypes: [] };

function expectedBody(document: OpenApiDocument, operation: OperationEntry): ExpectedBody {
  const method = operation.method.toLowerCase();
  const declared = document.paths?.[operation.path]?.[method];
  const body = isObject(declared) && !BODILESS.includes(method) ? resolve(document, declared.requestBody) : undefined;
  if (!isObject(body)) return NONE;
  // Other types than JSON are not read here, and an operation that takes no JSON has no body as far as this goes.
  const mediaTypes = Object.keys(isObject(body.content) ? body.content : {})
    .map(mediaTypeOf)
    .filter((type) => jsonType({ [type]: true }) !== undefined);
  return { declared: mediaTypes.length > 0, required: body.required === true, mediaTypes };
}

const mediaTypeOf = (type: string): string => type.split(';', 1)[0]?.trim().toLowerCase() ?? '';

export const hasBody = ({ headers }: Request): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > 0;
