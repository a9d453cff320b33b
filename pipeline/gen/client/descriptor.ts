import { isFile } from '../../document/files.ts';
import { type Input, inputOf } from '../../document/input.ts';
import { jsonOf, type MediaKind, type MediaType } from '../../document/mediaTypes.ts';
import type { Operation, Parameter, ResponseOf } from '../../document/operations.ts';
import { isObject, resolve } from '../../document/references.ts';
import { itemSchema, memberNames, memberSchema, schemaOf, typesOf } from '../../document/schemas.ts';
import type { Document, Schema, SecurityScheme } from '../../document/types.ts';
import { literal, member, PURE } from '../text.ts';
import type { Mapping } from './mapping.ts';
import { type Pagination, pagesOf } from './pagination.ts';

/** The code of an operation's details and of their type, with the functions of the core that they use. */
export interface Descriptor {
  readonly fields: readonly (readonly [name: string, code: string])[];
  /** The members of the type `Shape` of the core. */
  readonly shape: readonly (readonly [name: string, code: string])[];
  readonly uses: ReadonlySet<string>;
}

export interface DescriptorOptions {
  /** The classes of its errors. */
  readonly errors: readonly (readonly [status: string, name: string])[];
  readonly pagination: Pagination | undefined;
  readonly isSecured: boolean;
  /** The values that are no plain JSON, where the configuration asks for them. */
  readonly mapping?: Mapping | undefined;
}

