import type { NextFunction, Request, Response } from 'express';
import { hasBody } from './body.ts';
import type { OpenApiDocument } from './document.ts';
import { ErrorMapper } from './errors.ts';
import type { OperationTable } from './handler.ts';
import { state } from './state.ts';

/** Sends what was thrown, as the contract says. What nobody foresaw is told to the log and to no one else. */
export function answerErrors(document: OpenApiDocument, operations: OperationTable) {
  const mapper = new ErrorMapper(document, operations);
  // Express knows an error handler by its four parameters.
  return (thrown: unknown, request: Request, response: Response, _next: NextFunction): void => {
    const { log, operationId } = state(response);
    const answer = mapper.answer(thrown, operationId);
    if (answer.unexpected) log.error({ err: thrown, operation: operationId }, 'unexpected error');
    if (response.headersSent) {
      response.destroy();
      return;
    }
    for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
    response.setHeader('x-amzn-ErrorType', answer.type);
    // What is left of a refused body is not read, so the connection can't be used again.
    if (!request.complete && hasBody(request)) response.setHeader('Connection', 'close');
    response.status(answer.status);
    try {
      response.json(answer.body);
    } catch (error) {
      // The validator of answers is in the way of this one too, and must not be the last to speak.
      log.error({ err: error, operation: operationId }, 'an error could not be answered as it should be');
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(answer.body));
    }
  };
}
