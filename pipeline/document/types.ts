/** An OpenAPI document of version 3.0, 3.1 or 3.2 in which every reference is local. */
export interface Document {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  readonly servers?: readonly { readonly url: string; readonly variables?: object }[];
  readonly paths?: Readonly<Record<string, PathItem>>;
  readonly webhooks?: Readonly<Record<string, unknown>>;
  readonly security?: readonly SecurityRequirement[];
  readonly tags?: readonly { readonly name: string; readonly parent?: string; readonly kind?: string }[];
  readonly components?: Components;
  /** Operations that are known and not served, such as `POST /things/{id}`: they answer 501. */
  readonly 'x-not-served'?: readonly string[];
}

export interface Components {
  readonly schemas?: Readonly<Record<string, Schema>>;
  readonly responses?: Readonly<Record<string, ResponseObject | Reference>>;
  readonly parameters?: Readonly<Record<string, ParameterObject | Reference>>;
  readonly requestBodies?: Readonly<Record<string, RequestBodyObject | Reference>>;
  readonly headers?: Readonly<Record<string, HeaderObject | Reference>>;
  readonly securitySchemes?: Readonly<Record<string, SecurityScheme | Reference>>;
  readonly mediaTypes?: Readonly<Record<string, MediaTypeObject | Reference>>;
  readonly [section: string]: Readonly<Record<string, unknown>> | undefined;
}

export interface Reference {
  readonly $ref: string;
}

export type PathItem = Readonly<Record<string, unknown>>;

export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly example?: unknown;
  readonly examples?: readonly unknown[];
  readonly nullable?: boolean;
  readonly readOnly?: boolean;
  readonly writeOnly?: boolean;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly unevaluatedProperties?: boolean | Schema;
  readonly items?: Schema | boolean;
  readonly prefixItems?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly not?: Schema;
  readonly discriminator?: Discriminator;
  readonly [keyword: string]: unknown;
}

export interface Discriminator {
  readonly propertyName: string;
  readonly mapping?: Readonly<Record<string, string>>;
  readonly defaultMapping?: string;
}

export interface OperationObject {
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly tags?: readonly string[];
  readonly parameters?: readonly (ParameterObject | Reference)[];
  readonly requestBody?: RequestBodyObject | Reference;
  readonly responses?: Readonly<Record<string, ResponseObject | Reference>>;
  readonly security?: readonly SecurityRequirement[];
  readonly callbacks?: object;
  readonly servers?: readonly unknown[];
  readonly [extension: string]: unknown;
}

/** By media type, as the document spells it. */
export type Content = Readonly<Record<string, MediaTypeObject | Reference>>;

export interface MediaTypeObject {
  readonly schema?: Schema;
  readonly itemSchema?: Schema;
  readonly encoding?: Readonly<Record<string, Encoding>>;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, unknown>>;
}

/** How a member of a form or multipart body is written. */
export interface Encoding {
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, HeaderObject | Reference>>;
  readonly style?: Style;
  readonly explode?: boolean;
  readonly allowReserved?: boolean;
}

export interface RequestBodyObject {
  readonly description?: string;
  readonly required?: boolean;
  readonly content?: Content;
}

export interface ResponseObject {
  readonly description?: string;
  readonly headers?: Readonly<Record<string, HeaderObject | Reference>>;
  readonly content?: Content;
  readonly links?: object;
}

export interface HeaderObject {
  readonly description?: string;
  readonly required?: boolean;
  readonly schema?: Schema;
  readonly content?: Content;
  readonly explode?: boolean;
}

export interface ParameterObject extends HeaderObject {
  readonly name: string;
  readonly in: Place;
  readonly style?: Style;
  readonly allowReserved?: boolean;
  readonly allowEmptyValue?: boolean;
  readonly deprecated?: boolean;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, unknown>>;
}

export type Place = 'path' | 'query' | 'querystring' | 'header' | 'cookie';

export type Style =
  | 'matrix'
  | 'label'
  | 'simple'
  | 'form'
  | 'spaceDelimited'
  | 'pipeDelimited'
  | 'deepObject'
  | 'cookie';

/** Scheme names with their scopes; all of them have to be met. */
export type SecurityRequirement = Readonly<Record<string, readonly string[]>>;

export interface SecurityScheme {
  readonly type: 'apiKey' | 'http' | 'oauth2' | 'openIdConnect' | 'mutualTLS';
  readonly description?: string;
  readonly name?: string;
  readonly in?: 'query' | 'header' | 'cookie';
  readonly scheme?: string;
  readonly bearerFormat?: string;
  readonly flows?: object;
}
