import { setImmediate as nextTurn } from 'node:timers/promises';
import { isObject, resolve, segmentsOf } from '../../document/references.ts';
import type { Document, Schema } from '../../document/types.ts';
import { HttpError, InvalidRequest } from '../errors.ts';
import type { UnknownMembers } from '../unknownMembers.ts';
import type { Checks } from '../validate/checks.ts';
import { isTooDeep, MAX_DEPTH } from './depth.ts';
import { checkTexts, parseJson, utf8 } from './json.ts';
import { findLists, malformed, type Span } from './jsonLists.ts';

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
        const found = checks.value(
          'request',
          this.#schemas.get(pointer),
          this.#items(pointer, span),
          span.end - span.start,
        );
        if (found.length > 0) {
          throw new InvalidRequest(
            found.map(({ path, message }) => ({ path: placeOf(pointer, span.first, path), message })),
          );
        }
        each();
        await nextTurn();
      }
    }
  }

  /** The items of a list that has been checked, a few at a time. Members that no schema names are left out. */
  async *items(
    pointer: string,
    unknownMembers: UnknownMembers | undefined,
    each: () => void,
  ): AsyncGenerator<readonly unknown[], void> {
    for (const span of this.#spans.get(pointer) ?? []) {
      const items = this.#items(pointer, span);
      const kept = unknownMembers?.drop(this.#schemas.get(pointer), items).body ?? items;
      yield kept as readonly unknown[];
      each();
      await nextTurn();
    }
  }

  #items(pointer: string, { start, end, first, count }: Span): unknown[] {
    const text = utf8(this.#bytes.subarray(start, end));
    const items = parsed(`[${text}]`);
    if (items.length !== count) throw malformed();
    if (isTooDeep(items)) throw new HttpError(400, `/body must not be nested deeper than ${MAX_DEPTH} levels.`);
    if (text.includes('\\u')) {
      for (const [index, item] of items.entries()) checkTexts(item, placeOf(pointer, first, `/${index}`));
    }
    return items;
  }
}

function parsed(text: string): unknown[] {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed();
  }
}

/** The place within the whole body of one within some items. */
const placeOf = (pointer: string, first: number, path: string): string =>
  `/body${pointer}${path.replace(/^\/(\d+)/, (_, index) => `/${first + Number(index)}`)}`;

/** Keywords that apply to a list as a whole, so that it can't be checked a few items at a time. */
const OF_WHOLE_LISTS = ['minItems', 'maxItems', 'uniqueItems', 'contains', 'prefixItems', 'allOf', 'anyOf', 'oneOf'];

/** The schemas of the lists within a body. Throws an `Error` where it has no such list, or one that counts as a whole. */
export function listSchemas(document: Document, body: Schema, pointers: readonly string[]): Map<string, Schema> {
  return new Map(
    pointers.map((pointer) => {
      let schema: Schema | undefined = resolve<Schema>(document, body);
      for (const name of segmentsOf(pointer)) {
        const member: unknown = isObject(schema?.properties) ? schema.properties[name] : undefined;
        schema = member === undefined ? undefined : resolve<Schema>(document, member as Schema);
      }
      if (schema?.items === undefined) throw new Error(`There is no list at ${pointer} of the body.`);
      const whole = OF_WHOLE_LISTS.find((keyword) => Object.hasOwn(schema as object, keyword));
      if (whole !== undefined) throw new Error(`The list at ${pointer} of the body can't be long: it has ${whole}.`);
      return [pointer, schema];
    }),
  );
}
