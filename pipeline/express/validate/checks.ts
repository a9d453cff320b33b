import { FRAMING } from '../../document/framing.ts';
import type { MediaType } from '../../document/mediaTypes.ts';
import type { Operation, Parameter, ResponseOf } from '../../document/operations.ts';
import type { Document, Schema } from '../../document/types.ts';
import { isScalar } from '../../document/values.ts';
import type { Violation } from '../errors.ts';
import type { Parameters } from '../parameters.ts';
import { type Check, Compiler, type Parts } from './compiler.ts';
import { Preparation, type View } from './prepare.ts';
import type { Prepared, Report } from './prepared.ts';

/** A whole request, decoded. The body is absent where none was sent. */
export interface RequestValue extends Parameters {
  readonly body?: unknown;
}

/** A whole answer, before its headers are encoded. The body is absent where there is none. */
export interface ResponseValue {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** A value larger than this is told its first violation alone: listing all of them takes seconds for a megabyte. */
const MAX_LISTED = 16 * 1024; // bytes

/**
 * Checks requests and answers by express-openapi-validator, which compiles what an operation needs at its first
 * request. Valid values take the quick way, which stops at the first violation; a small value that is invalid is then
 * checked once more for all of them.
 */
export class Checks {
  readonly #requests: Compilers;
  readonly #responses: Compilers;
  readonly #requestSchemas: Preparation;
  readonly #responseSchemas: Preparation;
  readonly #document: Document;
  readonly #report: Report;
  readonly #made = new Map<object, Map<unknown, TwoWays>>();
  readonly #filling = new Map<unknown, boolean>();
  #count = 0;
  #used = false;

  constructor(document: Document, report: Report) {
    const told = new Set<string>();
    const once: Report = (sentence) => {
      if (!told.has(sentence)) report(sentence);
      told.add(sentence);
    };
    this.#document = document;
    this.#report = once;
    this.#requests = lazily((all, own) => new Compiler('request', { all, own, report: once }));
    this.#responses = lazily((all, own) => new Compiler('response', { all, own, report: once }));
    this.#requestSchemas = new Preparation(document, 'request', once);
    this.#responseSchemas = new Preparation(document, 'response', once);
  }

  /** `size` is the body's, in bytes. */
  request(
    operation: Operation,
    content: MediaType | undefined,
    value: RequestValue,
    size: number,
  ): readonly Violation[] {
    this.#used = true;
    const found = this.#requestWays(operation, content).check(value, size);
    return found.length === 0 ? found : found.map(({ path, message }) => ({ path, message: shorter(message) }));
  }

  response(
    operation: Operation,
    response: ResponseOf,
    content: MediaType | undefined,
    value: ResponseValue,
    size: number,
  ): readonly Violation[] {
    const found = this.#responseWays(operation, response, content).check(value, size);
    if (found.length === 0) return found;
    return found.map(({ path, message }) => ({
      path: `/response${path.replace(/^\/body/, '')}`,
      message: shorter(message),
    }));
  }

  /** Checks a part of a body by its own schema; paths start there. A request's defaults are not filled in. `size` is in bytes. */
  value(side: View, schema: unknown, value: unknown, size = 0): readonly Violation[] {
    if (value === undefined) return [{ path: '', message: 'has no value' }];
    return this.#value(side, schema, structuredClone(value), size);
  }

  /** The same for a part of a request that nobody else has yet: its defaults are filled in. */
  fill(schema: unknown, value: unknown, size = 0): readonly Violation[] {
    return this.#value('request', schema, value, size);
  }

  /** Whether `fill` may fill in anything. */
  hasDefaults(schema: unknown): boolean {
    const known = this.#filling.get(schema) ?? fillsIn(this.#requestSchemas, schema);
    this.#filling.set(schema, known);
    return known;
  }

  #value(side: View, schema: unknown, value: unknown, size: number): readonly Violation[] {
    return this.#valueWays(side, schema)
      .check({ body: value }, size)
      .map(({ path, message }) => ({
        path: path.replace(/^\/body/, ''),
        message: shorter(message),
      }));
  }

