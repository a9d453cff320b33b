import {
  type Content,
  type Document,
  jsonType,
  type Operation,
  operationsOf,
  type Parameter,
  type Response,
  resolve,
} from '../../document/document.ts';
import { cyclesOf } from '../cycles.ts';
import { bodiless } from '../operations.ts';
import { walk } from './walk.ts';

/** What gen does not do for this document: one line for each feature, with the operations it is about. */
export function leftOut(document: Document): string[] {
  const operations = operationsOf(document);
  return [
    ...kinds(operations, (operation) => bodiesOf(document, operation)),
    ...kinds(operations, (operation) => operation.parameters.flatMap((parameter) => ofParameter(document, parameter))),
    ...kinds(operations, (operation) => ofOperation(document, operation)),
    ...ofDocument(document),
    ...hidden(operations),
    ...cyclesOf(document).map(
      ({ schema }) => `the type of lists within lists of ${schema}: unknown from the second on`,
    ),
  ];
}

/** Paths that differ in the names of their parameters alone are one path. */
function hidden(operations: readonly Operation[]): string[] {
  const byRoute = Object.groupBy(operations, ({ method, path }) => `${method} ${path.replaceAll(/\{[^}]*\}/g, '{}')}`);
  return Object.values(byRoute).flatMap((same = []) =>
    same.slice(0, -1).map(({ id }) => `${id}: its path is also that of ${same.at(-1)?.id}, which is served`),
  );
}

/** The features of operations, and which operations have each. */
function kinds(operations: readonly Operation[], featuresOf: (operation: Operation) => string[]): string[] {
  const found = new Map<string, string[]>();
  for (const operation of operations) {
    for (const feature of new Set(featuresOf(operation))) {
      found.set(feature, [...(found.get(feature) ?? []), operation.id]);
    }
  }
  return [...found].map(([feature, ids]) => `${feature} (${list(ids)})`);
}

const list = (ids: readonly string[]): string =>
  ids.length <= 3 ? ids.join(', ') : `${ids.slice(0, 2).join(', ')} and ${ids.length - 2} more`;

function bodiesOf(document: Document, { object, method }: Operation): string[] {
  if (object.requestBody && bodiless.includes(method)) return [`${method} with a body: the body is not sent`];
  const content = object.requestBody && resolve<{ content?: Content }>(document, object.requestBody).content;
  const json = jsonType(content);
  return Object.keys(content ?? {})
    .filter((type) => type !== json)
    .map((type) =>
      json === undefined
        ? `${type}: a body of this type is neither read nor checked`
        : `${type}: the body is taken as ${json} alone`,
    );
}

function ofParameter(document: Document, parameter: Parameter): string[] {
  const { in: place, style, explode, content, schema } = parameter;
  if (place === 'cookie') return ['cookie parameters: neither sent nor checked'];
  if (content !== undefined) return ['parameters that are JSON in themselves: not written so by the client'];
  const usual = place === 'query' ? 'form' : 'simple';
  const type = schema === undefined ? undefined : resolve(document, schema).type;
  const isObject = type === 'object' || (Array.isArray(type) && type.includes('object'));
  const odd = (style !== undefined && style !== usual && !(isObject && style === 'deepObject')) || explode === false;
  if (odd && place === 'query')
    return [`style ${style ?? usual}${explode === false ? ', not exploded' : ''}: not written so by the client`];
  if (style !== undefined && style !== usual && place === 'path')
    return [`style ${style}: not written so by the client`];
  if (isObject && style !== 'deepObject') return ['parameters that are objects: written as deepObject by the client'];
  return [];
}

function ofOperation(document: Document, operation: Operation): string[] {
  const { object, method, parameters } = operation;
  const features: string[] = [];
  if ('callbacks' in object) features.push('callbacks: not called');
  if ('servers' in object) features.push('servers of an operation: served where the document is');
  if (/[?#]/.test(operation.path)) features.push('a path with ? or #: never reached');
  if (method === 'TRACE') features.push('TRACE: browsers and Node do not send it');
  const names = parameters.filter(({ in: place }) => place !== 'cookie').map(({ name }) => name);
  if (new Set(names).size < names.length) {
    features.push('parameters of one name in two places: the input has one of them');
  }
  const responses = Object.entries(object.responses ?? {});
  const successes = responses.filter(([status]) => status.startsWith('2'));
  if (successes.length === 0 && !responses.some(([status]) => status === 'default')) {
    features.push('no success among the answers: the handler can only throw');
  }
  if (successes.length > 1) features.push('several successes: a handler answers the first');
  for (const [, response] of successes) {
    const { content } = resolve<Response>(document, response);
    const types = Object.keys(content ?? {});
    if (types.length > 0 && jsonType(content) === undefined) {
      features.push(`answers in ${types.join(', ')}: a handler answers JSON`);
    }
  }
  return features;
}

function ofDocument(document: Document): string[] {
  const lines: string[] = [];
  const webhooks = Object.keys(document.webhooks ?? {}).length;
  if (webhooks > 0) lines.push(`webhooks: not sent (${webhooks})`);
  const schemes = new Set<string>();
  let [options, links, pathServers] = [0, 0, 0];
  for (const item of Object.values(document.paths ?? {})) {
    if (item.options !== undefined) options += 1;
    if (item.servers !== undefined) pathServers += 1;
  }
  walk(document, (node) => {
    if ('responses' in node || !('links' in node)) return;
    links += 1;
  });
  for (const scheme of Object.values(document.components?.securitySchemes ?? {})) schemes.add(nameOf(document, scheme));
  if (options > 0) lines.push(`OPTIONS: answered by the server itself (${options})`);
  if (pathServers > 0) lines.push(`servers of a path: served where the document is (${pathServers})`);
  if (links > 0) lines.push(`links: not followed (${links})`);
  if (schemes.size > 0) lines.push(`security: not checked (${[...schemes].join(', ')})`);
  if (document.servers?.some(({ url }) => url.includes('{'))) lines.push('variables of servers: not filled in');
  return lines;
}

function nameOf(document: Document, node: unknown): string {
  const { type, scheme, in: place, flows } = resolve(document, node as Record<string, unknown>);
  if (type === 'oauth2') return `OAuth flows ${Object.keys((flows ?? {}) as object).join(', ')}`;
  if (type === 'http') return `HTTP ${scheme}`;
  return type === 'apiKey' ? `API key in ${place}` : `${type}`;
}
