import { operationsIn } from '../document/operations.ts';
import { isObject, resolve } from '../document/references.ts';
import type { Document, MediaTypeObject, PathItem } from '../document/types.ts';
import { walk } from '../document/walk.ts';

/**
 * A document of OpenAPI 3.2 as one of 3.1, for libraries that stop there. Each QUERY and each additional operation gets
 * a path of its own, since 3.1 has no place for it; items of a stream are described as its content. Other documents are
 * answered as they are.
 */
export function lowered(document: Document): Document {
  if (!document.openapi.startsWith('3.2')) return document;
  const copy = structuredClone(document) as Mutable;
  for (const [path, item] of Object.entries(copy.paths ?? {})) {
    for (const { method, object } of operationsIn(item)) {
      if (KNOWN.includes(method.toLowerCase())) continue;
      const { parameters } = item;
      copy.paths = {
        ...copy.paths,
        [`${path}#${method}`]: { ...(parameters !== undefined && { parameters }), post: object },
      };
    }
    delete (item as Record<string, unknown>).query;
    delete (item as Record<string, unknown>).additionalOperations;
  }
  walk(copy, (node) => {
    if (isObject(node.content)) lowerContent(document, node.content);
    if (node.in === 'querystring') node.in = 'query';
    if (node.in === 'cookie' && node.style === 'cookie') delete node.style;
  });
  delete (copy.components as Record<string, unknown> | undefined)?.mediaTypes;
  copy.openapi = '3.1.0';
  return copy as Document;
}

type Mutable = { -readonly [Name in keyof Document]: Document[Name] } & { paths?: Record<string, PathItem> };

const KNOWN = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

function lowerContent(document: Document, content: Record<string, unknown>): void {
  for (const [name, node] of Object.entries(content)) {
    const mediaType = { ...resolve<MediaTypeObject>(document, node as MediaTypeObject) } as Record<string, unknown>;
    if (mediaType.schema === undefined && mediaType.itemSchema !== undefined) mediaType.schema = mediaType.itemSchema;
    delete mediaType.itemSchema;
    content[name] = mediaType;
  }
}
