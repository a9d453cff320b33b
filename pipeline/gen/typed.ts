import { isFile } from '../document/files.ts';
import { essence, kindOf } from '../document/mediaTypes.ts';
import { BODILESS, operationsIn } from '../document/operations.ts';
import { isObject, resolve } from '../document/references.ts';
import type { Document, MediaTypeObject, PathItem } from '../document/types.ts';
import { walk } from '../document/walk.ts';
import { lowered } from './lowered.ts';
import { scan, type View, Views } from './views.ts';

type Node = Record<string, unknown>;

/** A document in the form of which openapi-typescript makes the types, and the views that went into it. */
export class Typed {
  readonly #document: Document;
  readonly views: Views;

  constructor(document: Document) {
    this.#document = lowered(document);
    this.views = new Views(this.#document, answeredBy(this.#document));
  }

  /** To be asked for last: views that were asked for before are among its components. */
  document(): Document {
    const { webhooks: _webhooks, ...rest } = this.#document;
    const copy = structuredClone(rest) as Node & { components?: Record<string, Node>; paths?: Record<string, Node> };
    for (const item of Object.values(copy.paths ?? {})) {
      this.#parameters(item.parameters);
      for (const { object, method } of operationsIn(item as PathItem)) this.#operation(object as Node, method);
    }
    const { components = {} } = copy;
    for (const parameter of Object.values(components.parameters ?? {})) this.#valued(parameter, 'request');
    for (const body of Object.values(components.requestBodies ?? {})) this.#valued(body, 'request');
    for (const response of Object.values(components.responses ?? {})) this.#response(response);
    for (const header of Object.values(components.headers ?? {})) this.#valued(header, 'answer');
    delete components.callbacks;
    copy.components = { ...components, schemas: this.views.components() };
    return copy as unknown as Document;
  }

  #operation(operation: Node, method: string): void {
    delete operation.callbacks;
    this.#parameters(operation.parameters);
    if (BODILESS.includes(method)) delete operation.requestBody;
    this.#valued(operation.requestBody, 'request');
    for (const response of Object.values((operation.responses ?? {}) as Node)) this.#response(response);
  }

  #parameters(parameters: unknown): void {
    for (const parameter of Array.isArray(parameters) ? parameters : []) this.#valued(parameter, 'request');
  }

  #response(response: unknown): void {
    if (!isObject(response)) return;
    this.#valued(response, 'answer');
    for (const header of Object.values((response.headers ?? {}) as Node)) this.#valued(header, 'answer');
  }

  /** The schema and the content of a node. */
  #valued(node: unknown, view: View): void {
    if (!isObject(node) || typeof node.$ref === 'string') return;
    if (node.schema !== undefined) node.schema = this.views.schema(node.schema, view);
    if (!isObject(node.content)) return;
    for (const [name, given] of Object.entries(node.content)) {
      const mediaType = resolve<MediaTypeObject>(this.#document, given as MediaTypeObject);
      const copy: Node = { ...mediaType };
      const isMultipart = view === 'request' && kindOf(essence(name)) === 'multipart';
      if (isMultipart) copy.schema = this.#withFiles(mediaType);
      else if (mediaType.schema !== undefined) copy.schema = this.views.schema(mediaType.schema, view);
      node.content[name] = copy;
    }
  }

  /** A multipart body as it is sent: its files are Blobs. */
  #withFiles({ schema, encoding }: MediaTypeObject): unknown {
    const found = resolve<unknown>(this.#document, schema);
    if (!isObject(found) || !isObject(found.properties)) return this.views.schema(schema, 'request');
    const files = Object.keys(found.properties).filter((name) => isFile(this.#document, schema, name, encoding));
    if (files.length === 0) return this.views.schema(schema, 'request');
    const made = this.views.schema(found, 'request') as Node & { properties: Node };
    for (const name of files) {
      const member = made.properties[name];
      if (member !== undefined) made.properties[name] = asBlob(this.#document, member);
    }
    return made;
  }
}

const BLOB = { type: 'string', 'x-type': 'Blob' };

function asBlob(document: Document, member: unknown): unknown {
  const { type, description } = resolve<Node>(document, member as Node);
  const said = typeof description === 'string' ? { description } : {};
  return type === 'array' ? { ...said, type: 'array', items: BLOB } : { ...said, ...BLOB };
}

/** The components that answers reach. */
function answeredBy(document: Document): Set<string> {
  const found = new Set<string>();
  const waiting: string[] = [];
  const reference = (name: string) => {
    if (!found.has(name)) waiting.push(name);
    found.add(name);
  };
  const look = (schema: unknown) => scan(schema, { member: () => {}, reference });
  const schemasIn = (node: unknown) =>
    walk(node, (inner) => {
      if (inner.schema !== undefined) look(inner.schema);
    });
  schemasIn(document.components?.responses);
  schemasIn(document.components?.headers);
  for (const item of Object.values(document.paths ?? {})) {
    for (const { object } of operationsIn(item)) schemasIn(object.responses);
  }
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) look(document.components?.schemas?.[name]);
  return found;
}
