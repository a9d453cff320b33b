import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { middleware } from 'express-openapi-validator';
import type { OpenApiDocument } from './document.ts';
import { type Violation, violations } from './errors.ts';
import type { OperationTable } from './handler.ts';
import { prune } from './prune.ts';
import { operationOf, state } from './state.ts';

type Next = (error?: unknown) => void;

/** Checks requests, and answers when they are sent: one that breaks the contract is logged and sent, or thrown. */
export function validate(document: OpenApiDocument, operations: OperationTable, onInvalidResponse: 'log' | 'throw') {
  const validators = new Validators({
    document,
    operations,
    onInvalidResponse: (operationId, found, request) => {
      const message = `The answer of ${operationId} breaks the contract: ${violations(found)}`;
      if (onInvalidResponse === 'throw') throw new Error(message);
      if (request.res !== undefined) state(request.res).log.error({ operation: operationId }, message);
    },
  });
  return (request: Request, response: Response, next: NextFunction): void => {
    validators.run(operationOf(operations, response).id, request, response, next);
  };
}

interface ValidatorOptions {
  readonly document: OpenApiDocument;
  readonly operations: OperationTable;
  /** Called with each answer that breaks the contract; what it throws becomes the answer. */
  readonly onInvalidResponse: (operationId: string, violations: readonly Violation[], request: Request) => void;
}

/**
 * Validates requests and responses by express-openapi-validator: an instance for each operation, on a document pruned
 * to what that operation reaches. One instance over the whole document finds the route by compiling the expressions of
 * all paths on every request (17,300 requests/s with one operation, 265 with 1,000), and compiles for half a second.
 */
class Validators {
  readonly #options: ValidatorOptions;
  readonly #built = new Map<string, Validator>();

  constructor(options: ValidatorOptions) {
    this.#options = options;
  }

  /** Checks the request, and the response when it is sent. `next` may be called a second time, by a bad response. */
  run(operationId: string, request: Request, response: Response, next: Next): void {
    // A body that may be left out, and is, would be asked for its type and taken for an empty object.
    const withBody = request.body !== undefined;
    const key = withBody ? `${operationId} with a body` : operationId;
    let built = this.#built.get(key);
    if (built === undefined) {
      built = new Validator(this.#build(operationId, withBody));
      this.#built.set(key, built);
    }
    built.run(request, response, next);
  }

  #build(operationId: string, withBody: boolean): readonly RequestHandler[] {
    const { document, operations, onInvalidResponse } = this.#options;
    const operation = operations[operationId];
    if (operation === undefined) throw new Error(`The table of operations has no ${operationId}.`);
    return middleware({
      apiSpec: prune(document, operation.path, operation.method.toLowerCase(), withBody) as never,
      validateApiSpec: false, // lint did
      validateSecurity: false,
      fileUploader: false,
      useRequestUrl: true, // the one without the server's prefix
      validateRequests: { allErrors: true },
      validateResponses: {
        allErrors: true,
        onError: (error, _body, request) => {
          const found = error.errors?.length ? error.errors : [{ path: '/response', message: error.message }];
          onInvalidResponse(operationId, found, request);
        },
      },
    }) as RequestHandler[];
  }
}

/** What the validator notes on a request about its operation. */
interface Metadata {
  readonly pathParams: Readonly<Record<string, string>>;
}

/**
 * The middlewares of one instance. The first of them find the route, the same one each time, by compiling its expression
 * on every request; after the first request what they found is known, and only those run that check.
 */
class Validator {
  readonly #all: readonly RequestHandler[];
  readonly #checks: readonly RequestHandler[];
  #metadata: Metadata | undefined;

  constructor(all: readonly RequestHandler[]) {
    this.#all = all;
    this.#checks = all.filter(({ name }) => name === 'requestMiddleware' || name === 'responseMiddleware');
    if (this.#checks.length !== 2) throw new Error('express-openapi-validator names its middlewares otherwise now.');
  }

  run(request: Request & { openapi?: Metadata }, response: Response, next: Next): void {
    if (this.#metadata === undefined) {
      chain(this.#all, request, response, (error) => {
        this.#metadata ??= request.openapi;
        next(error);
      });
      return;
    }
    const { pathParams } = state(response);
    request.openapi = { ...this.#metadata, pathParams };
    request.params = pathParams;
    chain(this.#checks, request, response, next);
  }
}

function chain(handlers: readonly RequestHandler[], request: Request, response: Response, done: Next): void {
  let index = 0;
  const next = (error?: unknown): void => {
    if (error !== undefined && error !== null) return done(error);
    const handler = handlers[index++];
    if (handler === undefined) return done();
    try {
      handler(request, response, next as NextFunction);
    } catch (thrown) {
      done(thrown);
    }
  };
  next();
}
