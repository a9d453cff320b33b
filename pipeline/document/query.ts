import { deepPairs, deepValue, isDeepName } from './deepObject.ts';
import type { Parameter } from './operations.ts';
import { decodeFormText, encodeReserved, encodeText } from './percent.ts';
import { isOpen, itemSchema, memberNames, partsOf, typesOf } from './schemas.ts';
import type { Document } from './types.ts';
import { listOf, membersOf, objectOf, type Pair, readScalar, StyleError, shapeOf, textOf } from './values.ts';

/** A query in pairs: the names decoded, the values as they were sent. */
export function parseQuery(query: string): Pair[] {
  if (query === '') return [];
  return query.split('&').flatMap((part): Pair[] => {
    if (part === '') return [];
    const at = part.indexOf('=');
    return [at < 0 ? [decodeFormText(part), ''] : [decodeFormText(part.slice(0, at)), part.slice(at + 1)]];
  });
}

const separators = { form: ',', spaceDelimited: '%20', pipeDelimited: '%7C' } as const;
const splitters = { form: /,/, spaceDelimited: /%20|\+/, pipeDelimited: /\||%7C/i } as const;

type Delimited = keyof typeof separators;
const isDelimited = (style: string): style is Delimited => Object.hasOwn(separators, style);

/** A parameter as a part of the query, such as `ids=1&ids=2`. Empty for a value that is absent or has no members. */
export function encodeQuery(parameter: Parameter, value: unknown): string {
  return queryPairs(parameter, value)
    .map(([name, text]) => `${name}=${text}`)
    .join('&');
}

function queryPairs(parameter: Parameter, value: unknown): Pair[] {
  const { style, explode, content, allowReserved } = parameter;
  const encode = allowReserved ? encodeReserved : encodeText;
  const name = encodeText(parameter.name);
  if (content !== undefined) return [[name, encode(content.kind === 'json' ? JSON.stringify(value) : textOf(value))]];
  if (style === 'deepObject' && typeof value === 'object' && value !== null) {
    return deepPairs(parameter.name, value).map(([key, text]) => [encodeText(key), encode(text)]);
  }
  if (Array.isArray(value)) {
    if (value.length === 0) return [];
    if (explode || !isDelimited(style)) return value.map((item) => [name, encode(textOf(item))]);
    return [[name, joined(value.map(textOf), style, encode)]];
  }
  if (typeof value !== 'object' || value === null) return [[name, encode(textOf(value))]];
  const members = membersOf(value);
  if (members.length === 0) return [];
  if (explode || !isDelimited(style)) return members.map(([key, one]) => [encodeText(key), encode(textOf(one))]);
  return [
    [
      name,
      joined(
        members.flatMap(([key, one]) => [key, textOf(one)]),
        style,
        encode,
      ),
    ],
  ];
}

/** `allowReserved` must not make a comma of an item one between two. */
function joined(texts: readonly string[], style: Delimited, encode: (text: string) => string): string {
  if (style !== 'form' && texts.some((text) => text.includes(style === 'spaceDelimited' ? ' ' : '|'))) {
    throw new StyleError(`An item that holds its own separator can not be written in the style ${style}.`);
  }
  return texts.map((text) => encode(text).replaceAll(',', '%2C')).join(separators[style]);
}

