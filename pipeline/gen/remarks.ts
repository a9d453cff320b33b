import { mediaTypesOf } from '../document/mediaTypes.ts';
import { BODILESS, type Operation, operationsIn, operationsOf, type Parameter } from '../document/operations.ts';
import { isObject, pointerTo, resolve } from '../document/references.ts';
import { partsOf, typesOf } from '../document/schemas.ts';
import { hiddenIn, templateOf } from '../document/templates.ts';
import type { Document, RequestBodyObject, Schema, SecurityScheme } from '../document/types.ts';
import { walk } from '../document/walk.ts';
import { cyclesOf } from './cycles.ts';
import type { Report } from './report.ts';
import { remarkOnSchemas } from './schemaRemarks.ts';

/** Says what the server, the client and the page don't do for a document: one remark for each feature. */
export function remarkOn(document: Document, report: Report): void {
  const operations = operationsOf(document);
  features(report, operations, (operation) => [
    ...ofBody(document, operation),
    ...operation.parameters.flatMap((parameter) => ofParameter(document, parameter)),
    ...ofOperation(operation),
    ...ofAnswers(operation),
  ]);
  hidden(report, operations);
  ofDocument(document, report);
  remarkOnSchemas(document, report);
  for (const { schema } of cyclesOf(document)) {
    report.leftOut(`the type of lists within lists of ${schema}: unknown from the second on`, {
      pointer: pointerTo('#/components/schemas', schema),
    });
  }
}

/** One remark for each feature, with the operations that have it. */
function features(report: Report, operations: readonly Operation[], of: (operation: Operation) => string[]): void {
  const found = new Map<string, Operation[]>();
  for (const operation of operations) {
    for (const feature of new Set(of(operation))) found.set(feature, [...(found.get(feature) ?? []), operation]);
  }
  for (const [feature, having] of found) {
    report.leftOut(feature, { operations: having.map(({ id }) => id), pointer: having[0]?.pointer ?? '#' });
  }
}

function ofBody(document: Document, { object, method, body }: Operation): string[] {
  if (object.requestBody && BODILESS.includes(method))
    return [`${method} with a body: the body is neither sent nor read`];
  if (object.requestBody && body === undefined) return ['a body without a media type: it is neither sent nor read'];
  const found = (body?.unread ?? []).map(({ type }) => `${type}: a body of this type gets 415`);
  for (const { type, kind, schema } of body?.contents ?? []) {
    if (kind === 'text' && schema !== undefined && !['', 'string'].includes([...typesOf(document, schema)].join())) {
      found.push(`${type}: the body is handed over as text, and not checked`);
    }
    if (kind === 'bytes' && type.startsWith('multipart/')) found.push(`${type}: the body is handed over as bytes`);
    if (kind === 'events') found.push(`${type} as a body: it is handed over as text, and not checked`);
  }
  const { content } = object.requestBody ? resolve<RequestBodyObject>(document, object.requestBody) : { content: {} };
  for (const { kind, encoding } of mediaTypesOf(document, content)) {
    const headers = Object.values(encoding ?? {}).some((one) => one.headers);
    if (kind === 'multipart' && headers)
      found.push('headers of the parts of a multipart body: neither sent nor checked');
  }
  return found;
}

function ofParameter(document: Document, { in: place, schema, style, explode }: Parameter): string[] {
  const types = schema === undefined ? new Set() : typesOf(document, schema);
  if (
    types.has('object') &&
    place === 'header' &&
    partsOf(document, schema).some(({ properties }) => hasStructure(document, properties))
  ) {
    return ['objects within a header: written as JSON'];
  }
  const isFlat = style !== 'deepObject' && (types.has('object') || types.has('array'));
  const inner = isFlat
    ? partsOf(document, schema).flatMap(({ properties, items }) => [...Object.values(properties ?? {}), items])
    : [];
  if (inner.some((one) => isObject(one) && ['object', 'array'].some((type) => typesOf(document, one).has(type)))) {
    return [
      `objects and lists within a parameter of style ${style}${explode ? ', exploded' : ''}: OpenAPI gives them no form; they are JSON`,
    ];
  }
  return [];
}

const hasStructure = (document: Document, properties: Schema['properties']): boolean =>
  Object.values(properties ?? {}).some((one) => typesOf(document, one).has('object'));

function ofOperation({ object, method, path, parameters, framing }: Operation): string[] {
  const found = framing.map((name) => `the header parameter ${name}: HTTP sets it, and it is no input`);
  if ('callbacks' in object) found.push('callbacks: not called');
  if ('servers' in object) found.push('servers of an operation: served where the document is');
  if (templateOf(path).hasFragment) found.push('a path with #: served without what is behind it');
  if (method === 'TRACE') found.push('TRACE: browsers and Node do not send it');
  const names = parameters.map(({ name }) => name);
  if (new Set(names).size < names.length)
    found.push('parameters of one name in two places: the input has the first of them');
  return found;
}

function ofAnswers({ responses }: Operation): string[] {
  const found: string[] = [];
  if (responses.length === 0) found.push('no answers: a handler answers 200 without a body');
  if (responses.some(({ status }) => status.startsWith('1')))
    found.push('answers from 100 to 199: these come before an answer, and are not sent');
  for (const { contents } of responses) {
    for (const { type, kind } of contents) {
      if (kind === 'form' || kind === 'multipart')
        found.push(`answers in ${type}: a handler answers bytes, which are not checked`);
    }
  }
  return found;
}

function hidden(report: Report, operations: readonly Operation[]): void {
  for (const [{ id, pointer }, served] of hiddenIn(operations)) {
    report.leftOut(`${id}: its path is also that of ${served.id}, which is served`, { operations: [id], pointer });
  }
}

function ofDocument(document: Document, report: Report): void {
  const count = (what: string, number: number, pointer: string) => {
    if (number > 0) report.leftOut(`${what} (${number})`, { pointer });
  };
  const items = Object.entries(document.paths ?? {});
  count('webhooks: not sent', Object.keys(document.webhooks ?? {}).length, '#/webhooks');
  const served = items.filter(([, item]) => item.servers !== undefined);
  count('servers of a path: served where the document is', served.length, pointerTo('#/paths', served[0]?.[0] ?? ''));
  let links = 0;
  walk(document, (node) => {
    if (!('responses' in node) && 'links' in node) links += 1;
  });
  count('links: not followed', links, '#/paths');
  if (document.servers?.some(({ url }) => url.includes('{')))
    report.leftOut('variables of servers: not filled in', { pointer: '#/servers' });
  for (const [name, node] of Object.entries(document.components?.securitySchemes ?? {})) {
    if (resolve<SecurityScheme>(document, node).type !== 'mutualTLS') continue;
    report.leftOut(
      `${name}: its handler gets the certificate of a caller where this server ends TLS and has checked it, else undefined, and decides`,
      {
        pointer: pointerTo('#/components/securitySchemes', name),
      },
    );
  }
  if (document.openapi.startsWith('3.2')) ofThePage(document, report);
}

/** The reference page is made of a document of 3.1. */
function ofThePage(document: Document, report: Report): void {
  const odd = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    operationsIn(item)
      .filter(({ segments }) => segments.length > 1 || segments[0] === 'query')
      .map(({ method, segments }) => ({ text: `${method} ${path}`, pointer: pointerTo('#/paths', path, ...segments) })),
  );
  for (const { text, pointer } of odd) report.leftOut(`${text}: the reference page shows it as a POST`, { pointer });
  const nested = (document.tags ?? []).some(({ parent }) => parent !== undefined);
  if (nested) report.leftOut('parents of tags: the reference page shows one level', { pointer: '#/tags' });
}
