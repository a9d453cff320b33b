import { CouldNotRun } from '../couldNotRun.ts';
import { isObject } from './json.ts';
import { DOCUMENT } from './load.ts';
import type { Schema } from './schema.ts';

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required: boolean;
  readonly schema: Schema;
  /** Values that the document gives as examples. */
  readonly examples: readonly unknown[];
}

export interface Example {
  readonly name: string;
  readonly value: unknown;
}

export interface Body {
  readonly required: boolean;
  readonly mediaType: string;
  readonly schema: Schema;
  readonly examples: readonly Example[];
}

export interface Response {
  readonly headers: Readonly<Record<string, { readonly required: boolean; readonly schema: Schema }>>;
  /** media type -> schema; empty where the answer has no body */
  readonly content: Readonly<Record<string, Schema>>;
}

export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body: Body | undefined;
  /** By status, by range (`4XX`), and `default`. */
  readonly responses: Readonly<Record<string, Response>>;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

type Node = Readonly<Record<string, unknown>>;

/** An OpenAPI document, as far as it says what to send and what to expect. */
export class Document {
  readonly root: Node;
  readonly operations: readonly Operation[];

  /** `root` is as `loadDocument` answers it. */
  constructor(root: Node) {
    this.root = root;
    this.operations = Object.entries(root.paths as Record<string, Node>).flatMap(([path, given]) => {
      const item = this.at(given);
      return METHODS.filter((method) => item[method] !== undefined).map((method) =>
        this.#operation(path, method, item),
      );
    });
  }

  /** The methods of a path, in upper case. */
  methodsOf(path: string): string[] {
    return this.operations.filter((operation) => operation.path === path).map(({ method }) => method);
  }

  readonly resolve = (schema: Schema): Schema => this.at(schema as Node) as Schema;

  /** What is here, or where a reference leads. */
  at(node: unknown, seen = 0): Node {
    if (!isObject(node)) return {};
    if (typeof node.$ref !== 'string') return node;
    let found: unknown = this.root;
    for (const step of node.$ref.slice(DOCUMENT.length + 2).split('/')) {
      const name = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
      found = isObject(found) || Array.isArray(found) ? (found as Node)[name] : undefined;
    }
    if (!node.$ref.startsWith(DOCUMENT) || found === undefined || seen > 32) {
      throw new CouldNotRun(`The document's reference ${node.$ref.replace(DOCUMENT, '')} leads nowhere.`);
    }
    return this.at(found, seen + 1);
  }

  #operation(path: string, method: string, item: Node): Operation {
    const operation = this.at(item[method]);
    const parameters = new Map<string, Parameter>();
    for (const given of [item.parameters ?? [], operation.parameters ?? []].flat() as Node[]) {
      const parameter = this.#parameter(this.at(given));
      parameters.set(`${parameter.in} ${parameter.name}`, parameter);
    }
    return {
      id: typeof operation.operationId === 'string' ? operation.operationId : `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
      parameters: [...parameters.values()],
      body: this.#body(operation.requestBody),
      responses: Object.fromEntries(
        Object.entries((operation.responses ?? {}) as Node).map(([status, node]) => [status, this.#response(node)]),
      ),
    };
  }

  #parameter(node: Node): Parameter {
    const content = isObject(node.content) ? this.at(Object.values(node.content)[0]) : node;
    const named = isObject(node.examples) ? Object.values(node.examples).map((one) => this.at(one).value) : [];
    return {
      name: String(node.name),
      in: node.in as Parameter['in'],
      required: node.required === true,
      schema: (content.schema ?? {}) as Schema,
      examples: node.example === undefined ? named : [node.example, ...named],
    };
  }

  /** JSON is what this suite can vary; an operation that takes something else only has none for it. */
  #body(given: unknown): Body | undefined {
    if (given === undefined) return undefined;
    const node = this.at(given);
    const entry = Object.entries((node.content ?? {}) as Node).find(([type]) => isJson(type));
    if (entry === undefined) return undefined;
    const [mediaType, content] = [entry[0], this.at(entry[1])];
    const named = Object.entries((content.examples ?? {}) as Node).map(([name, one]) => ({
      name,
      value: this.at(one).value,
    }));
    const examples = content.example === undefined ? named : [{ name: 'example', value: content.example }, ...named];
    return { required: node.required === true, mediaType, schema: (content.schema ?? {}) as Schema, examples };
  }

  #response(given: unknown): Response {
    const node = this.at(given);
    const headers = Object.entries((node.headers ?? {}) as Node).map(([name, one]) => {
      const header = this.at(one);
      return [name, { required: header.required === true, schema: (header.schema ?? {}) as Schema }] as const;
    });
    const content = Object.entries((node.content ?? {}) as Node).map(
      ([type, one]) => [type, (this.at(one).schema ?? {}) as Schema] as const,
    );
    return { headers: Object.fromEntries(headers), content: Object.fromEntries(content) };
  }
}

export const isJson = (mediaType: string): boolean => /^application\/(?:.+\+)?json\b/i.test(mediaType);

/** The declared response of a status: by itself, by its range, never by `default`. */
export const declared = ({ responses }: Operation, status: number): Response | undefined =>
  responses[status] ?? responses[`${Math.floor(status / 100)}XX`];
