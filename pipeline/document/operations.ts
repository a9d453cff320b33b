import { REQUEST_FRAMING } from './framing.ts';
import { type MediaType, mediaTypesOf } from './mediaTypes.ts';
import { isObject, pointerTo, resolve } from './references.ts';
import { typesOf } from './schemas.ts';
import type {
  Document,
  HeaderObject,
  OperationObject,
  ParameterObject,
  PathItem,
  Place,
  Reference,
  RequestBodyObject,
  ResponseObject,
  Schema,
  SecurityRequirement,
  Style,
} from './types.ts';

/** A parameter with the defaults of OpenAPI filled in. */
export interface Parameter {
  readonly name: string;
  readonly in: Place;
  readonly required: boolean;
  readonly style: Style;
  readonly explode: boolean;
  readonly allowReserved: boolean;
  readonly allowEmptyValue: boolean;
  readonly schema?: Schema;
  /** Its value as a media type of its own, most often JSON; it then has no style. */
  readonly content?: MediaType;
  readonly object: ParameterObject;
}

export interface Body {
  readonly required: boolean;
  /** The media types that are read. */
  readonly contents: readonly MediaType[];
  /** Media types that can't be read into the form that their schema describes, such as XML beside JSON: they get 415. */
  readonly unread: readonly MediaType[];
}

export interface ResponseHeader {
  readonly name: string;
  readonly required: boolean;
  readonly schema: Schema;
  readonly object: HeaderObject;
}

export interface ResponseOf {
  /** `200`, `2XX` or `default`. */
  readonly status: string;
  readonly headers: readonly ResponseHeader[];
  readonly contents: readonly MediaType[];
  readonly object: ResponseObject;
}

/** An operation of a document. Its details are worked out when they are first read. */
export interface Operation {
  /** The `operationId`, or method and path where the document gives none. */
  readonly id: string;
  /** In upper case. */
  readonly method: string;
  readonly path: string;
  readonly object: OperationObject;
  /** Such as `#/paths/~1things/get`. */
  readonly pointer: string;
  /** Those of the path and those of the operation, which replace the path's of the same name and place. */
  readonly parameters: readonly Parameter[];
  /** The names of declared header parameters that HTTP itself sets: they are none of the parameters. */
  readonly framing: readonly string[];
  readonly body?: Body | undefined;
  readonly responses: readonly ResponseOf[];
  /** Alternatives; none means that nothing has to be proven. */
  readonly security: readonly SecurityRequirement[];
}

/** The methods of a path item that have a field of their own. */
export const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'] as const;

/** A body of these has no meaning (RFC 9110), and fetch refuses to send one. */
export const BODILESS: readonly string[] = ['GET', 'HEAD', 'TRACE'];

/** Every operation of the document's paths, declared HEAD, OPTIONS, QUERY and `additionalOperations` among them. */
export function operationsOf(document: Document): Operation[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, node]) => {
    if (!path.startsWith('/')) return []; // x-…
    const item = resolve<PathItem>(document, node);
    const at = pointerTo('#/paths', path);
    return operationsIn(item).map(
      ({ method, object, segments }) =>
        new LazyOperation(document, item, method, path, object, pointerTo(at, ...segments)),
    );
  });
}

/** The operation objects of a path item, with where in it they are. */
export function operationsIn(item: PathItem): { method: string; object: OperationObject; segments: string[] }[] {
  const fixed = METHODS.filter((method) => isObject(item[method])).map((method) => ({
    method: method.toUpperCase(),
    object: item[method] as OperationObject,
    segments: [method as string],
  }));
  const added = isObject(item.additionalOperations) ? Object.entries(item.additionalOperations) : [];
  const others = added
    .filter((entry): entry is [string, OperationObject] => isObject(entry[1]))
    .map(([method, object]) => ({ method, object, segments: ['additionalOperations', method] }));
  return [...fixed, ...others];
}

