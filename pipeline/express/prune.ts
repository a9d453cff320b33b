import { isObject, jsonType, lookUp, type OpenApiDocument, resolve } from './document.ts';

/**
 * A copy of the document that holds one path with one method and the components that it reaches.
 *
 * express-openapi-validator compiles what it is given: with the whole document, each operation's validator took 22 MB
 * in a document of 1,000 operations; with the pruned one, about 0.3 MB.
 * Without its body, an operation is as one that takes none.
 */
export function prune(document: OpenApiDocument, path: string, method: string, withBody = true): OpenApiDocument {
  const item = document.paths?.[path] ?? {};
  const pruned = {
    parameters: checkable(document, item.parameters),
    [method]: isObject(item[method])
      ? readable(document, item[method], withBody && !BODILESS.includes(method))
      : item[method],
  };
  const components: Record<string, Record<string, unknown>> = {};
  const waiting: unknown[] = [pruned];
  const seen = new Set<string>();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    for (const pointer of references(node)) {
      if (seen.has(pointer)) continue;
      seen.add(pointer);
      const [, root, section, encoded] = pointer.split('/');
      if (root !== 'components' || section === undefined || encoded === undefined) continue;
      const name = decodeURIComponent(encoded).replaceAll('~1', '/').replaceAll('~0', '~');
      const component = lookUp(document, ['#', root, section, encoded].join('/'));
      components[section] ??= {};
      components[section][name] = component;
      waiting.push(component);
    }
  }
  const copy = structuredClone({
    openapi: document.openapi,
    info: { title: document.info.title, version: document.info.version },
    servers: [{ url: '/' }],
    paths: { [path]: pruned },
    components,
  });
  allowNull(copy);
  spellOutStyle(copy, path, method);
  return copy;
}

/** The parameters of an operation, references followed. */
export function parametersOf(document: OpenApiDocument, path: string, method: string): Record<string, unknown>[] {
  const item = document.paths?.[path] ?? {};
  const operation = item[method];
  return [item.parameters, isObject(operation) ? operation.parameters : []]
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .map((parameter) => resolve(document, parameter))
    .filter(isObject);
}

/** A body of these means nothing (RFC 9110). In lower case. */
export const BODILESS: readonly string[] = ['get', 'head', 'trace'];

/** The operation without what needs no check, and what this server does not read: cookies, bodies that are not JSON. */
function readable(
  document: OpenApiDocument,
  operation: Readonly<Record<string, unknown>>,
  withBody: boolean,
): Record<string, unknown> {
  const { requestBody, ...others } = operation;
  const rest: Record<string, unknown> = others;
  if (rest.parameters !== undefined) rest.parameters = checkable(document, rest.parameters);
  const body = resolve(document, requestBody);
  if (!withBody || !isObject(body) || !isObject(body.content)) return rest;
  const content: Record<string, unknown> = {};
  for (const [type, value] of Object.entries(body.content)) {
    // Parameters of the type are cut off the request's, too.
    if (jsonType({ [type]: true }) !== undefined) content[type.split(';', 1)[0]?.trim() ?? type] = value;
  }
  return Object.keys(content).length === 0 ? rest : { ...rest, requestBody: { ...body, content } };
}

/** Not a cookie, which is not read, nor a path parameter that may be any text, which would be looked up on each request. */
const checkable = (document: OpenApiDocument, parameters: unknown): unknown[] =>
  (Array.isArray(parameters) ? parameters : []).filter((parameter) => {
    const resolved = resolve(document, parameter);
    return !isObject(resolved) || !(resolved.in === 'cookie' || (resolved.in === 'path' && isText(document, resolved)));
  });

function isText(document: OpenApiDocument, parameter: Readonly<Record<string, unknown>>): boolean {
  const schema = resolve(document, parameter.schema);
  if (!isObject(schema) || schema.type !== 'string') return false;
  return Object.keys(schema).every((keyword) => ANNOTATIONS.has(keyword));
}

const ANNOTATIONS = new Set(['type', 'title', 'description', 'example', 'examples', 'deprecated', 'default']);

/** The validator knows no style for a header that says none, and refuses any list there. Changes what it is given. */
function spellOutStyle(document: OpenApiDocument, path: string, method: string): void {
  for (const parameter of parametersOf(document, path, method)) {
    if (parameter.in !== 'header') continue;
    Object.assign(parameter, { style: 'simple', explode: parameter.explode ?? false });
  }
}

/**
 * `nullable` beside no `type` stops the validator. OpenAPI 3.0.3 gives it no meaning there; documents mean by it what
 * the generated types say, that null will do. Changes what it is given.
 */
function allowNull(node: unknown): void {
  if (Array.isArray(node)) {
    for (const part of node) allowNull(part);
  } else if (isObject(node)) {
    for (const part of Object.values(node)) allowNull(part);
    if (node.nullable !== true || node.type !== undefined) return;
    const { nullable, ...rest } = node;
    for (const name of Object.keys(node)) delete node[name];
    node.anyOf = [{ enum: [null] }, rest];
  }
}

function* references(node: unknown): Generator<string> {
  if (Array.isArray(node)) {
    for (const part of node) yield* references(part);
  } else if (isObject(node)) {
    if (typeof node.$ref === 'string' && node.$ref.startsWith('#/')) yield node.$ref;
    for (const part of Object.values(node)) yield* references(part);
  }
}
