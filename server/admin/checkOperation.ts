import { closest } from 'fastest-levenshtein';
import type { Operation } from '../../pipeline/document/operations.ts';
import { badRequest } from '../exceptions.ts';

/** Returns the operation of the API. Throws a `BadRequestException` where there is none. */
export function checkOperation(operation: string, api: ReadonlyMap<string, Operation>): Operation {
  const found = api.get(operation);
  if (found !== undefined) return found;
  const nearest = closest(operation, [...api.keys()]);
  throw badRequest(`/body/operation is none of the API. Did you mean ${nearest}?`);
}

/** The statuses of the errors that the contract has for an operation. */
export const documentedErrors = ({ responses }: Operation): number[] =>
  responses.map(({ status }) => Number(status)).filter((status) => status >= 400);
