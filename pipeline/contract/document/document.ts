import { essence, kindOf, type MediaKind } from '../../document/mediaTypes.ts';
import { parameterOf, type Parameter as Written } from '../../document/operations.ts';
import type { Document as OpenApiDocument, ParameterObject } from '../../document/types.ts';
import { CouldNotRun } from '../couldNotRun.ts';
import type { Resolve, Schema } from '../schema/schema.ts';
import { isObject } from './json.ts';

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

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];
const FROM_ELSEWHERE = ['accept', 'content-type', 'authorization'];

/** An OpenAPI document, as far as it says what to send and what to expect. */
export class Document {
  readonly root: Node;
  readonly operations: readonly Operation[];
  readonly schemes: Readonly<Record<string, SecurityScheme>>;
  /** References that lead nowhere, so that nothing is known of what they stand for. */
  readonly unusable = new Set<string>();

  constructor(root: Node) {
    this.root = root;
    if (!isObject(root.paths)) throw new CouldNotRun('The document has no paths.');
    const components = isObject(root.components) ? root.components : {};
    this.schemes = Object.fromEntries(
      Object.entries(this.at(components.securitySchemes)).map(([name, node]) => [
        name,
        this.at(node) as unknown as SecurityScheme,
      ]),
    );
    this.operations = Object.entries(root.paths).flatMap(([path, given]) =>
      path.startsWith('/') ? this.#operationsOf(path, this.at(given)) : [],
    );
  }

  /** The methods of a path, in upper case. */
  methodsOf(path: string): string[] {
    return this.operations.filter((operation) => operation.path === path).map(({ method }) => method);
  }

  readonly resolve: Resolve = (schema) => this.at(schema) as Schema;

  /** The node itself, or where its reference leads. */
  at(node: unknown): Node {
    let current = node;
    for (let steps = 0; isObject(current) && typeof current.$ref === 'string'; steps++) {
      const found = steps > 32 ? undefined : this.#pointed(current.$ref);
      if (found === undefined) {
        this.unusable.add(current.$ref);
        return {};
      }
      current = found;
    }
    return isObject(current) ? current : {};
  }

  readonly #found = new Map<string, unknown>();

  #pointed(ref: string): unknown {
    if (ref === '#') return this.root;
    if (!ref.startsWith('#/')) return undefined;
    if (this.#found.has(ref)) return this.#found.get(ref);
    const found = ref
      .slice(2)
      .split('/')
      .reduce<unknown>((inner, step) => {
        const name = unescaped(step);
        if (Array.isArray(inner)) return inner[Number(name)];
        return isObject(inner) && Object.hasOwn(inner, name) ? inner[name] : undefined;
      }, this.root);
    this.#found.set(ref, found);
    return found;
  }