/** The value of a parameter in a query; undefined where the query has nothing of it. */
export function decodeQuery(
  document: Document,
  parameter: Parameter,
  pairs: readonly Pair[],
  others: readonly Parameter[] = [],
): unknown {
  const { name, style, explode, schema, content } = parameter;
  const shape = shapeOf(document, schema);
  if (content === undefined && style === 'deepObject') {
    const deep = pairs.filter(([key]) => isDeepName(name, key));
    if (deep.length > 0) return deepValue(document, name, schema, deep.map(decoded));
  }
  const own = pairs.filter(([key]) => key === name).map(([, text]) => text);
  if (content !== undefined) return own[0] === undefined ? undefined : contentValue(parameter, decodeFormText(own[0]));
  if (isExplodedObject(parameter) && (shape === 'object' || (shape === 'any' && own.length === 0))) {
    if (shape === 'any' && !typesOf(document, schema ?? {}).has('object')) return undefined;
    const claimed = pairs.filter(([key]) => claims(document, parameter, key, others));
    return claimed.length === 0 ? undefined : objectOf(document, schema, claimed.map(decoded));
  }
  const [first] = own;
  if (first === undefined) return undefined;
  if (own.length > 1) return listOf(document, schema, own.map(decodeFormText));
  if (first === '' && parameter.allowEmptyValue && schema) {
    const types = typesOf(document, schema);
    if (types.size > 0 && !types.has('string')) return types.has('boolean') ? true : undefined;
  }
  const parts = explode || !isDelimited(style) ? [first] : first.split(splitters[style]);
  if (shape === 'object') return objectOf(document, schema, inPairs(parts.map(decodeFormText), name));
  if (shape === 'array')
    return listOf(
      document,
      schema,
      (parts.length > 1 ? parts : lenient(first, parameter, document)).map(decodeFormText),
    );
  return parts.length > 1 && shape === 'any'
    ? listOf(document, schema, parts.map(decodeFormText))
    : readScalar(document, schema, decodeFormText(first));
}

/** Many clients encode the commas between items. Where no item can hold one, such as a number or one of a list, they are understood. */
function lenient(text: string, { style, explode, schema }: Parameter, document: Document): string[] {
  if (explode || style !== 'form') return [text];
  const values = listOf(document, schema, [decodeFormText(text)]);
  const parts = text.split(/%2C/i);
  const all = listOf(document, schema, parts.map(decodeFormText));
  const isText = (list: readonly unknown[]) => list.some((value) => typeof value === 'string');
  const item = schema && itemSchema(document, schema, 0);
  const listed = item && partsOf(document, item).find((part) => Array.isArray(part.enum))?.enum;
  const isListed =
    listed?.every((value) => !String(value).includes(',')) && all.every((value) => listed.includes(value));
  return parts.length > 1 && ((isText(values) && !isText(all)) || isListed) ? parts : [text];
}

const isExplodedObject = ({ style, explode }: Parameter): boolean => style === 'form' && explode;

/** Whether a pair of this name belongs to a parameter: an object that is exploded has a name for each member. */
export function claims(
  document: Document,
  parameter: Parameter,
  key: string,
  others: readonly Parameter[] = [],
): boolean {
  const { name, style, schema, content } = parameter;
  if (parameter.in === 'querystring') return true;
  if (content !== undefined) return key === name;
  if (style === 'deepObject') return key === name || isDeepName(name, key);
  if (!isExplodedObject(parameter) || !typesOf(document, schema ?? {}).has('object')) return key === name;
  if (memberNames(document, schema ?? {}).includes(key)) return true;
  const taken = (other: Parameter) => other !== parameter && other.in === 'query' && claims(document, other, key);
  return isOpen(document, schema ?? {}) && isFree(document, parameter) && !others.some(taken);
}

/** Whether the schema means members of any name: with `additionalProperties`, or with no `properties` at all. */
const isFree = (document: Document, { schema }: Parameter): boolean =>
  memberNames(document, schema ?? {}).length === 0 || (schema?.additionalProperties ?? false) !== false;

const decoded = ([name, text]: Pair): Pair => [name, decodeFormText(text)];

/** `R,100,G,200` in pairs. */
export function inPairs(texts: readonly string[], name: string): Pair[] {
  if (texts.length === 1 && texts[0] === '') return [];
  if (texts.length % 2 === 1) throw new StyleError(`${name} must be a list of names and values in turn.`);
  return texts.flatMap((text, index) => (index % 2 === 0 ? [[text, texts[index + 1] ?? ''] as const] : []));
}

/** The value of a parameter that is a media type of its own. */
export function contentValue({ name, content }: Parameter, text: string): unknown {
  if (content?.kind !== 'json') return text;
  try {
    return JSON.parse(text);
  } catch {
    throw new StyleError(`${name} must be JSON.`);
  }
}
