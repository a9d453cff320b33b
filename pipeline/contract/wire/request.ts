import { encode, StyleError } from '../../document/styles.ts';
import type { Content, Document, Operation, Parameter } from '../document/document.ts';
import { isObject } from '../document/json.ts';
import { NotRun } from '../notRun.ts';
import { type Encoded, encodeBody } from './bodies.ts';
import type { Request } from './messages.ts';

/** By the parameter's place and name, such as `query limit`. */
export type Values = ReadonlyMap<string, unknown>;

export const keyOf = ({ in: place, name }: Parameter): string => `${place} ${name}`;

export interface Input {
  readonly values: Values;
  /** Undefined sends no body. */
  readonly body: unknown;
  /** The media type of the body, where it is not the first one. */
  readonly content?: Content;
}

/** Writes a request as the document says that its parameters and its body are written. Throws `NotRun`. */
export function requestOf(document: Document, operation: Operation, input: Input): Request {
  try {
    return written(document, operation, input);
  } catch (error) {
    if (!(error instanceof StyleError)) throw error;
    throw new NotRun(`a value can't be written: ${error.message}`);
  }
}

function written(document: Document, operation: Operation, { values, body, content }: Input): Request {
  const query: string[] = [];
  const headers: Record<string, string> = { accept: acceptOf(operation) };
  const cookies: string[] = [];
  let path = operation.path;
  for (const parameter of operation.parameters) {
    const value = values.get(keyOf(parameter));
    if (value === undefined && parameter.in !== 'path') continue;
    const encoded = encode(parameter.written, value ?? '');
    if (parameter.in === 'path') path = path.replaceAll(`{${parameter.name}}`, encoded);
    else if (parameter.in === 'query' || parameter.in === 'querystring')
      query.push(...(encoded === '' ? [] : [encoded]));
    else if (parameter.in === 'header') headers[parameter.name.toLowerCase()] = encoded;
    else cookies.push(encoded);
  }
  if (cookies.length > 0) headers.cookie = cookies.join('; ');
  const chosen = content ?? operation.body;
  const sent: Encoded | undefined =
    body === undefined || chosen === undefined ? undefined : encodeBody(document, chosen, body);
  if (sent !== undefined) headers['content-type'] = sent.type;
  return {
    method: operation.method,
    path: query.length === 0 ? path : `${path}${path.includes('?') ? '&' : '?'}${query.join('&')}`,
    headers,
    body: sent?.body,
  };
}

/** The media types that the document says may come back. */
function acceptOf({ responses }: Operation): string {
  const types = Object.values(responses).flatMap(({ contents }) => contents.map(({ type }) => type));
  return types.length === 0 ? '*/*' : [...new Set(types)].join(', ');
}

/** Those of the path, as texts. */
export function pathValues(operation: Operation, values: Values): Record<string, string> {
  return Object.fromEntries(
    operation.parameters
      .filter((parameter) => parameter.in === 'path')
      .map((parameter) => {
        const value = values.get(keyOf(parameter));
        return [parameter.name, isObject(value) || Array.isArray(value) ? JSON.stringify(value) : String(value ?? '')];
      }),
  );
}