  #operationsOf(path: string, item: Node): Operation[] {
    const more = Object.entries(isObject(item.additionalOperations) ? item.additionalOperations : {});
    const declared = METHODS.filter((method) => isObject(item[method])).map(
      (method) => [method, item[method]] as const,
    );
    return [...declared, ...more].map(([method, node]) =>
      this.#operation(path, method.toUpperCase(), item, this.at(node)),
    );
  }

  #operation(path: string, method: string, item: Node, operation: Node): Operation {
    const parameters = new Map<string, Parameter>();
    const given = [item.parameters, operation.parameters].flatMap((list) => (Array.isArray(list) ? list : []));
    for (const node of given) {
      const parameter = this.#parameter(this.at(node));
      if (parameter.in === 'header' && FROM_ELSEWHERE.includes(parameter.name.toLowerCase())) continue;
      parameters.set(`${parameter.in} ${parameter.name}`, parameter);
    }
    // A path may name what the document forgets to declare.
    for (const [, name = ''] of path.matchAll(/\{([^}]+)\}/g)) {
      if (!parameters.has(`path ${name}`)) {
        parameters.set(`path ${name}`, this.#parameter({ name, in: 'path', schema: { type: 'string' } }));
      }
    }
    const security = Array.isArray(operation.security) ? operation.security : this.root.security;
    return {
      id: typeof operation.operationId === 'string' ? operation.operationId : `${method} ${path}`,
      method,
      path,
      parameters: [...parameters.values()],
      body: this.#body(operation.requestBody),
      responses: Object.fromEntries(
        Object.entries(isObject(operation.responses) ? operation.responses : {})
          .filter(([status]) => !status.startsWith('x-'))
          .map(([status, node]) => [
            status === 'default' ? status : status.toUpperCase(),
            this.#response(this.at(node)),
          ]),
      ),
      security: (Array.isArray(security) ? security : []).filter(isObject).map((one) => Object.keys(one)),
    };
  }

  #parameter(node: Node): Parameter {
    const [entry] = Object.entries(isObject(node.content) ? node.content : {});
    const source = entry === undefined ? node : this.at(entry[1]);
    const named = Object.values(isObject(node.examples) ? node.examples : {}).map((one) => this.at(one).value);
    const examples = [node.example, source.example, ...named].filter((value) => value !== undefined);
    return {
      name: String(node.name),
      in: node.in as Parameter['in'],
      required: node.required === true || node.in === 'path',
      schema: isObject(source.schema) ? (source.schema as Schema) : {},
      written: this.#written(node),
      ...(entry !== undefined && { mediaType: entry[0] }),
      examples,
    };
  }

  #written(node: Node): Written {
    const root = this.root as unknown as OpenApiDocument;
    try {
      return parameterOf(root, node as unknown as ParameterObject);
    } catch {
      // A reference below it leads nowhere; its name and place are all that is known.
      return parameterOf(root, { name: String(node.name), in: node.in } as ParameterObject);
    }
  }

  #body(given: unknown): Body | undefined {
    if (given === undefined) return undefined;
    const node = this.at(given);
    const contents = this.#contents(node.content);
    const kinds: MediaKind[] = ['json', 'form', 'multipart', 'text', 'bytes'];
    const [chosen] = contents.toSorted((a, b) => rank(kinds, a.kind) - rank(kinds, b.kind));
    if (chosen === undefined) return undefined;
    return { ...chosen, schema: chosen.schema ?? {}, required: node.required === true, contents };
  }

  #response(node: Node): Response {
    const headers = Object.entries(isObject(node.headers) ? node.headers : {}).map(([name, one]) => {
      const header = this.at(one);
      return [name, { required: header.required === true, schema: (header.schema ?? {}) as Schema }] as const;
    });
    const links = Object.values(isObject(node.links) ? node.links : {}).map((one) => this.at(one));
    return {
      description: String(node.description ?? ''),
      headers: Object.fromEntries(headers),
      contents: this.#contents(node.content),
      links: links
        .filter((link) => typeof link.operationId === 'string' && isObject(link.parameters))
        .map((link) => ({ operation: String(link.operationId), parameters: link.parameters as Node })),
    };
  }

  #contents(content: unknown): Content[] {
    return Object.entries(isObject(content) ? content : {}).map(([type, one]) => {
      const node = this.at(one);
      const named = Object.entries(isObject(node.examples) ? node.examples : {})
        .map(([name, example]) => ({ name, value: this.at(example).value }))
        .filter(({ value }) => value !== undefined);
      const examples = node.example === undefined ? named : [{ name: 'example', value: node.example }, ...named];
      return {
        type,
        kind: kindOf(essence(type), isObject(node.schema) ? this.at(node.schema) : undefined),
        schema: isObject(node.schema) ? (node.schema as Schema) : undefined,
        encoding: isObject(node.encoding) ? (node.encoding as Record<string, Node>) : {},
        examples,
      };
    });
  }
}

const rank = (kinds: readonly MediaKind[], kind: MediaKind): number =>
  kinds.includes(kind) ? kinds.indexOf(kind) : kinds.length;

function unescaped(step: string): string {
  let text = step;
  try {
    text = decodeURIComponent(step);
  } catch {
    // A lone percent sign stands for itself.
  }
  return text.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** The declared response of a status: its own, that of its range, or `default`. */
export const declared = ({ responses }: Operation, status: number): Response | undefined =>
  responses[status] ?? responses[`${Math.floor(status / 100)}XX`] ?? responses.default;