  /** Whether a value fits a schema, which is less work than how it doesn't. */
  fits(side: View, schema: unknown, value: unknown): boolean {
    if (value === undefined) return false;
    return this.#valueWays(side, schema).check({ body: structuredClone(value) }, Number.POSITIVE_INFINITY).length === 0;
  }

  /** Whether a request has been checked since this was last asked. */
  wereUsed(): boolean {
    const used = this.#used;
    this.#used = false;
    return used;
  }

  /** Compiles what the first request of an operation would. */
  prepare(operation: Operation, content: MediaType | undefined): void {
    this.#requestWays(operation, content).prepare();
  }

  prepareAnswer(operation: Operation, response: ResponseOf, content: MediaType | undefined): void {
    this.#responseWays(operation, response, content).prepare();
  }

  #requestWays(operation: Operation, content: MediaType | undefined): TwoWays {
    return this.#waysOf(operation, content, () => {
      const members = requestSchemas(this.#document, operation, content);
      return this.#compiled(`${operation.method} ${operation.path}`, this.#requests, this.#requestSchemas, members);
    });
  }

  #responseWays(operation: Operation, response: ResponseOf, content: MediaType | undefined): TwoWays {
    // Operations that refer to one response share its checks.
    return this.#waysOf(response.object, content?.object, () => {
      const members = responseSchemas(this.#document, response, content);
      const place = `${operation.method} ${operation.path} ${response.status}`;
      return this.#compiled(place, this.#responses, this.#responseSchemas, members);
    });
  }

  #valueWays(side: View, schema: unknown): TwoWays {
    const [compilers, schemas] =
      side === 'request' ? [this.#requests, this.#requestSchemas] : [this.#responses, this.#responseSchemas];
    return this.#waysOf(schemas, schema, () => this.#compiled('A value', compilers, schemas, valueMembers(schema)));
  }

  #waysOf(of: object, content: unknown, make: () => TwoWays): TwoWays {
    let byContent = this.#made.get(of);
    if (byContent === undefined) {
      byContent = new Map();
      this.#made.set(of, byContent);
    }
    let ways = byContent.get(content);
    if (ways === undefined) {
      ways = make();
      byContent.set(content, ways);
    }
    return ways;
  }

  #compiled(place: string, compilers: Compilers, preparation: Preparation, members: Members): TwoWays {
    const compile = (all: boolean): Check => {
      const { schema, parts } = prepared(preparation, members);
      const compiler = compilers(all, preparation.namesInherited);
      try {
        return compiler.compile(this.#key(), schema, parts);
      } catch (error) {
        const able = Object.entries(members).filter(([name, member]) => {
          const { schema, parts } = prepared(preparation, { [name]: member });
          return compiles(compiler, this.#key(), schema, parts);
        });
        const left = Object.keys(members).filter((name) => !able.some(([other]) => other === name));
        this.#report(`${place} is served, but its ${left.join(' and ')} can't be checked: ${(error as Error).message}`);
        const { schema, parts } = prepared(preparation, Object.fromEntries(able));
        return compiler.compile(this.#key(), schema, parts);
      }
    };
    return new TwoWays(
      () => compile(false),
      () => compile(true),
    );
  }

  #key(): string {
    this.#count += 1;
    return `/${this.#count}`;
  }
}

/** The compiler for all violations or the first, with members that are inherited told apart or not. */
type Compilers = (all: boolean, own: boolean) => Compiler;

function lazily(make: Compilers): Compilers {
  const made = new Map<string, Compiler>();
  return (all, own) => {
    const key = `${all} ${own}`;
    const compiler = made.get(key) ?? make(all, own);
    made.set(key, compiler);
    return compiler;
  };
}

class TwoWays {
  readonly #quick: () => Check;
  readonly #full: () => Check;
  #made: Check | undefined;
  #madeFull: Check | undefined;

  constructor(quick: () => Check, full: () => Check) {
    this.#quick = quick;
    this.#full = full;
  }

  prepare(): void {
    this.#made ??= this.#quick();
  }

