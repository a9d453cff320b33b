/** As much of an OpenAPI document as this folder reads. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly servers?: readonly { readonly url: string }[];
  readonly paths?: Readonly<Record<string, PathItem>>;
  /** Operations that are known not to be served, such as `POST /backend/{appId}/api`: they answer 501. */
  readonly 'x-not-served'?: readonly string[];
  readonly components?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export type PathItem = Readonly<Record<string, unknown>>;

export interface OperationObject {
  readonly operationId?: string;
  readonly requestBody?: unknown;
  readonly responses?: Readonly<Record<string, unknown>>;
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a local reference (`#/components/…`) leads to, through as many references as there are. */
export function resolve(document: OpenApiDocument, node: unknown): unknown {
  let found = node;
  for (let hops = 0; hops < 32 && isObject(found) && typeof found.$ref === 'string'; hops++) {
    found = lookUp(document, found.$ref);
  }
  return found;
}

/** The value at a JSON pointer such as `#/components/schemas/Job` (RFC 6901), or undefined. */
export function lookUp(document: OpenApiDocument, pointer: string): unknown {
  let found: unknown = document;
  for (const part of pointer.split('/').slice(1)) {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    found = isObject(found) || Array.isArray(found) ? (found as Record<string, unknown>)[key] : undefined;
  }
  return found;
}

export const HTTP_METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

/** The media type under which a content is JSON, if it is: `application/json` before any other. */
export function jsonType(content: unknown): string | undefined {
  const types = isObject(content) ? Object.keys(content) : [];
  return types.find((type) => type === 'application/json') ?? types.find((type) => /[/+]json\b/i.test(type));
}
