import { decodeCookie, encodeCookie } from './cookieStyles.ts';
import { decodeForm, encodeForm } from './formBody.ts';
import { decodeHeader, encodeHeader } from './headerStyles.ts';
import type { Parameter } from './operations.ts';
import { decodePath, encodePath } from './pathStyles.ts';
import { decodeText, encodeText } from './percent.ts';
import { contentValue, decodeQuery, encodeQuery, parseQuery } from './query.ts';
import type { Document } from './types.ts';
import { type Pair, textOf } from './values.ts';

export { claims, parseQuery } from './query.ts';
export { StyleError } from './values.ts';

/**
 * A parameter's value as it is sent: the text of a path segment or a header, a part of the query (`ids=1&ids=2`) or of
 * the header Cookie (`a=1; b=2`). Empty where nothing is sent. By RFC 6570 and the table of styles in OpenAPI 3.1.
 *
 * Throws a StyleError for a value that can't be sent so.
 */
export function encode(parameter: Parameter, value: unknown): string {
  if (value === undefined) return '';
  switch (parameter.in) {
    case 'path':
      return encodePath(parameter, value);
    case 'query':
      return encodeQuery(parameter, value);
    case 'querystring':
      return parameter.content?.kind === 'form'
        ? encodeForm(parameter.content, value)
        : encodeText(parameter.content?.kind === 'json' ? JSON.stringify(value) : textOf(value));
    case 'header':
      return encodeHeader(parameter, value);
    case 'cookie':
      return encodeCookie(parameter, value);
  }
}

/** The other parameters of the operation, which may claim names of a query before an object of any members does. */
export interface DecodeOptions {
  readonly others?: readonly Parameter[];
}

/**
 * The value of a parameter: of the raw segment of a path, the raw query, a header's text, or the text of the header
 * Cookie. Undefined where there is nothing of it. Numbers and booleans are read by the schema; what is no such value
 * stays text.
 *
 * Throws a StyleError for text that is malformed in itself.
 */
export function decode(
  document: Document,
  parameter: Parameter,
  raw: string | readonly Pair[] | undefined,
  { others = [] }: DecodeOptions = {},
): unknown {
  if (raw === undefined) return undefined;
  if (parameter.in === 'query') {
    return decodeQuery(document, parameter, typeof raw === 'string' ? parseQuery(raw) : raw, others);
  }
  if (typeof raw !== 'string') throw new TypeError('Pairs belong to a query.');
  switch (parameter.in) {
    case 'path':
      return decodePath(document, parameter, raw);
    case 'querystring':
      if (raw === '') return undefined;
      return parameter.content?.kind === 'form'
        ? decodeForm(document, parameter.content, raw)
        : contentValue(parameter, decodeText(raw));
    case 'header':
      return decodeHeader(document, parameter, raw);
    case 'cookie':
      return decodeCookie(document, parameter, raw);
  }
}
