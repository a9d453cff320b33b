import {
  type Content,
  type Document,
  jsonType,
  type Operation,
  operationsOf,
  type Reference,
  type Response,
  resolve,
  type Schema,
} from '../document/document.ts';
import { banner, jsdoc, literal, member } from './text.ts';

/** The table that dispatcher and client read at run time: what stands where in the request, and what success is. */
export function operations(document: Document): string {
  const entries = operationsOf(document).map((operation) => {
    const { id, method, path, parameters, object } = operation;
    const named = (place: string) => parameters.filter((parameter) => parameter.in === place).map(({ name }) => name);
    const fields = {
      method,
      path,
      pathParams: named('path'),
      queryParams: named('query'),
      headerParams: named('header'),
      body: bodyOf(document, operation),
      status: successOf(operation),
    };
    const { bodyType, empty } = unusual(document, operation);
    Object.assign(fields, bodyType && { bodyType }, empty && { empty });
    const lines = Object.entries(fields).map(([name, value]) => `    ${name}: ${literal(value)},\n`);
    return `${jsdoc(object.summary, '  ')}  ${member(id)}: {\n${lines.join('')}  },\n`;
  });
  return `${banner}
export const operations = {
${entries.join('')}} as const;

export type OperationId = keyof typeof operations;
`;
}

/** A body of these means nothing (RFC 9110), and fetch does not send one. */
export const bodiless = ['GET', 'HEAD', 'TRACE'];

/**
 * `members`: an object whose members the flat input takes up. `value`: a body that has no members, or one that shares a
 * name with a parameter, and is therefore given whole.
 */
function bodyOf(document: Document, { object, method, parameters }: Operation): 'none' | 'members' | 'value' {
  if (!object.requestBody || bodiless.includes(method)) return 'none';
  const content = bodyContent(document, object);
  const schema = content?.[jsonType(content) ?? '']?.schema;
  const members = schema && membersOf(document, schema);
  return members && !parameters.some(({ name }) => members.has(name)) ? 'members' : 'value';
}

const bodyContent = (document: Document, { requestBody }: Operation['object']): Content | undefined =>
  requestBody && resolve<{ content?: Content }>(document, requestBody).content;

/** What few operations need to have said of them. */
function unusual(document: Document, operation: Operation): { bodyType?: string; empty?: true } {
  const { object, method } = operation;
  const hasBody = object.requestBody && !bodiless.includes(method);
  const type = hasBody && jsonType(bodyContent(document, object));
  const status = successOf(operation);
  const response = object.responses?.[status] ?? object.responses?.['2XX'] ?? object.responses?.default;
  const empty = status === 200 && (method === 'HEAD' || !response || !resolve<Response>(document, response).content);
  return {
    ...(type && type !== 'application/json' && { bodyType: type }),
    ...(empty && { empty }),
  };
}

/**
 * The members that a schema names, or nothing where a value of it need not be an object, or where any name can be one
 * of its members: then it could be a parameter's.
 */
function membersOf(
  document: Document,
  node: Schema | Reference,
  within: readonly unknown[] = [],
): Set<string> | undefined {
  const schema = resolve(document, node);
  if (within.includes(schema)) return new Set();
  if (schema.nullable || typeof schema.additionalProperties === 'object') return undefined;
  const parts = (schema.allOf ?? []).map((part) => membersOf(document, part, [...within, schema]));
  const isObject = schema.type === 'object' || (schema.type === undefined && schema.properties);
  if (!isObject && !(parts.length > 0 && parts.every(Boolean))) return undefined;
  return new Set([...Object.keys(schema.properties ?? {}), ...parts.flatMap((part) => [...(part ?? [])])]);
}

function successOf({ object }: Operation): number {
  const status = Object.keys(object.responses ?? {}).find((key) => /^2(\d\d|XX)$/i.test(key));
  return Number(status?.replace(/XX/i, '00') ?? 200);
}
