import { jsonOf, type MediaType } from '../../document/mediaTypes.ts';
import type { Operation } from '../../document/operations.ts';
import { memberSchema, schemaOf } from '../../document/schemas.ts';
import type { Document, Schema } from '../../document/types.ts';
import { literal, PURE } from '../text.ts';
import { Converters } from './converters.ts';
import type { ValueConfig } from './mapped.ts';

/** The code by which a client has values of another form than JSON's. */
export class Mapping {
  readonly #document: Document;
  readonly #config: ValueConfig;
  readonly #answers: Converters;
  /** The digits of a text are sent as a number, where the schema has one. A bigint is a number wherever it stands. */
  readonly #requests: Converters;
  readonly #dates: Converters;

  constructor(document: Document, config: ValueConfig, give: (wish: string) => string) {
    const { int64, dates } = config;
    this.#document = document;
    this.#config = config;
    const leaves = { int64: int64 && (int64 === 'string' ? 'int64Text' : 'int64'), dates: dates && 'date' };
    this.#answers = new Converters(document, leaves, 'from', give);
    this.#requests = new Converters(document, { int64: int64 && 'int64' }, 'to', give);
    this.#dates = new Converters(document, { dates: dates && 'date' }, '', give);
  }

  /** The constants of components. */
  code(): string {
    return this.#answers.code() + this.#requests.code();
  }

  /** Converts the bodies of answers, by status. */
  answers({ responses }: Operation): string | undefined {
    const cases = responses.map(({ status, contents }) => {
      const code = this.#answers.of(jsonOf(contents)?.schema);
      return { code, text: `${literal(status)}: ${code ?? 'undefined'}` };
    });
    if (cases.every(({ code }) => code === undefined)) return undefined;
    return `${PURE}values.answers({ ${cases.map(({ text }) => text).join(', ')} })`;
  }

  /** Converts an item of a stream. */
  item({ kind, schema, itemSchema }: MediaType): string | undefined {
    const item = kind === 'events' && itemSchema ? this.#dataOf(itemSchema) : (itemSchema ?? schema);
    const code = this.#answers.of(item);
    return code && `${PURE}values.each(${code})`;
  }

  #dataOf(event: Schema): unknown {
    const data = memberSchema(this.#document, event, 'data');
    return data && (schemaOf(this.#document, data).contentSchema ?? data);
  }

  /** Reads a header. */
  header(schema: Schema): string | undefined {
    return this.#answers.of(schemaOf(this.#document, schema));
  }

  /** Writes JSON of a schema that holds an int64; undefined for others. */
  toJson(schema: unknown): string | undefined {
    if (!this.#requests.holds(schema)) return undefined;
    return this.#config.int64 === 'string'
      ? `${PURE}values.stringifyAs(${this.#requests.of(schema)})`
      : 'values.stringify';
  }

  /** Sends a body whose writer takes bigints. */
  sending(schema: unknown, write: string): string {
    return this.#config.int64 === 'string' ? `${PURE}values.sending(${this.#requests.of(schema)}, ${write})` : write;
  }

  /** Whether dates are sent otherwise than in JSON, which writes them by itself. */
  hasDates({ parameters, body }: Operation): boolean {
    const forms = body?.contents.filter(({ kind }) => kind !== 'json' && kind !== 'json-lines') ?? [];
    return [...parameters, ...forms].some(({ schema }) => this.#dates.holds(schema));
  }
}