export function descriptorOf(
  document: Document,
  operation: Operation,
  { errors, pagination, isSecured, mapping }: DescriptorOptions,
): Descriptor {
  const uses = new Set<string>();
  const use = (name: string): string => {
    uses.add(name);
    return name;
  };
  const fields: [string, string][] = [
    ['method', literal(operation.method)],
    ['path', literal(operation.path.replace(/#.*$/s, ''))],
  ];
  const shape: [string, string][] = [];
  const add = (name: string, code: string | undefined) => code !== undefined && fields.push([name, code]);

  for (const place of ['query', 'header', 'cookie']) {
    const there = operation.parameters.filter(
      (one) => one.in === place || (place === 'query' && one.in === 'querystring'),
    );
    if (there.length > 0) add(place, literal(there.map(({ name }) => name)));
  }
  const input = inputOf(document, operation);
  const styles = input.parameters
    .filter((one) => isUnusual(document, one))
    .map((one): [string, string] => [one.name, styleOf(one, use, mapping)]);
  if (styles.length > 0) add('styles', object(styles));
  const sent = bodyOf(document, operation, input, use, mapping);
  fields.push(...sent.fields);
  shape.push(...sent.shape);

  const successes = successesOf(operation);
  if (mapping?.hasDates(operation)) add('send', 'values.datesAsText');
  const accepted = acceptedOf(successes);
  if (accepted.length > 0) {
    add('accept', literal([...accepted.map(({ type }) => type), '*/*;q=0.5'].join(', ')));
    shape.push(['accept', accepted.map(({ name }) => literal(name)).join(' | ')]);
  }
  add('read', readOf(document, successes, use, mapping));
  add('convert', mapping?.answers(operation));
  const ok = successes.find(({ status }) => status === '200' || status === '2XX' || status === 'default');
  if (operation.method === 'HEAD' || (ok && ok.contents.length === 0) || successes.length === 0) add('empty', 'true');
  const headers = new Map(
    successes.flatMap((response) => response.headers).map((header) => [header.name, header.schema]),
  );
  if (headers.size > 0) {
    add('headers', object([...headers].map(([name, schema]) => [name, headerOf(document, schema, use, mapping)])));
  }
  if (errors.length > 0) add('errors', object(errors));
  if (isSecured) add('security', securityOf(document, operation, use));
  const inputs = [...input.parameters.map(({ name }) => name), ...input.members];
  const pages = pagesOf(operation, inputs, pagination);
  if (pages) {
    add('pages', pages.code);
    use(pages.uses);
    shape.push(['items', literal(pages.items)]);
  }
  return { fields, shape, uses };
}

const object = (members: readonly (readonly [string, string])[]): string =>
  `{ ${members.map(([name, code]) => (name === code ? name : `${member(name)}: ${code}`)).join(', ')} }`;

/** The answers that are successes: those with a status of 2xx, else `default`. */
export function successesOf({ responses }: Operation): ResponseOf[] {
  const found = responses.filter(({ status }) => status.startsWith('2'));
  return found.length > 0 ? found : responses.filter(({ status }) => status === 'default');
}

/** Whether a parameter is written otherwise than in the usual way, which the core knows. */
function isUnusual(document: Document, parameter: Parameter): boolean {
  const { in: place, style, explode, allowReserved, content, schema } = parameter;
  if (content !== undefined || place === 'querystring') return true;
  const types = schema === undefined ? new Set<string>() : typesOf(document, schema);
  const mayBe = (type: string) => (types.size === 0 ? false : types.has(type));
  if (mayBe('object')) return true;
  if (place === 'header') return mayBe('array');
  if (place === 'path') return style !== 'simple' || mayBe('array');
  return style !== 'form' || allowReserved || (!explode && mayBe('array'));
}

const encoders = {
  path: 'pathStyle',
  query: 'queryStyle',
  querystring: 'queryStyle',
  header: 'headerStyle',
  cookie: 'cookieStyle',
} as const;

function styleOf(
  { name, in: place, style, explode, allowReserved, content }: Parameter,
  use: (name: string) => string,
  mapping: Mapping | undefined,
): string {
  const toJson = content?.kind === 'json' && mapping?.toJson(content.schema);
  const isText = toJson || (content?.kind !== 'json' && content?.kind !== 'form');
  const kind = content && (isText ? 'text' : content.kind);
  const told = [
    ['name', literal(name)],
    ['style', literal(style)],
    ['explode', literal(explode)],
    ...(allowReserved ? [['allowReserved', 'true']] : []),
    ...(kind ? [['content', `{ kind: ${literal(kind)} }`]] : []),
  ];
  const written =
    place === 'querystring'
      ? `${PURE}${use('queryString')}(${literal(kind ?? 'text')})`
      : `${PURE}${use(encoders[place])}(${object(told as [string, string][])})`;
  return toJson ? `${PURE}values.jsonWith(${toJson}, ${written})` : written;
}

const order: readonly MediaKind[] = ['json', 'multipart', 'form', 'json-lines', 'text', 'bytes', 'events'];

/** The media type in which a body is sent, of those that the document gives it. */
export const sentType = (contents: readonly MediaType[]): MediaType | undefined =>
  contents.find(({ type }) => type === 'application/json') ??
  [...contents].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))[0];

type Code = [name: string, code: string];

/** How a body is sent: in the media type of the client's choice, and in those that a caller may choose. */
function bodyOf(
  document: Document,
  { body }: Operation,
  input: Input,
  use: (name: string) => string,
  mapping: Mapping | undefined,
) {
  const [fields, shape]: [Code[], Code[]] = [[], []];
  const sent = body && sentType(body.contents);
  if (input.body === 'none' || !sent) return { fields, shape };
  const both = (name: string, code: string) => {
    fields.push([name, code]);
    shape.push([name, code]);
  };
  both('body', literal(input.body));
  if (input.body === 'value' && input.bodyName !== 'body') both('bodyName', literal(input.bodyName));
  if (sent.kind === 'json' && isRange(sent.type)) shape.push(['type', literal(sent.name)]);
  else if (sent.name !== 'application/json') both('type', literal(sent.name));
  const write = writeOf(sent, use, mapping);
  shape.push(...shapeOf(document, sent));
  const choice = body.contents.length > 1 || isRange(sent.type) ? body.contents : [];
  // JSON is what the core sends by itself, unless a range takes it.
  const isCovered = choice.some(({ kind, type }) => kind !== 'json' && isRange(type));
  const writers = choice.filter(
    (content) => isCovered || (content !== sent && writeOf(content, String, mapping) !== write),
  );
  if (writers.length > 0) {
    const all = object(writers.map((content) => [content.name, writeOf(content, use, mapping) ?? use('json')]));
    fields.push(['write', `${PURE}${use('inType')}(${[all, write].filter(Boolean).join(', ')})`]);
  } else if (write) fields.push(['write', write]);
  const shapes = choice.map((content) => {
    const told = shapeOf(document, content).map((pair) => pair.join(': '));
    return `${member(content.name)}: ${told.length > 0 ? `{ ${told.join('; ')} }` : 'object'}`;
  });
  if (shapes.length > 0) shape.push(['types', `{ ${shapes.join('; ')} }`]);
  if (!body.required) fields.push(['optional', 'true']);
  return { fields, shape };
}

/** The properties of a body, besides its media type, that its TypeScript type depends on. */
function shapeOf(document: Document, content: MediaType): Code[] {
  const files = filesOf(document, content);
  return [
    ...(content.kind === 'json' && isRange(content.type) ? [['json', 'true'] as Code] : []),
    ...(files.length > 0 ? [['files', files.map(literal).join(' | ')] as Code] : []),
  ];
}

function writeOf(
  { kind, encoding, schema, itemSchema }: MediaType,
  use: (name: string) => string,
  mapping: Mapping | undefined,
): string | undefined {
  const toJson = mapping?.toJson(itemSchema ?? schema);
  if (kind === 'json') return toJson && mapping?.sending(schema, 'values.exactJson');
  if (kind === 'form') return `${PURE}${use('form')}(${encoding ? JSON.stringify(encodings(encoding)) : ''})`;
  if (kind === 'multipart') {
    const types = Object.entries(encoding ?? {}).flatMap(([name, { contentType }]): Code[] =>
      contentType === undefined ? [] : [[name, literal(contentType)]],
    );
    const written = types.length > 0 || toJson ? object(types) : '';
    if (!toJson) return `${PURE}${use('multipart')}(${written})`;
    return mapping?.sending(schema, `${PURE}${use('multipart')}(${written}, values.stringify)`);
  }
  if (kind === 'json-lines' && toJson) return `${PURE}${use('linesWith')}(${toJson})`;
  return use(kind === 'json-lines' ? 'lines' : 'whole');
}

/** The parts of encodings that say how a member of a form is written. */
const encodings = (encoding: NonNullable<MediaType['encoding']>) =>
  Object.fromEntries(
    Object.entries(encoding).map(([name, { contentType, style, explode, allowReserved }]) => [
      name,
      { contentType, style, explode, allowReserved },
    ]),
  );

/** The members of a multipart body that are files, or lists of files. */
const filesOf = (document: Document, { kind, schema, encoding }: MediaType): string[] =>
  kind !== 'multipart' || schema === undefined
    ? []
    : memberNames(document, schema).filter((name) => isFile(document, schema, name, encoding));

/**
 * The JSON that is asked for, where a success has the same as a text, too, such as XML or CSV. Bytes and streams are often
 * something else than the JSON beside them, and chosen by what is sent.
 */
function acceptedOf(successes: readonly ResponseOf[]): MediaType[] {
  const accepted = new Map<string, MediaType>();
  for (const { contents } of successes) {
    const json = jsonOf(contents);
    const hasTexts = contents.some(({ kind }) => kind === 'text');
    const hasOthers = contents.some(({ kind }) => kind !== 'text' && kind !== 'json');
    if (json !== undefined && hasTexts && !hasOthers && !isRange(json.type)) accepted.set(json.name, json);
  }
  return [...accepted.values()];
}

/** How the body of a success is read; undefined for JSON alone. */
function readOf(
  document: Document,
  successes: readonly ResponseOf[],
  use: (name: string) => string,
  mapping: Mapping | undefined,
): string | undefined {
  const contents = successes.flatMap((response) => response.contents);
  const readers = new Map<string, { types: string[]; code: string }>();
  for (const content of contents) {
    const name = readerOf(document, content);
    if (name === undefined) continue;
    const convert = mapping?.item(content);
    const converting = name === 'jsonEvents' ? 'eventsOf' : name === 'jsonLines' ? 'linesOf' : undefined;
    const code = convert && converting ? `${PURE}${use(converting)}(${convert})` : use(name);
    const { types } = readers.get(code) ?? { types: [] };
    readers.set(code, { types: [...types, content.type], code });
  }
  const [first] = readers.values();
  if (first === undefined) return undefined;
  if (readers.size === 1 && contents.every(({ kind }) => kind !== 'json')) return first.code;
  // A range comes after the types that it takes too.
  const sorted = [...readers.values()].sort((a, b) => Number(a.types.some(isRange)) - Number(b.types.some(isRange)));
  const cases = sorted.map(({ types, code }) => `[/^(${types.map(pattern).join('|')})/i, ${code}]`);
  return `${PURE}${use('byType')}(${cases.join(', ')})`;
}

const isRange = (type: string): boolean => type.endsWith('/*');
const pattern = (type: string): string =>
  type === '*/*' ? '(?!application\\/json)' : type.replace(/\*$/, '').replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');

function readerOf(document: Document, { kind, type, schema, itemSchema: item }: MediaType): string | undefined {
  switch (kind) {
    case 'json':
      return undefined;
    case 'events':
      return isTextEvent(document, schema, item) ? 'textEvents' : 'jsonEvents';
    case 'json-lines':
      return 'jsonLines';
    case 'bytes':
      return type.startsWith('*') && schema !== undefined ? 'text' : 'blob';
    case 'form':
      return 'text';
    case 'multipart':
      return 'blob';
    case 'text':
      return 'text';
  }
}

/** Whether the data of events are text: `itemSchema` describes the whole event, `schema` its data. */
function isTextEvent(document: Document, schema: Schema | undefined, item: Schema | undefined): boolean {
  const data = item === undefined ? schema : memberSchema(document, item, 'data');
  if (data === undefined) return true;
  const { contentMediaType, contentSchema, ...rest } = schemaOf(document, data);
  if (contentSchema !== undefined || /json/.test(`${contentMediaType}`)) return false;
  const types = typesOf(document, rest);
  return types.size > 0 && [...types].every((type) => type === 'string');
}

function headerOf(
  document: Document,
  schema: Schema,
  use: (name: string) => string,
  mapping: Mapping | undefined,
): string {
  const types = typesOf(document, schema);
  if (types.has('array'))
    return `${PURE}${use('listOf')}(${headerOf(document, itemSchema(document, schema, 0) ?? {}, use, mapping)})`;
  const mapped = mapping?.header(schema);
  if (mapped) return mapped;
  if (types.has('string') || types.size === 0) return 'String';
  if (types.has('integer') || types.has('number')) return 'Number';
  return types.has('boolean') ? use('flag') : 'String';
}

/** The credentials of an operation. Alternatives that ask for more come first, so that what a caller gives is sent. */
function securityOf(document: Document, operation: Operation, use: (name: string) => string): string | undefined {
  const alternatives = operation.security.map((requirement) =>
    Object.keys(requirement).flatMap((name): [string, string][] => {
      const scheme = document.components?.securitySchemes?.[name];
      const put = scheme && placeOf(resolve<SecurityScheme>(document, scheme), use);
      return put === undefined ? [] : [[name, put]];
    }),
  );
  const sendable = alternatives.filter((schemes) => schemes.length > 0);
  if (sendable.length === 0) return undefined;
  return `${PURE}${use('secured')}(${sendable.map(object).join(', ')})`;
}

/** Where a credential goes; undefined for one that is not sent, such as a certificate. */
function placeOf(scheme: SecurityScheme, use: (name: string) => string): string | undefined {
  const { type, name = '', in: place, scheme: http = '' } = scheme;
  if (type === 'oauth2' || type === 'openIdConnect') return `${PURE}${use('http')}('Bearer')`;
  if (type === 'http') {
    if (http.toLowerCase() === 'basic') return use('basic');
    const written = http.toLowerCase() === 'bearer' ? 'Bearer' : http;
    return `${PURE}${use('http')}(${literal(written)})`;
  }
  if (type !== 'apiKey') return undefined;
  const put = place === 'query' ? 'keyInQuery' : place === 'cookie' ? 'keyInCookie' : 'keyInHeader';
  return `${PURE}${use(put)}(${literal(name)})`;
}

export const isSendable = (scheme: SecurityScheme): boolean =>
  placeOf(scheme, String) !== undefined && isObject(scheme);
