import type { MediaType } from './mediaTypes.ts';
import type { Parameter } from './operations.ts';
import { claims, decodeQuery, encodeQuery, parseQuery } from './query.ts';
import { isOpen, memberNames, memberSchema } from './schemas.ts';
import type { Document, Schema } from './types.ts';
import { membersOf, StyleError, set, shapeOf } from './values.ts';

/**
 * A body of application/x-www-form-urlencoded. Each member is written as a query parameter is, by its Encoding Object;
 * a member that is an object is JSON where that gives it no style.
 */
export function encodeForm(mediaType: Pick<MediaType, 'encoding'>, value: unknown): string {
  if (typeof value !== 'object' || value === null) throw new StyleError('A form must be an object.');
  return membersOf(value)
    .map(([name, member]) => {
      const isObject = typeof member === 'object' && member !== null && !Array.isArray(member);
      return encodeQuery(asParameter(mediaType, name, undefined, isObject), member);
    })
    .filter((text) => text !== '')
    .join('&');
}

/** The object that a form's text stands for. Members that the schema does not name are texts, or lists of texts. */
export function decodeForm(
  document: Document,
  { schema, encoding }: Pick<MediaType, 'schema' | 'encoding'>,
  text: string,
): Record<string, unknown> {
  const pairs = parseQuery(text);
  const names = schema === undefined ? [] : memberNames(document, schema);
  const parameters = names.map((name) => {
    const member = schema && memberSchema(document, schema, name);
    return asParameter({ ...(encoding && { encoding }) }, name, member, shapeOf(document, member) === 'object');
  });
  const form: Record<string, unknown> = {};
  for (const parameter of parameters) {
    const value = decodeQuery(document, parameter, pairs, parameters);
    if (value !== undefined) set(form, parameter.name, value);
  }
  const others = new Set(
    pairs.map(([name]) => name).filter((name) => !parameters.some((one) => claims(document, one, name))),
  );
  for (const name of others) {
    const member = schema && isOpen(document, schema) ? memberSchema(document, schema, name) : undefined;
    set(form, name, decodeQuery(document, asParameter({}, name, member ?? {}, false), pairs));
  }
  return form;
}

function asParameter(
  { encoding }: Pick<MediaType, 'encoding'>,
  name: string,
  schema: Schema | undefined,
  isObject: boolean,
): Parameter {
  const own = encoding && Object.hasOwn(encoding, name) ? encoding[name] : undefined;
  const {
    style = 'form',
    explode = style === 'form' || style === 'deepObject',
    allowReserved,
    contentType,
  } = own ?? {};
  const hasStyle = own?.style !== undefined || own?.explode !== undefined || allowReserved !== undefined;
  const isJson = /[/+]json\b/i.test(contentType ?? '') || (isObject && contentType === undefined);
  return {
    name,
    in: 'query',
    required: false,
    style,
    explode,
    allowReserved: allowReserved === true,
    allowEmptyValue: false,
    ...(schema && { schema }),
    ...(!hasStyle && isJson && { content: JSON_CONTENT }),
    object: { name, in: 'query' },
  };
}

const JSON_CONTENT: MediaType = { name: 'application/json', type: 'application/json', kind: 'json', object: {} };
