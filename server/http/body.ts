import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { isTooDeep, MAX_DEPTH } from './depth.ts';
import { isObject, jsonType, type OpenApiDocument, resolve } from './document.ts';
import { HttpError } from './errors.ts';
import type { OperationEntry, OperationTable } from './handler.ts';
import { BODILESS } from './prune.ts';
import { operationOf } from './state.ts';

/** Reads the body of a request whose operation declares one. `limit` is in bytes, after decompression. */
export function readBody(document: OpenApiDocument, operations: OperationTable, limit: number) {
  const reader = new BodyReader(limit);
  const expected = new Map(Object.entries(operations).map(([id, entry]) => [id, expectedBody(document, entry)]));
  return (request: Request, response: Response, next: NextFunction): void => {
    const body = expected.get(operationOf(operations, response).id);
    if (body === undefined) return next();
    reader.read(body, request, response, next);
  };
}

class BodyReader {
  readonly #parse: RequestHandler;

  /** `limit` is in bytes, after decompression. */
  constructor(limit: number) {
    // Any JSON value is taken, and whether it is an object is for the schema to say.
    this.#parse = express.json({ limit, strict: false, type: () => true });
  }

  read(expected: ExpectedBody, request: Request, response: Response, next: NextFunction): void {
    const given = request.headers['content-type'];
    if (!expected.declared) {
      // The AWS SDKs send neither body nor Content-Type here; others send `{}`. Neither is looked at.
      delete request.headers['content-type'];
      return next();
    }
    if (!hasBody(request)) {
      if (!expected.required) return next();
      return next(new HttpError(400, '/body is required, as JSON.'));
    }
    // The validator keeps a compiled copy for every distinct parameter string it meets (2,000 of them took 300 MB), so
    // it is shown the media type alone.
    const mediaType = mediaTypeOf(given ?? '');
    if (!expected.mediaTypes.includes(mediaType)) {
      const found = given === undefined ? 'none was given' : `not ${JSON.stringify(mediaType.slice(0, 100))}`;
      return next(new HttpError(415, `Content-Type must be ${expected.mediaTypes.join(' or ')}, ${found}.`));
    }
    this.#parse(request, response, (error?: unknown) => {
      request.headers['content-type'] = mediaType;
      if (!error && isTooDeep(request.body)) {
        return next(new HttpError(400, `/body must not be nested deeper than ${MAX_DEPTH} levels.`));
      }
      next(error);
    });
  }
}

interface ExpectedBody {
  readonly declared: boolean;
  readonly required: boolean;
  /** In lower case. */
  readonly mediaTypes: readonly string[];
}

function expectedBody(document: OpenApiDocument, operation: OperationEntry): ExpectedBody {
  const method = operation.method.toLowerCase();
  const declared = document.paths?.[operation.path]?.[method];
  const body = isObject(declared) && !BODILESS.includes(method) ? resolve(document, declared.requestBody) : undefined;
  if (!isObject(body)) return { declared: false, required: false, mediaTypes: [] };
  // Other types than JSON are not read here, and an operation that takes no JSON has no body as far as this goes.
  const mediaTypes = Object.keys(isObject(body.content) ? body.content : {})
    .map(mediaTypeOf)
    .filter((type) => jsonType({ [type]: true }) !== undefined);
  return { declared: mediaTypes.length > 0, required: body.required === true, mediaTypes };
}

const mediaTypeOf = (type: string): string => type.split(';', 1)[0]?.trim().toLowerCase() ?? '';

export const hasBody = ({ headers }: Request): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > 0;
