import { setImmediate as nextTurn } from 'node:timers/promises';
import type { MediaType } from '../../document/mediaTypes.ts';
import { operationsOf } from '../../document/operations.ts';
import { isObject, resolve, segmentsOf } from '../../document/references.ts';
import type { Document, Schema } from '../../document/types.ts';
import { InvalidRequest } from '../errors.ts';
import type { UnknownMembers } from '../unknownMembers.ts';
import type { Checks } from '../validate/checks.ts';
import { checkTexts, malformed, parse, parseJson, utf8 } from './json.ts';
import { findLists, type Span } from './jsonLists.ts';

/** The lists that are taken item by item, by the operation's id: pointers into its body, such as `/state/jobs`. */
export type LongBodies = Readonly<Record<string, readonly string[]>>;

/** A JSON body whose long lists are read a few items at a time. Between them, others have their turn. */
export class LongBody {
  /** The body with those lists empty. */
  readonly head: unknown;
  /** Of the head, in bytes. */
  readonly size: number;
  readonly #bytes: Buffer;
  readonly #spans: ReadonlyMap<string, readonly Span[]>;
  readonly #schemas: ReadonlyMap<string, Schema>;

  private constructor(
    bytes: Buffer,
    head: Uint8Array,
    spans: ReadonlyMap<string, readonly Span[]>,
    schemas: ReadonlyMap<string, Schema>,
  ) {
    this.head = parseJson(head);
    this.size = head.length;
    this.#bytes = bytes;
    this.#spans = spans;
    this.#schemas = schemas;
  }

  /** Throws a 400 for a body that is not JSON. Its items are not looked at yet. */
  static async read(bytes: Buffer, schemas: ReadonlyMap<string, Schema>): Promise<LongBody> {
    const finding = findLists(bytes, [...schemas.keys()]);
    for (;;) {
      const { done, value } = finding.next();
      if (done) return new LongBody(bytes, value.head, value.spans, schemas);
      await nextTurn();
    }
  }

  /** Checks every item, `each` time a few of them. Throws an `InvalidRequest` that names the place of the first fault. */
  async check(checks: Checks, each: () => void): Promise<void> {
    for (const [pointer, spans] of this.#spans) {
      for (const span of spans) {
        this.#check(checks, pointer, span);
        each();
        await nextTurn();
      }
    }
  }

  #check(checks: Checks, pointer: string, span: Span): void {
    const text = this.#text(span);
    const items = parse(text) as unknown[];
    if (items.length !== span.count) throw malformed();
    if (text.includes('\\u')) {
      for (const [index, item] of items.entries()) checkTexts(item, placeOf(pointer, span.first, `/${index}`));
    }
    const found = checks.fill(this.#schemas.get(pointer), items, span.end - span.start);
    if (found.length === 0) return;
    throw new InvalidRequest(found.map(({ path, message }) => ({ path: placeOf(pointer, span.first, path), message })));
  }

  /**
   * The items of a list that has been checked, a few at a time, with their defaults. Members that no schema names are left
   * out.
   */
  async *items(
    pointer: string,
    checks: Checks,
    unknownMembers: UnknownMembers | undefined,
    each: () => void,
  ): AsyncGenerator<readonly unknown[], void> {
    const schema = this.#schemas.get(pointer);
    for (const span of this.#spans.get(pointer) ?? []) {
      const items = parse(this.#text(span)) as unknown[];
      if (checks.hasDefaults(schema)) checks.fill(schema, items);
      const kept = unknownMembers?.drop(schema, items).body ?? items;
      yield kept as readonly unknown[];
      each();
      await nextTurn();
    }
  }

  #text({ start, end }: Span): string {
    return `[${utf8(this.#bytes.subarray(start, end))}]`;
  }
}

/** The place within the whole body of one within some items. */
const placeOf = (pointer: string, first: number, path: string): string =>
  `/body${pointer}${path.replace(/^\/(\d+)/, (_, index) => `/${first + Number(index)}`)}`;

/** Keywords that apply to a list as a whole, so that it can't be checked a few items at a time. */
const OF_WHOLE_LISTS = [
  ...['minItems', 'maxItems', 'uniqueItems', 'contains', 'prefixItems'],
  ...['allOf', 'anyOf', 'oneOf', 'not', 'if', 'const', 'enum'],
];

/** The schemas of lists by their pointers. */
type Lists = ReadonlyMap<string, Schema>;

/**
 * The long lists of the operations that have any, by the operation's id and the name of the media type. Throws an `Error`
 * where there is no such operation, its body has no such list, or one that counts as a whole.
 */
export function longLists(document: Document, longBodies: LongBodies): ReadonlyMap<string, ReadonlyMap<string, Lists>> {
  const named = Object.entries(longBodies);
  const operations = named.length === 0 ? [] : operationsOf(document);
  return new Map(
    named.map(([id, pointers]) => {
      const operation = operations.find((one) => one.id === id);
      if (operation === undefined) throw new Error(`longBodies names ${id}, which is no operation of the document.`);
      const contents = (operation.body?.contents ?? []).filter(mayBeJson);
      if (contents.length === 0) throw new Error(`longBodies names ${id}, whose body is no JSON with a schema.`);
      const lists = contents.map(
        ({ name, schema = {} }) => [name, listSchemas(document, id, schema, pointers)] as const,
      );
      return [id, new Map(lists)];
    }),
  );
}

const mayBeJson = ({ kind, type, schema }: MediaType): boolean =>
  schema !== undefined && (kind === 'json' || type.includes('*'));

function listSchemas(document: Document, id: string, body: Schema, pointers: readonly string[]): Lists {
  return new Map(
    pointers.map((pointer) => {
      let schema: Schema | undefined = resolve<Schema>(document, body);
      for (const name of segmentsOf(pointer)) {
        const member: unknown = isObject(schema?.properties) ? schema.properties[name] : undefined;
        schema = member === undefined ? undefined : resolve<Schema>(document, member as Schema);
      }
      if (schema?.items === undefined) throw new Error(`There is no list at ${pointer} of the body of ${id}.`);
      const whole = OF_WHOLE_LISTS.find((keyword) => Object.hasOwn(schema as object, keyword));
      if (whole !== undefined) {
        throw new Error(`The list at ${pointer} of the body of ${id} can't be long: it has ${whole}.`);
      }
      return [pointer, schema];
    }),
  );
}
