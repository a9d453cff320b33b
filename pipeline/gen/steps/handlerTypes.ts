import { defaultOf } from '../../document/defaults.ts';
import { isFile, isList } from '../../document/files.ts';
import { FRAMING } from '../../document/framing.ts';
import { inputOf } from '../../document/input.ts';
import { jsonOf, type MediaType } from '../../document/mediaTypes.ts';
import type { Operation, Parameter, ResponseHeader, ResponseOf } from '../../document/operations.ts';
import { componentName, segmentsOf } from '../../document/references.ts';
import { memberNames, partsOf } from '../../document/schemas.ts';
import type { Document, Schema } from '../../document/types.ts';
import type { Bundled } from '../step.ts';
import { jsdoc, literal, member } from '../text.ts';
import type { Views } from '../views.ts';
import { isHandled } from './handlers.ts';

/** The types of what handlers get and answer, by operation. */
export function handlerTypes({ document, operations, project }: Bundled, views: Views): string {
  const handled = operations.filter((operation) => isHandled(project, operation));
  const writer = new Writer(document, views, project.protocolHeaders);
  const inputs = handled.map((operation) => writer.entry(operation, writer.input(operation)));
  const results = handled.map((operation) => writer.entry(operation, writer.result(operation)));
  const text = `/** The input of each handler. */
export interface Inputs {
${inputs.join('')}}

/** The possible answers of each handler: the body of the only success, if that needs no headers, or any answer that the document gives. */
export interface Results {
${results.join('')}}

export type OperationId = keyof Inputs;
`;
  return writer.imports(text) + text;
}

const BYTES = 'Uint8Array | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array | string>';

class Writer {
  readonly #document: Document;
  readonly #views: Views;
  readonly #protocolHeaders: readonly string[];
  readonly #ranges = new Set<string>();

  constructor(document: Document, views: Views, protocolHeaders: readonly string[]) {
    this.#document = document;
    this.#views = views;
    this.#protocolHeaders = protocolHeaders;
  }

  entry({ id, object }: Operation, type: string): string {
    return `${jsdoc(object.summary, '  ')}  ${member(id)}: ${type};\n`;
  }

