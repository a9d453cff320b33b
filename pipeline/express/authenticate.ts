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

/** Makes sure who a request is from, and what they may do. Each throws what the caller is then told. */
export interface Authentication {
  /** Does what can be done before the body is read, and answers what does the rest. */
  begin(head: RequestHead): (body: Buffer | undefined) => Identity;
  /** Whether they may do this; `input` is what the handler gets. */
  authorize(identity: Identity, input: Readonly<Record<string, unknown>>): void;
}

export function authenticate({ begin }: Authentication) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const { method } = state(response);
    state(response).authenticate = begin({ method, rawUrl: request.originalUrl, headers: request.rawHeaders });
    next();
  };
}
