import { setTimeout } from 'node:timers/promises';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { OpenApiDocument } from './document.ts';
import { type Violation, violations } from './errors.ts';
import type { OperationTable } from './handler.ts';
import { listHeaders, withoutSpaces } from './listHeaders.ts';
import { prune } from './prune.ts';
import { ShownPath } from './shownPath.ts';
import { operationOf, state } from './state.ts';

type Next = (error?: unknown) => void;

const IDLE = 200; // ms without a request

/** Checks requests, and answers when they are sent: one that breaks the contract is logged and sent, or thrown. */
export function validate(
  document: OpenApiDocument,
  operations: OperationTable,
  onInvalidResponse: 'log' | 'throw',
  warm: boolean,
) {
  const validators = new Validators({
    document,
    operations,
    onInvalidResponse: (operationId, found, request) => {
      const message = `The answer of ${operationId} breaks the contract: ${violations(found)}`;
      if (onInvalidResponse === 'throw') throw new Error(message);
      if (request.res !== undefined) state(request.res).log.error({ operation: operationId }, message);
    },
  });
  if (warm) void validators.warm();
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
  readonly #made = new Map<string, Validator>();
  readonly #making = new Map<string, Promise<Validator>>();
  #lastUse = 0;

  constructor(options: ValidatorOptions) {
    this.#options = options;
  }

  /** Checks the request, and the response when it is sent. `next` may be called a second time, by a bad response. */
  run(operationId: string, request: Request, response: Response, next: Next): void {
    // A body that may be left out, and is, would be asked for its type and taken for an empty object.
    const withBody = request.body !== undefined;
    const made = this.#made.get(keyOf(operationId, withBody));
    this.#lastUse = performance.now();
    if (made !== undefined) return made.run(request, response, next);
    this.#make(operationId, withBody).then((validator) => validator.run(request, response, next), next);
  }

  /** Makes those that no request has asked for yet, one at a time, while there is nothing else to do. */
  async warm(): Promise<void> {
    await sleep(IDLE);
    await import('express-openapi-validator');
    for (const [id, { body }] of Object.entries(this.#options.operations)) {
      do await sleep(IDLE);
      while (performance.now() - this.#lastUse < IDLE);
      await this.#make(id, body !== 'none');
    }
  }

  /** The first requests of an operation come at the same time, and share one. */
  #make(operationId: string, withBody: boolean): Promise<Validator> {
    const key = keyOf(operationId, withBody);
    let making = this.#making.get(key);
    if (making === undefined) {
      making = this.#build(operationId, withBody).then((validator) => {
        this.#made.set(key, validator);
        return validator;
      });
      this.#making.set(key, making);
    }
    return making;
  }

  async #build(operationId: string, withBody: boolean): Promise<Validator> {
    const { document, operations, onInvalidResponse } = this.#options;
    const operation = operations[operationId];
    if (operation === undefined) throw new Error(`The table of operations has no ${operationId}.`);
    // Loaded when it is first needed: it takes longer than the rest of a server's start.
    const { middleware } = await import('express-openapi-validator');
    const { path } = operation;
    const method = operation.method.toLowerCase();
    const pruned = prune(document, path, method, withBody);
    const shown = ShownPath.of(document, path, method);
    shown?.show(pruned, path, method);
    const middlewares = middleware({
      apiSpec: pruned as never,
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
    return new Validator(middlewares, shown, listHeaders(document, path, method));
  }
}

const keyOf = (operationId: string, withBody: boolean): string =>
  withBody ? `${operationId} with a body` : operationId;

const sleep = (ms: number): Promise<void> => setTimeout(ms, undefined, { ref: false });

/** What the validator notes on a request about its operation. */
interface Metadata {
  readonly pathParams: Readonly<Record<string, unknown>>;
}

/**
 * The middlewares of one instance. The first of them find the route, the same one each time, by compiling its expression
 * on every request; after the first request what they found is known, and only those run that check.
 */
class Validator {
  readonly #all: readonly RequestHandler[];
  readonly #checks: readonly RequestHandler[];
  readonly #shown: ShownPath | undefined;
  readonly #listHeaders: readonly string[];
  #metadata: Metadata | undefined;

  constructor(all: readonly RequestHandler[], shown: ShownPath | undefined, listHeaders: readonly string[]) {
    this.#all = all;
    this.#checks = all.filter(({ name }) => name === 'requestMiddleware' || name === 'responseMiddleware');
    if (this.#checks.length !== 2) throw new Error('express-openapi-validator names its middlewares otherwise now.');
    this.#shown = shown;
    this.#listHeaders = listHeaders;
  }

  run(request: Request & { openapi?: Metadata }, response: Response, next: Next): void {
    for (const name of this.#listHeaders) withoutSpaces(request, name);
    const done = this.#shown === undefined ? next : this.#shown.after(request, response, next);
    if (this.#metadata === undefined) {
      const { url } = request;
      if (this.#shown !== undefined) request.url = this.#shown.url(state(response).pathParams, url);
      chain(this.#all, request, response, (error) => {
        request.url = url;
        this.#metadata ??= request.openapi;
        done(error);
      });
      return;
    }
    const { pathParams: own } = state(response);
    const pathParams = this.#shown === undefined ? own : this.#shown.params(own);
    request.openapi = { ...this.#metadata, pathParams };
    request.params = pathParams as Request['params'];
    // The check parses the whole URL for its query alone, by a slow parser: 5 % of a small request.
    const { originalUrl } = request;
    const mark = originalUrl.indexOf('?');
    request.originalUrl = mark < 0 ? '/' : `/${originalUrl.slice(mark)}`;
    chain(this.#checks, request, response, (error) => {
      request.originalUrl = originalUrl;
      done(error);
    });
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