  check(value: object, size: number): readonly Violation[] {
    this.#made ??= this.#quick();
    const first = this.#made(value);
    if (first.length === 0) return first;
    if (size > MAX_LISTED) return told(first);
    this.#madeFull ??= this.#full();
    const all = this.#madeFull(value);
    return told(all.length > 0 ? all : first);
  }
}

/** Without the word that a condition failed: the violations of the branch say how. */
function told(all: readonly Violation[]): readonly Violation[] {
  const own = all.filter(({ message }) => !/^must match "(then|else)" schema$/.test(message));
  return own.length > 0 ? own : all;
}

function compiles(compiler: Compiler, key: string, schema: Prepared, parts: Parts): boolean {
  try {
    compiler.compile(key, schema, parts);
    return true;
  } catch {
    return false;
  }
}

/** The parts of a request or an answer, as members of one object. */
type Members = Readonly<Record<string, { readonly schema: unknown; readonly required: boolean }>>;

const valueMembers = (schema: unknown): Members => ({ body: { schema, required: false } });

/** A member or a value that is called so only costs a check that fills in nothing. */
const fillsIn = (preparation: Preparation, schema: unknown): boolean =>
  JSON.stringify(prepared(preparation, valueMembers(schema))).includes('"default":');

/** One schema of all parts, of which the body's alone is the document's; the others hold parameters and headers. */
function prepared(preparation: Preparation, members: Members): ReturnType<Preparation['root']> {
  const groups = Object.entries(members).filter(([name]) => name !== 'body');
  const all = whole(members);
  return preparation.root(all, [all, ...groups.map(([, { schema }]) => schema)]);
}

const whole = (members: Members): Schema => ({
  type: 'object',
  properties: Object.fromEntries(Object.entries(members).map(([name, { schema }]) => [name, schema as Schema])),
  required: Object.keys(members).filter((name) => members[name]?.required),
});

const GROUPS = { params: ['path'], query: ['query', 'querystring'], headers: ['header'], cookies: ['cookie'] } as const;

function requestSchemas(document: Document, operation: Operation, content: MediaType | undefined): Members {
  const groups = Object.entries(GROUPS).map(([group, places]) => {
    const parameters = operation.parameters.filter((one) => (places as readonly string[]).includes(one.in));
    return [group, { schema: groupOf(parameters), required: true }] as const;
  });
  // Whether a body has to be there is known before it is read.
  return {
    ...Object.fromEntries(groups),
    ...(content && { body: { schema: bodySchema(document, content), required: false } }),
  };
}

function groupOf(parameters: readonly Parameter[]): Schema {
  const nameOf = ({ in: place, name }: Parameter) => (place === 'header' ? name.toLowerCase() : name);
  return {
    type: 'object',
    properties: Object.fromEntries(
      parameters.map((one) => [nameOf(one), (one.schema ?? one.content?.schema ?? {}) as Schema]),
    ),
    required: parameters.filter(({ required }) => required).map(nameOf),
  };
}

function responseSchemas(document: Document, { headers: all }: ResponseOf, content: MediaType | undefined): Members {
  const headers = all.filter(({ name }) => !FRAMING.has(name.toLowerCase()));
  return {
    headers: {
      schema: {
        type: 'object',
        properties: Object.fromEntries(headers.map(({ name, schema }) => [name.toLowerCase(), schema])),
        required: headers.filter(({ required }) => required).map(({ name }) => name.toLowerCase()),
      },
      required: true,
    },
    ...(content && { body: { schema: bodySchema(document, content), required: false } }),
  };
}

/**
 * The schema of a body as the app has it. Bytes, files and events are not the validator's, nor is text that stands for
 * something else, such as XML.
 */
function bodySchema(document: Document, { kind, schema, itemSchema }: MediaType): Schema {
  if (kind === 'json-lines') return { type: 'array', items: itemSchema ?? schema ?? {} };
  if (schema === undefined || kind === 'bytes' || kind === 'events') return {};
  return kind === 'text' && !isScalar(document, schema) ? {} : schema;
}

/** The validator's words where ours are shorter; its path has the member's name already. */
function shorter(message: string): string {
  return message
    .replace(/^must have required property '.*'$/s, 'is required')
    .replace(/^must be equal to one of the allowed values: /, 'must be one of: ');
}
