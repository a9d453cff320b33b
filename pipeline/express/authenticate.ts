import type { NextFunction, Request, Response } from 'express';
import { type Identity, state } from './state.ts';

/** The head of a request as it came in, before anything was decoded or rewritten. */
export interface RequestHead {
  readonly method: string;
  /** Path and query. */
  readonly rawUrl: string;
  /** Name, value, name, value. */
  readonly headers: readonly string[];
}

/** Finds out who a request is from, and what they may do. Both functions throw the error that the caller gets. */
export interface Authentication {
  /**
   * Checks all that can be checked before the body is read, and returns a function that checks the rest.
   *
   * @param pathParams The decoded parameters of the path.
   */
  begin(head: RequestHead, pathParams: Readonly<Record<string, unknown>>): (body: Buffer | undefined) => Identity;
  /** Checks what only the whole input tells. @param input The handler's input. */
  authorize?(identity: Identity, input: Readonly<Record<string, unknown>>): void;
}

export function authenticate({ begin }: Authentication) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const { method, pathParams } = state(response);
    const { originalUrl: rawUrl, rawHeaders: headers } = request;
    state(response).authenticate = begin({ method, rawUrl, headers }, pathParams);
    next();
  };
}
