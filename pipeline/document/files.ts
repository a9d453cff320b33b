import { essence, kindOf } from './mediaTypes.ts';
import { isObject } from './references.ts';
import { itemSchema, memberSchema, schemaOf } from './schemas.ts';
import type { Document, Encoding, Schema } from './types.ts';

/** Whether a member of a multipart body is a file, or a list of files. */
export function isFile(
  document: Document,
  body: unknown,
  name: string,
  encoding: Readonly<Record<string, Encoding>> = {},
): boolean {
  const member = memberSchema(document, body, name);
  if (member === undefined) return false;
  const contentType = Object.hasOwn(encoding, name) ? encoding[name]?.contentType : undefined;
  if (contentType !== undefined && kindOf(essence(contentType)) === 'bytes') return true;
  const items = isList(document, body, name) ? itemSchema(document, member, 0) : member;
  return items !== undefined && isBinary(schemaOf(document, items));
}

/** Whether a member is a list. */
export const isList = (document: Document, body: unknown, name: string): boolean => {
  const member = memberSchema(document, body, name);
  return isObject(member) && [schemaOf(document, member).type].flat().includes('array');
};

/** Whether a schema is of bytes. OpenAPI 3.0 says `format: binary`; 3.1 gives a media type. */
export const isBinary = ({ type, format, contentMediaType, contentEncoding }: Schema): boolean =>
  format === 'binary' ||
  (typeof contentMediaType === 'string' &&
    contentEncoding === undefined &&
    (type === undefined || type === 'string') &&
    kindOf(essence(contentMediaType)) === 'bytes');
