import { encodeForm } from '../document/formBody.ts';
import type { Parameter } from '../document/operations.ts';
import { encode, StyleError } from '../document/styles.ts';
import type { Operation } from './document.ts';
import { isMembers } from './input.ts';

type Input = Readonly<Record<string, unknown>>;
type Pairs = readonly (readonly [name: string, value: string])[];

/** A body as it is written, by the kind of its media type. */
export type WrittenBody =
  | { readonly kind: 'text'; readonly type: string; readonly text: string }
  | { readonly kind: 'file'; readonly type: string; readonly file: File | undefined }
  | { readonly kind: 'parts'; readonly parts: readonly Part[] };

export interface Part {
  readonly name: string;
  readonly value: string | File;
  /** The media type of a text that is not plain. */
  readonly type?: string;
}

/** A request as it travels, without the server's address. */
export interface Written {
  /** The path with its query. Values of the path that are missing stay in braces. */
  readonly path: string;
  readonly headers: Pairs;
  readonly body: WrittenBody | undefined;
}

/** Writes a request by the styles and the media type that the document gives. `indent` is for people: that of JSON. */
export function write(operation: Operation, input: Input, indent?: number): Written {
  const query: string[] = [];
  const headers: [string, string][] = [];
  let { path } = operation;
  for (const parameter of operation.styles) {
    const value = input[parameter.name];
    if (value === undefined || parameter.in === 'cookie') continue; // a browser sets no cookies of its own
    const text = textOf(parameter, value);
    if (parameter.in === 'path') path = path.replaceAll(`{${parameter.name}}`, text);
    else if (parameter.in === 'header') headers.push([parameter.name, text]);
    else if (text !== '') query.push(text);
  }
  const [bare = '', fixed] = path.replace(/#.*$/s, '').split('?');
  const search = [...(fixed === undefined ? [] : [fixed]), ...query].join('&');
  return { path: search === '' ? bare : `${bare}?${search}`, headers, body: bodyOf(operation, input, indent) };
}

/** A value that its style can't write, such as an object in an object, is written as JSON: the server says what is wrong. */
function textOf(parameter: Parameter, value: unknown): string {
  try {
    return encode(parameter, value);
  } catch (error) {
    if (!(error instanceof StyleError)) throw error;
    const text = encodeURIComponent(JSON.stringify(value));
    return parameter.in === 'query' ? `${encodeURIComponent(parameter.name)}=${text}` : text;
  }
}

function bodyOf(operation: Operation, input: Input, indent: number | undefined): WrittenBody | undefined {
  const { body, bodyName, content, styles } = operation;
  if (body === 'none') return undefined;
  const parameters = new Set(styles.map(({ name }) => name));
  const members = Object.fromEntries(Object.entries(input).filter(([name]) => !parameters.has(name)));
  const value = body === 'value' ? input[bodyName] : members;
  const type = content?.type ?? 'application/json';
  if (value === undefined && body === 'value') return undefined;
  switch (content?.kind) {
    case 'form':
      return { kind: 'text', type, text: encodeForm(content, value) };
    case 'multipart':
      return { kind: 'parts', parts: Object.entries(isMembers(value) ? value : {}).flatMap(partsOf) };
    case 'bytes':
      if (value instanceof File) return { kind: 'file', type: value.type || type, file: value };
      return { kind: 'text', type, text: asText(value, indent) };
    case 'json-lines': {
      const items = Array.isArray(value) ? value : [value];
      return { kind: 'text', type, text: items.map((item) => `${JSON.stringify(item)}\n`).join('') };
    }
    case 'text':
    case 'events':
      return { kind: 'text', type, text: asText(value, indent) };
    default:
      return { kind: 'text', type, text: JSON.stringify(value, null, indent) };
  }
}

const asText = (value: unknown, indent: number | undefined): string =>
  typeof value === 'string' ? value : JSON.stringify(value, null, indent);

/** The parts of one member: a list has one for each item, and an object is JSON. */
function partsOf([name, value]: [string, unknown]): Part[] {
  return [value].flat().map((item) => {
    if (item instanceof File) return { name, value: item };
    const isText = typeof item !== 'object' || item === null;
    return isText ? { name, value: String(item) } : { name, value: JSON.stringify(item), type: 'application/json' };
  });
}
