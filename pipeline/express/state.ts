import type { Response } from 'express';
import type { Logger } from 'pino';
import type { OperationTable } from './handler.ts';

/** Who a request is from. */
export interface Identity {
  readonly accessKeyId: string;
}

/** What the middlewares know of a request. */
export interface State {
  /** The request's id. */
  readonly id: string;
  readonly log: Logger;
  /** As it was sent: HEAD is served as GET. */
  readonly method: string;
  /** Set on a request that must be signed: what makes sure of it once the body is there. */
  authenticate?: (body: Buffer | undefined) => Identity;
  /** Who signed it. */
  identity?: Identity;
  /** Set once the operation is found. */
  operationId?: string;
  /** As the path has them; once they have been checked, as the contract says: numbers may be among them. */
  pathParams: Readonly<Record<string, unknown>>;
}

export const state = (response: Response): State => response.locals as State;

/** The operation that the request was dispatched to. */
export function operationOf(operations: OperationTable, response: Response) {
  const id = state(response).operationId;
  const operation = id === undefined ? undefined : operations[id];
  if (id === undefined || operation === undefined) throw new Error('The request was not dispatched.');
  return { id, operation };
}