  /** The names that the types above use. */
  imports(text: string): string {
    const express = ['Answer', 'ServerSentEvent', 'UploadedFile'].filter((name) =>
      new RegExp(`\\b${name}\\b`).test(text),
    );
    const schema = ['components', 'operations'].filter((name) => new RegExp(`\\b${name}\\[`).test(text));
    const line = (names: string[], from: string) =>
      names.length === 0 ? '' : `import type { ${names.join(', ')} } from '${from}';\n`;
    const ranges = [...this.#ranges].sort().map((first) => {
      const all = Array.from({ length: 100 }, (_, index) => `${first}${String(index).padStart(2, '0')}`);
      return `type Status${first}XX = ${all.join(' | ')};\n`;
    });
    return `${line(express, 'openapi-strict-express')}${line(schema, './schema.ts')}\n${ranges.join('')}${ranges.length > 0 ? '\n' : ''}`;
  }

  input(operation: Operation): string {
    const { parameters, body, bodyName } = inputOf(this.#document, operation);
    const members = parameters.map((parameter) => this.#parameter(operation, parameter));
    if (body === 'value') {
      const optional = operation.body?.required ? '' : '?';
      members.push(`${bodyName}${optional}: ${this.#body(operation)}`);
    }
    const own = members.length > 0 ? `{ ${members.join('; ')} }` : undefined;
    if (body !== 'members') return own ?? 'object';
    const flat = operation.body?.required ? this.#body(operation) : `Partial<${this.#body(operation)}>`;
    return own === undefined ? flat : `${own} & ${isUnion(flat) ? `(${flat})` : flat}`;
  }

  #parameter({ id }: Operation, { name, in: place, required, schema, content }: Parameter): string {
    const given = schema ?? content?.schema;
    const at = place === 'querystring' ? 'query' : place;
    const all = `operations[${literal(id)}]['parameters'][${literal(at)}]`;
    const isDefaulted = given !== undefined && defaultOf(this.#document, given) !== undefined;
    const own = `${place === 'path' ? all : `NonNullable<${all}>`}[${literal(name)}]`;
    const type = given !== undefined && this.#views.hasDefaults(given) ? this.#named(`${id}.${name}`, given) : own;
    if (required) return `${member(name)}: ${type}`;
    return isDefaulted ? `${member(name)}: Exclude<${type}, undefined>` : `${member(name)}?: ${type}`;
  }

  #body(operation: Operation): string {
    const types = (operation.body?.contents ?? []).map((content) => this.#content(operation, content));
    return types.length === 0 ? 'unknown' : [...new Set(types)].join(' | ');
  }

  #content({ id }: Operation, { name, kind, schema, itemSchema, encoding }: MediaType): string {
    if (kind === 'text' || kind === 'events') return 'string';
    if (kind === 'bytes') return 'Uint8Array';
    const own = `NonNullable<operations[${literal(id)}]['requestBody']>['content'][${literal(name)}]`;
    const typeOf = (one: Schema) => (this.#views.hasDefaults(one) ? this.#named(`${id}.body`, one) : own);
    if (kind === 'json-lines') {
      const item = itemSchema ?? schema;
      return item === undefined ? 'unknown[]' : `(${typeOf(item)})[]`;
    }
    if (schema === undefined) return 'unknown';
    const files =
      kind !== 'multipart'
        ? []
        : memberNames(this.#document, schema).filter((one) => isFile(this.#document, schema, one, encoding));
    const type = typeOf(schema);
    if (files.length === 0) return type;
    const required = new Set(partsOf(this.#document, schema).flatMap((part) => part.required ?? []));
    const members = files.map((file) => {
      const list = isList(this.#document, schema, file) ? '[]' : '';
      return `${member(file)}${required.has(file) ? '' : '?'}: UploadedFile${list}`;
    });
    return `Omit<${type}, ${files.map(literal).join(' | ')}> & { ${members.join('; ')} }`;
  }

  /** A schema as the handler gets it, under a name of its own unless it is a component. */
  #named(name: string, schema: Schema): string {
    const viewed = this.#views.schema(schema, 'input');
    const component = componentName('schemas', viewed);
    if (component !== undefined) return `components['schemas'][${literal(component)}]`;
    const ref = this.#views.add(name, viewed);
    return `components['schemas'][${literal(segmentsOf(ref).at(-1) ?? name)}]`;
  }

  result(operation: Operation): string {
    const { method } = operation;
    // An interim status comes before an answer, and is none.
    const responses = operation.responses.filter(({ status }) => !status.startsWith('1'));
    if (operation.responses.length === 0) return 'void';
    const answers = responses.flatMap((response) => this.#answers(operation, response));
    const successes = responses.filter(({ status }) => status.startsWith('2'));
    const only = successes.length === 0 ? responses.filter(({ status }) => status === 'default') : successes;
    const [first, ...others] = only;
    const isShort = first !== undefined && others.length === 0 && !this.#mustSetHeaders(first);
    const short = isShort ? [this.#short(operation, first, method)] : [];
    const all = [...new Set([...short, ...answers])];
    return all.length === 0 ? 'never' : all.join(' | ');
  }

  #short(operation: Operation, response: ResponseOf, method: string): string {
    const { contents } = response;
    const [content] = [jsonOf(contents) ?? contents[0]];
    return content === undefined || method === 'HEAD' ? 'void' : this.#answered(operation, response, content);
  }

  #answers(operation: Operation, response: ResponseOf): string[] {
    const status = this.#status(response.status);
    const headers = this.#headers(operation, response);
    if (response.contents.length === 0 || operation.method === 'HEAD') {
      return [`Answer<${status}, undefined, ${headers}, undefined>`];
    }
    return response.contents.map((content) => {
      const body = this.#answered(operation, response, content);
      return `Answer<${status}, ${body}, ${headers}, ${typeName(content)} | undefined>`;
    });
  }

  #status(status: string): string {
    if (status === 'default') return 'number';
    const [, range] = /^(\d)XX$/.exec(status) ?? [];
    if (range === undefined) return status;
    this.#ranges.add(range);
    return `Status${range}XX`;
  }

  #headers({ id }: Operation, response: ResponseOf): string {
    const headers = this.#ownHeaders(response);
    if (headers.length === 0) return 'undefined';
    const at = `operations[${literal(id)}]['responses'][${statusKey(response.status)}]['headers']`;
    const members = headers.map((header) => {
      const { name } = header;
      return `${member(name)}${mustBeSet(header) ? '' : '?'}: ${at}[${literal(name)}]`;
    });
    const type = `{ ${members.join('; ')} }`;
    return this.#mustSetHeaders(response) ? type : `${type} | undefined`;
  }

  /** The headers that are the handler's to set. */
  #ownHeaders({ headers }: ResponseOf): readonly ResponseHeader[] {
    return headers.filter(({ name }) => !this.#protocolHeaders.includes(name.toLowerCase()));
  }

  /** Whether an answer breaks the contract without a header that its handler alone can know. */
  #mustSetHeaders(response: ResponseOf): boolean {
    return this.#ownHeaders(response).some(mustBeSet);
  }

  #answered({ id }: Operation, { status }: ResponseOf, { name, kind, schema, itemSchema }: MediaType): string {
    const own = `operations[${literal(id)}]['responses'][${statusKey(status)}]['content'][${literal(name)}]`;
    if (kind === 'text') return `string | ${BYTES}`;
    if (kind === 'bytes' || kind === 'multipart') return BYTES;
    const item = itemSchema !== undefined || (schema !== undefined && schema.type !== 'string') ? own : 'unknown';
    if (kind === 'events') return `AsyncIterable<${item} | ServerSentEvent<${item}>>`;
    if (kind === 'json-lines') return `AsyncIterable<${item}>`;
    return own;
  }
}

/** Whether an answer breaks the contract unless its handler sets the header. The request's id is set for every answer. */
const mustBeSet = ({ name, required }: ResponseHeader): boolean =>
  required && !FRAMING.has(name.toLowerCase()) && name.toLowerCase() !== 'x-request-id';

const isUnion = (type: string): boolean => / \| /.test(type);

const statusKey = (status: string): string => (/^\d+$/.test(status) ? status : literal(status));

function typeName({ name, type }: MediaType): string {
  if (type === '*/*') return 'string';
  if (type.endsWith('/*')) return `\`${type.slice(0, -1)}\${string}\``;
  return name === type ? literal(name) : `${literal(name)} | ${literal(type)}`;
}
