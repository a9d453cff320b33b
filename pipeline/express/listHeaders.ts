import type { Request } from 'express';
import { isObject, type OpenApiDocument, resolve } from './document.ts';
import { parametersOf } from './prune.ts';

/** The headers of an operation that are lists, in lower case. */
export function listHeaders(document: OpenApiDocument, path: string, method: string): string[] {
  return parametersOf(document, path, method).flatMap((parameter) => {
    const schema = resolve(document, parameter.schema);
    const isList = parameter.in === 'header' && isObject(schema) && schema.type === 'array';
    return isList ? [String(parameter.name).toLowerCase()] : [];
  });
}

/** The white space around a comma is none of the list's items (RFC 9110, 5.6.1); the validator would take it for some. */
export function withoutSpaces({ headers }: Request, name: string): void {
  const value = headers[name];
  if (typeof value === 'string') headers[name] = value.replaceAll(/[ \t]*,[ \t]*/g, ',');
}
