import { StepFailed } from '../gen/step.ts';

/** What gen reads of a bundled OpenAPI document. In a bundle every reference is local. */
export interface Document {
  readonly openapi?: string;
  readonly servers?: readonly { url: string; variables?: object }[];
  readonly webhooks?: Record<string, unknown>;
  readonly paths?: Record<string, Record<string, unknown>>;
  readonly components?: {
    readonly schemas?: Record<string, Schema>;
    readonly responses?: Record<string, Response | Reference>;
    readonly securitySchemes?: Record<string, unknown>;
  };
}

export interface Reference {
  readonly $ref: string;
}

export interface Schema {
  readonly type?: string | string[];
  readonly description?: string;
  readonly properties?: Record<string, Schema | Reference>;
  readonly additionalProperties?: boolean | Schema | Reference;
  readonly nullable?: boolean;
  readonly allOf?: (Schema | Reference)[];
  readonly enum?: unknown[];
  readonly const?: unknown;
}

export interface Response {
  readonly description?: string;
  readonly headers?: Record<string, { schema?: Schema | Reference } | Reference>;
  readonly content?: Content;
}

/** By media type. */
export type Content = Record<string, { readonly schema?: Schema | Reference }>;

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly style?: string;
  readonly explode?: boolean;
  readonly content?: Content;
  readonly schema?: Schema | Reference;
}

export interface OperationObject {
  readonly operationId?: string;
  readonly summary?: string;
  readonly parameters?: (Parameter | Reference)[];
  readonly requestBody?: { readonly content?: Content } | Reference;
  readonly responses?: Record<string, Response | Reference>;
}

/** An operation with its place. OPTIONS is not among them: middleware answers it, not a handler. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly object: OperationObject;
  /** Those of the path, then those of the operation, which replace the path's of the same name and place. */
  readonly parameters: Parameter[];
}

export const methods = ['get', 'put', 'post', 'delete', 'head', 'patch', 'trace'];

export function operationsOf(document: Document): Operation[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.keys(item)
      .filter((method) => methods.includes(method))
      .map((method) => {
        const object = item[method] as OperationObject;
        const shared = (item.parameters ?? []) as (Parameter | Reference)[];
        const parameters = new Map(
          [...shared, ...(object.parameters ?? [])]
            .map((parameter) => resolve(document, parameter))
            .map((parameter) => [`${parameter.in} ${parameter.name}`, parameter]),
        );
        const id = object.operationId;
        if (!id) throw new StepFailed(`${method.toUpperCase()} ${path} has no operationId.`);
        return { id, method: method.toUpperCase(), path, object, parameters: [...parameters.values()] };
      }),
  );
}

/** Follows references until there is none. */
export function resolve<T extends object>(document: Document, node: T | Reference): T {
  let current: unknown = node;
  for (const seen = new Set(); isReference(current); ) {
    if (seen.has(current.$ref)) throw new StepFailed(`The reference ${current.$ref} leads back to itself.`);
    seen.add(current.$ref);
    current = pointed(document, current.$ref);
  }
  return current as T;
}

/** The name of the component of a kind (`responses`) that a reference leads to. */
export function componentName(kind: string, node: unknown): string | undefined {
  const prefix = `#/components/${kind}/`;
  return isReference(node) && node.$ref.startsWith(prefix)
    ? unescapeSegment(node.$ref.slice(prefix.length))
    : undefined;
}

export const isReference = (node: unknown): node is Reference =>
  typeof node === 'object' && node !== null && '$ref' in node && typeof node.$ref === 'string';

/** What a local reference leads to. */
export function pointed(document: object, ref: string): unknown {
  let node: unknown = document;
  if (!/^#\/./.test(ref)) throw new StepFailed(`The reference ${ref} is of a kind that gen does not follow.`);
  for (const segment of ref.slice(2).split('/').map(unescapeSegment)) {
    node =
      typeof node === 'object' && node !== null && Object.hasOwn(node, segment) ? node[segment as never] : undefined;
  }
  if (node === undefined) throw new StepFailed(`The reference ${ref} leads nowhere.`);
  return node;
}

function unescapeSegment(segment: string): string {
  let text = segment;
  try {
    text = decodeURIComponent(segment);
  } catch {
    // A lone percent sign stands for itself.
  }
  return text.replaceAll('~1', '/').replaceAll('~0', '~');
}
/** The media type under which a content is JSON, if it is: `application/json` before any other. */
export function jsonType(content: Content | undefined): string | undefined {
  const types = Object.keys(content ?? {});
  return types.find((type) => type === 'application/json') ?? types.find((type) => /[/+]json\b/i.test(type));
}