class LazyOperation implements Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly object: OperationObject;
  readonly pointer: string;
  readonly #document: Document;
  readonly #item: PathItem;

  constructor(
    document: Document,
    item: PathItem,
    method: string,
    path: string,
    object: OperationObject,
    pointer: string,
  ) {
    this.id = object.operationId || `${method} ${path}`;
    this.method = method;
    this.path = path;
    this.object = object;
    this.pointer = pointer;
    this.#document = document;
    this.#item = item;
  }

  get parameters(): readonly Parameter[] {
    return this.#keep('parameters', parametersOf(this.#document, this.#declared));
  }

  get framing(): readonly string[] {
    return this.#declared.filter(isFraming).map(({ name }) => name);
  }

  /** The path's, then the operation's own. */
  get #declared(): readonly ParameterObject[] {
    const shared = (this.#item.parameters ?? []) as readonly (ParameterObject | Reference)[];
    return [...shared, ...(this.object.parameters ?? [])].map((node) => resolve<ParameterObject>(this.#document, node));
  }

  get body(): Body | undefined {
    return this.#keep('body', BODILESS.includes(this.method) ? undefined : bodyOf(this.#document, this.object));
  }

  get responses(): readonly ResponseOf[] {
    return this.#keep('responses', responsesOf(this.#document, this.object));
  }

  get security(): readonly SecurityRequirement[] {
    return this.object.security ?? this.#document.security ?? [];
  }

  #keep<T>(name: string, value: T): T {
    Object.defineProperty(this, name, { value, enumerable: true });
    return value;
  }
}

/** OpenAPI says that header parameters of these names are ignored: other parts of the document describe them. */
const ignored = ['accept', 'content-type', 'authorization'];

const isFraming = ({ in: place, name }: ParameterObject): boolean =>
  place === 'header' && REQUEST_FRAMING.has(name.toLowerCase());

function parametersOf(document: Document, declared: readonly ParameterObject[]): Parameter[] {
  const found = new Map<string, Parameter>();
  for (const parameter of declared) {
    const name = parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name;
    if (isFraming(parameter) || (parameter.in === 'header' && ignored.includes(name))) continue;
    found.set(`${parameter.in} ${name}`, parameterOf(document, parameter));
  }
  return [...found.values()];
}

/** A parameter object with OpenAPI's defaults. */
export function parameterOf(document: object, object: ParameterObject): Parameter {
  const { name, in: place, schema } = object;
  const style = object.style ?? (place === 'path' || place === 'header' ? 'simple' : 'form');
  const [content] = mediaTypesOf(document, object.content);
  return {
    name,
    in: place,
    required: object.required === true || place === 'path',
    style,
    explode: object.explode ?? (style === 'form' || style === 'cookie' || style === 'deepObject'),
    allowReserved: object.allowReserved === true,
    allowEmptyValue: object.allowEmptyValue === true,
    ...(schema !== undefined && { schema }),
    ...(content && { content }),
    object,
  };
}

function bodyOf(document: Document, object: OperationObject): Body | undefined {
  if (!object.requestBody) return undefined;
  const { required = false, content } = resolve<RequestBodyObject>(document, object.requestBody);
  const all = mediaTypesOf(document, content);
  // Of no type, it could be neither sent nor read.
  if (all.length === 0) return undefined;
  const structured = all.some(({ kind }) => kind === 'json' || kind === 'form' || kind === 'multipart');
  const isUnread = ({ kind, schema }: MediaType): boolean => {
    if (!structured || kind !== 'text' || schema === undefined) return false;
    const types = typesOf(document, schema);
    return types.size > 0 && !types.has('string');
  };
  return { required, contents: all.filter((one) => !isUnread(one)), unread: all.filter(isUnread) };
}

function responsesOf(document: Document, object: OperationObject): ResponseOf[] {
  return Object.entries(object.responses ?? {}).flatMap(([status, node]) => {
    if (status.startsWith('x-')) return [];
    const response = resolve<ResponseObject>(document, node);
    const headers = Object.entries(response.headers ?? {})
      .filter(([name]) => name.toLowerCase() !== 'content-type')
      .map(([name, given]) => headerOf(document, name, resolve<HeaderObject>(document, given)));
    const contents = mediaTypesOf(document, response.content);
    return [{ status: status.replace(/^(\d)xx$/i, '$1XX'), headers, contents, object: response }];
  });
}

function headerOf(document: Document, name: string, object: HeaderObject): ResponseHeader {
  const schema = object.schema ?? mediaTypesOf(document, object.content)[0]?.schema ?? {};
  return { name, required: object.required === true, schema, object };
}

/** The response that an operation documents for a status: by itself, by its range, then `default`. */
export const responseFor = (responses: readonly ResponseOf[], status: number): ResponseOf | undefined =>
  responses.find((one) => one.status === String(status)) ??
  responses.find((one) => one.status === `${Math.floor(status / 100)}XX`) ??
  responses.find((one) => one.status === 'default');
