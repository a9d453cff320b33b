import type { MediaKind, MediaType } from '../../document/mediaTypes.ts';
import {
  operationsOf,
  parameterOf,
  type Operation as Read,
  type ResponseOf,
  type Parameter as Written,
} from '../../document/operations.ts';
import { isReference } from '../../document/references.ts';
import type { Document as OpenApiDocument } from '../../document/types.ts';
import type { Resolve, Schema } from '../schema/schema.ts';
import { MAX_STEPS, targetOf, withoutDangling } from './dangling.ts';
import { isObject } from './json.ts';
import { refuseOthers } from './versions.ts';

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie' | 'querystring';
  readonly required: boolean;
  readonly schema: Schema;
  /** How it is written on the wire. */
  readonly written: Written;
  /** The media type of a parameter that has `content` instead of a schema. */
  readonly mediaType?: string;
  /** Values that the document gives as examples. */
  readonly examples: readonly unknown[];
}

export interface Example {
  readonly name: string;
  readonly value: unknown;
}

export interface Content {
  /** As the document writes it. */
  readonly type: string;
  readonly kind: MediaKind;
  readonly schema: Schema | undefined;
  readonly encoding: Readonly<Record<string, Node>>;
  readonly examples: readonly Example[];
}

export interface Body extends Content {
  readonly required: boolean;
  readonly schema: Schema;
  /** All of the media types, the one that the cases use first. */
  readonly contents: readonly Content[];
}

export interface Link {
  readonly operation: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface Response {
  readonly description: string;
  readonly headers: Readonly<Record<string, { readonly required: boolean; readonly schema: Schema }>>;
  /** Empty where the document describes no body. */
  readonly contents: readonly Content[];
  readonly links: readonly Link[];
}

export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body: Body | undefined;
  /** By status, by range (`4XX`), and `default`. */
  readonly responses: Readonly<Record<string, Response>>;
  /** The alternatives, each with the names of the schemes that go together. */
  readonly security: readonly (readonly string[])[];
}

export interface SecurityScheme {
  readonly type: string;
  readonly scheme?: string;
  readonly name?: string;
  readonly in?: string;
}

type Node = Readonly<Record<string, unknown>>;

/** An OpenAPI document, as far as it says what to send and what to expect. */
export class Document {
  readonly root: Node;
  readonly operations: readonly Operation[];
  readonly schemes: Readonly<Record<string, SecurityScheme>>;
  /** References that lead nowhere, so that nothing is known of what they stand for. */
  readonly unusable: Set<string>;

  constructor(given: Node) {
    refuseOthers(given, 'The document');
    const { root, unusable } = withoutDangling(given);
    this.root = root;
    this.unusable = unusable;
    const components = isObject(root.components) ? root.components : {};
    this.schemes = Object.fromEntries(
      Object.entries(this.at(components.securitySchemes)).map(([name, node]) => [
        name,
        this.at(node) as unknown as SecurityScheme,
      ]),
    );
    this.operations = operationsOf(root as unknown as OpenApiDocument).map((one) => this.#operation(one));
  }

  /** The methods of a path, in upper case. */
  methodsOf(path: string): string[] {
    return this.operations.filter((operation) => operation.path === path).map(({ method }) => method);
  }

  readonly resolve: Resolve = (schema) => this.at(schema) as Schema;

  /** The node itself, or where its reference leads. */
  at(node: unknown): Node {
    let current = node;
    for (let steps = 0; isReference(current); steps++) {
      const { $ref } = current;
      const found = steps > MAX_STEPS ? undefined : this.#pointed($ref);
      if (found === undefined) {
        this.unusable.add($ref);
        return {};
      }
      current = found;
    }
    return isObject(current) ? current : {};
  }

  readonly #found = new Map<string, unknown>();

  #pointed(ref: string): unknown {
    if (!this.#found.has(ref)) this.#found.set(ref, targetOf(this.root, ref));
    return this.#found.get(ref);
  }

  #operation({ id, method, path, parameters, body, responses, security }: Read): Operation {
    // A path may name what the document forgets to declare, and a reference in its place may lead nowhere.
    const named = parameters.filter(({ name }) => typeof name === 'string').map((one) => this.#parameter(one));
    const missing = [...path.matchAll(/\{([^}]+)\}/g)]
      .map(([, name = '']) => name)
      .filter((name) => !named.some((one) => one.in === 'path' && one.name === name))
      .map((name) => this.#parameter(parameterOf(this.root, { name, in: 'path', schema: { type: 'string' } })));
    return {
      id,
      method,
      path,
      parameters: [...named, ...missing],
      body: body && this.#body(body),
      responses: Object.fromEntries(responses.map((one) => [one.status, this.#response(one)])),
      security: security.map((one) => Object.keys(one)),
    };
  }

  #parameter(written: Written): Parameter {
    const { name, required, content, object } = written;
    const source = (content?.object ?? object) as Node;
    const named = Object.values(isObject(object.examples) ? object.examples : {}).map((one) => this.at(one).value);
    return {
      name,
      in: written.in,
      required,
      schema: isObject(source.schema) ? (source.schema as Schema) : {},
      written,
      ...(content && { mediaType: content.name }),
      examples: [object.example, source.example, ...named].filter((value) => value !== undefined),
    };
  }

  #body({ required, contents, unread }: NonNullable<Read['body']>): Body | undefined {
    const all = [...contents, ...unread].map((one) => this.#content(one));
    const kinds: MediaKind[] = ['json', 'form', 'multipart', 'text', 'bytes'];
    const [chosen] = all.toSorted((a, b) => rank(kinds, a.kind) - rank(kinds, b.kind));
    return chosen && { ...chosen, schema: chosen.schema ?? {}, required, contents: all };
  }

  #response({ object, headers, contents }: ResponseOf): Response {
    const links = Object.values(isObject(object.links) ? object.links : {}).map((one) => this.at(one));
    return {
      description: String(object.description ?? ''),
      headers: Object.fromEntries(
        headers.map(({ name, required, object: { schema } }) => [name, { required, schema: (schema ?? {}) as Schema }]),
      ),
      contents: contents.map((one) => this.#content(one)),
      links: links
        .filter((link) => typeof link.operationId === 'string' && isObject(link.parameters))
        .map((link) => ({ operation: String(link.operationId), parameters: link.parameters as Node })),
    };
  }

  #content({ name, kind, object, encoding }: MediaType): Content {
    const { schema, example } = object;
    const named = Object.entries(isObject(object.examples) ? object.examples : {})
      .map(([name, one]) => ({ name, value: this.at(one).value }))
      .filter(({ value }) => value !== undefined);
    return {
      type: name,
      kind,
      schema: isObject(schema) ? (schema as Schema) : undefined,
      encoding: (encoding ?? {}) as Record<string, Node>,
      examples: example === undefined ? named : [{ name: 'example', value: example }, ...named],
    };
  }
}

const rank = (kinds: readonly MediaKind[], kind: MediaKind): number =>
  kinds.includes(kind) ? kinds.indexOf(kind) : kinds.length;

/** The declared response of a status: its own, that of its range, or `default`. */
export const declared = ({ responses }: Operation, status: number): Response | undefined =>
  responses[status] ?? responses[`${Math.floor(status / 100)}XX`] ?? responses.default;

/** Methods that change nothing (RFC 9110, 9.2.1). */
export const isSafe = ({ method }: Pick<Operation, 'method'>): boolean =>
  ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY'].includes(method);
