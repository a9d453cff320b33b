import { readFileSync } from 'node:fs';

/** As much of a schema as the document uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly deprecated?: boolean;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly maxItems?: number;
  readonly allOf?: readonly Schema[];
}

export interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

export interface Response extends Content {
  readonly headers?: Readonly<Record<string, { readonly schema: Schema }>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Schema;
}

export interface Operation {
  readonly id: string;
  /** As in the document, in lower case. */
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly tags: readonly string[];
  /** Those of the path, then those of the operation. */
  readonly parameters: readonly Parameter[];
  readonly requestBody: Content | undefined;
  readonly responses: Readonly<Record<string, Response>>;
}

type Ref<T> = T | { readonly $ref: string };
type Responses = Readonly<Record<string, Ref<Response>>>;
interface OperationObject {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly Ref<Parameter>[];
  readonly requestBody?: Ref<Content>;
  readonly responses: Responses;
}

export const document = JSON.parse(readFileSync(new URL('../../generated/openapi.json', import.meta.url), 'utf8')) as {
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
};

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

export const operations: readonly Operation[] = Object.entries(document.paths).flatMap(([path, item]) =>
  methods
    .filter((method) => item[method] !== undefined)
    .map((method) => {
      const { operationId, ...operation } = item[method] as OperationObject;
      const shared = (item.parameters ?? []) as readonly Ref<Parameter>[];
      return {
        ...operation,
        id: operationId,
        method,
        path,
        parameters: [...shared, ...(operation.parameters ?? [])].map(resolve),
        requestBody: operation.requestBody && resolve(operation.requestBody),
        responses: Object.fromEntries(
          Object.entries(operation.responses).map(([status, response]) => [status, resolve(response)]),
        ),
      };
    }),
);

/** Follows a reference. Members beside `$ref` belong to the place, not to its target. */
export function resolve<T extends object>(place: Ref<T>): T {
  if (!('$ref' in place) || typeof place.$ref !== 'string') return place as T;
  let found: unknown = document;
  for (const step of place.$ref.replace(/^#\//, '').split('/')) {
    found = (found as Record<string, unknown>)[step.replaceAll('~1', '/').replaceAll('~0', '~')];
  }
  if (found === undefined) throw new Error(`${place.$ref} leads nowhere.`);
  return resolve(found as Ref<T>);
}

/** The name of the component schema that is referred to here, if one is. */
export function refersTo(schema: Schema): string | undefined {
  return schema.$ref?.match(/^#\/components\/schemas\/([^/]+)$/)?.[1];
}

export function jsonSchema(content: Content | undefined): Schema | undefined {
  return content?.content?.['application/json']?.schema;
}
