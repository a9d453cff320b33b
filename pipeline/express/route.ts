import type { NextFunction, Request, Response } from 'express';
import { Dispatcher } from './dispatch.ts';
import type { OpenApiDocument } from './document.ts';
import { HttpError } from './errors.ts';
import type { OperationTable } from './handler.ts';
import { state } from './state.ts';

/** Finds the operation before anything else looks at the request. */
export function route(document: OpenApiDocument, operations: OperationTable) {
  const dispatcher = new Dispatcher(document, operations);
  return (request: Request, response: Response, next: NextFunction): void => {
    const mark = request.url.indexOf('?');
    const path = mark < 0 ? request.url : request.url.slice(0, mark);
    const match = dispatcher.find(request.method, path);
    if (match === undefined) throw new HttpError(404, `There is nothing at ${request.method} ${request.path}.`);
    const allowed = () => [...match.allowed, 'OPTIONS'].join(', ');
    if (request.method === 'OPTIONS') {
      // The CORS headers are there already; here it is only left to say which methods this path knows.
      response.setHeader('Allow', allowed());
      response.setHeader('Access-Control-Allow-Methods', allowed());
      response.status(200).setHeader('Content-Length', '0').end();
      return;
    }
    if (match.notServed) {
      const what = `${request.method} ${match.path}`;
      throw new HttpError(501, `${what} belongs to a part of the API that this server does not have.`);
    }
    if (match.operationId === undefined) {
      throw new HttpError(405, `${request.method} is not allowed here; use ${match.allowed.join(' or ')}.`, {
        headers: { Allow: allowed() },
      });
    }
    state(response).operationId = match.operationId;
    state(response).pathParams = match.pathParams;
    // HEAD is GET without a body, which Node leaves out by itself.
    if (request.method === 'HEAD') request.method = 'GET';
    request.url = mark < 0 ? match.path : match.path + request.url.slice(mark);
    next();
  };
}
