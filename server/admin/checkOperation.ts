import { closest } from 'fastest-levenshtein';
import { isObject, type OpenApiDocument } from '../../pipeline/express/document.ts';
import type { OperationTable } from '../../pipeline/express/handler.ts';
import { badRequest } from '../exceptions.ts';

/** Throws a `BadRequestException` where the API has no such operation. */
export function checkOperation(operation: string, operations: OperationTable): void {
  if (Object.hasOwn(operations, operation)) return;
  const nearest = closest(operation, Object.keys(operations));
  throw badRequest(`/body/operation is none of the API. Did you mean ${nearest}?`);
}

/** The statuses of the errors that the contract has for an operation. */
export function documentedErrors(
  operation: string,
  { document, operations }: { readonly document: OpenApiDocument; readonly operations: OperationTable },
): number[] {
  const { path = '', method = '' } = operations[operation] ?? {};
  const declared = document.paths?.[path]?.[method.toLowerCase()];
  const responses = isObject(declared) && isObject(declared.responses) ? declared.responses : {};
  return Object.keys(responses)
    .map(Number)
    .filter((status) => status >= 400);
}
