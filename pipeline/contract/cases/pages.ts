import type { Document, Operation, Parameter } from '../document/document.ts';
import { isObject } from '../document/json.ts';
import { type Schema, viewOf } from '../schema/schema.ts';
import { validate } from '../schema/validate.ts';
import { authorised } from '../state/instances.ts';
import { itemsOf } from '../state/resources.ts';
import type { Answer } from '../wire/messages.ts';
import { keyOf, requestOf } from '../wire/request.ts';
import type { Context } from './case.ts';

export interface Listing {
  readonly items: readonly unknown[];
  readonly curl: string;
  readonly total: Total | undefined;
}

export interface Total {
  readonly name: string;
  readonly value: number;
  /** Other counts beside it: one of all, and one of what was selected. */
  readonly others: readonly number[];
}

interface Page extends Listing {
  readonly answer: Answer;
}

const MAX_PAGES = 25;
const LIMITS =
  /^(\$?limit|page_?size|per_?page|max_?results|\$?top|take|first|count|size|pagelen|max_?items|page\[(size|limit)\])$/i;
const OFFSETS = /^(\$?offset|\$?skip|start(_?(at|index))?|from|page\[offset\])$/i;
const NUMBERS = /^(page(_?(number|no|index))?|p|page\[number\])$/i;
const TOKENS =
  /^((next_?)?(page_?)?token|cursor|(starting_?)?after|continuation(_?token)?|marker|page_?(token|cursor)|page\[(cursor|after)\])$/i;
const NEXT = /^(next_?(page_?)?(token|cursor)?|(end_?)?cursor|next_?marker|continuation(_?token)?|after)$/i;
const TOTALS = /^(x-)?(total(_|-)?(count|items|results|elements|records|size)?)$/i;

/** A parameter of the query by its name and its kind: `from` may be a date as well as the number of an item. */
function find(
  { parameters }: Operation,
  { resolve }: Document,
  pattern: RegExp,
  kind: 'number' | 'token',
): Parameter | undefined {
  return parameters.find(({ in: place, name, schema }) => {
    if (place !== 'query' || !pattern.test(name)) return false;
    const { types, format } = viewOf(resolve, schema);
    const isNumber = types.includes('integer') || types.includes('number');
    return kind === 'number' ? isNumber || types.length === 0 : !/^date/.test(format ?? '');
  });
}

/** The parameter that bounds a page. A `size` that the items have too may select by it. */
export function limitOf(operation: Operation, document: Document, item: Schema): Parameter | undefined {
  const found = find(operation, document, LIMITS, 'number');
  const isMember = found !== undefined && Object.hasOwn(viewOf(document.resolve, item).properties, found.name);
  return isMember && /^(size|count|first|take)$/i.test(found.name) ? undefined : found;
}

/** A list of the implementation, page by page. */
export class List {
  readonly #context: Context;
  readonly #operation: Operation;
  readonly #list: { readonly member: string | undefined };
  readonly #parameters: Readonly<Record<string, unknown>>;
  readonly #limit: Parameter | undefined;
  readonly #offset: Parameter | undefined;
  readonly #number: Parameter | undefined;
  readonly #token: Parameter | undefined;
  #first: number | undefined;

  constructor(
    context: Context,
    operation: Operation,
    list: { readonly member: string | undefined; readonly item: Schema },
    parameters: Readonly<Record<string, unknown>>,
  ) {
    this.#context = context;
    this.#operation = operation;
    this.#list = list;
    this.#parameters = parameters;
    const { document } = context;
    this.#limit = limitOf(operation, document, list.item);
    this.#offset = find(operation, document, OFFSETS, 'number');
    this.#number = find(operation, document, NUMBERS, 'number');
    this.#token = find(operation, document, TOKENS, 'token');
  }

  get hasPages(): boolean {
    return this.#limit !== undefined && [this.#offset, this.#number, this.#token].some((one) => one !== undefined);
  }

  /** One page; undefined where it is no success, which other cases tell about. */
  async page(values: Readonly<Record<string, unknown>>): Promise<Page | undefined> {
    const { document, bases, sender } = this.#context;
    const all = new Map(bases.valuesOf(this.#operation, this.#parameters));
    for (const [key, value] of Object.entries(values)) all.set(key, value);
    const request = requestOf(document, this.#operation, { values: all, body: undefined });
    const answer = await sender.send(authorised(this.#context, this.#operation, request));
    if (answer.status !== 200) return undefined;
    return { items: itemsOf(answer.json, this.#list), curl: answer.curl, total: totalOf(answer), answer };
  }

  /** All pages; undefined where they have no end that can be seen. */
  async whole(size?: number, more: Readonly<Record<string, unknown>> = {}): Promise<Listing | undefined> {
    const limit = this.#limit;
    const wanted = size ?? this.#largest();
    const fixed = limit === undefined || wanted === undefined ? more : { ...more, [keyOf(limit)]: wanted };
    const first = await this.page(fixed);
    if (first === undefined) return undefined;
    let last: Page = first;
    const items = [...last.items];
    const listing = ({ curl, total }: Listing): Listing => ({ items, curl, total });
    let position: Record<string, unknown> | undefined;
    for (let index = 0; index < MAX_PAGES; index++) {
      const next = await this.#next(last, index, items.length, fixed);
      // A page that leads back to itself would never end. The repeated items are in the listing.
      if (next === undefined || last.items.length === 0 || isSame(next, position)) return listing(last);
      const isShort: boolean =
        wanted !== undefined && last.items.length < wanted && nextToken(last.answer.json) === undefined;
      const page: Page | undefined =
        isShort && last.total?.value === items.length ? undefined : await this.page({ ...fixed, ...next });
      // A short page is the last one, unless pages have a bound of their own. Beyond the last there may be anything.
      if (isShort && !page?.items.some((one) => !items.some((seen) => isSame(seen, one)))) return listing(last);
      if (page === undefined) return undefined;
      items.push(...page.items);
      if (isSame(page.items, last.items)) return listing(page);
      [last, position] = [page, next];
    }
    return undefined;
  }

  #largest(): number | undefined {
    if (this.#limit === undefined) return undefined;
    const { schema } = this.#limit;
    return [100, 50, 25, 20, 10].find(
      (size) => validate(this.#context.document.resolve, schema, size, 'request').length === 0,
    );
  }

  async #next(
    { answer, items }: Page,
    index: number,
    count: number,
    fixed: Readonly<Record<string, unknown>>,
  ): Promise<Record<string, unknown> | undefined> {
    if (this.#token !== undefined) {
      const token = nextToken(answer.json);
      if (token !== undefined) return { [keyOf(this.#token)]: token };
    }
    if (this.#limit === undefined || items.length === 0) return undefined;
    if (this.#offset !== undefined) return { [keyOf(this.#offset)]: count };
    if (this.#number === undefined) return undefined;
    this.#first ??= await this.#numberOfFirst(this.#number, items, fixed);
    return { [keyOf(this.#number)]: this.#first + index + 1 };
  }

  /** Pages are numbered from 0 or from 1; where the document does not say it, the first page tells. */
  async #numberOfFirst(number: Parameter, items: readonly unknown[], fixed: object): Promise<number> {
    const { minimum, default: byDefault } = viewOf(this.#context.document.resolve, number.schema);
    if (typeof byDefault === 'number') return byDefault;
    if (minimum !== undefined) return minimum;
    const page = await this.page({ ...fixed, [keyOf(number)]: 1 });
    return page === undefined || isSame(page.items, items) ? 1 : 0;
  }
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function nextToken(json: unknown): string | undefined {
  if (!isObject(json)) return undefined;
  const places = [json, ...Object.values(json).filter(isObject)];
  for (const place of places) {
    const found = Object.entries(place).find(
      ([name, value]) => NEXT.test(name) && typeof value === 'string' && value !== '',
    );
    if (found !== undefined && !String(found[1]).startsWith('http')) return String(found[1]);
  }
  return undefined;
}

function totalOf({ headers, json }: Answer): Total | undefined {
  const inHeader = Object.entries(headers).find(([name, value]) => TOTALS.test(name) && /^\d+$/.test(String(value)));
  if (inHeader !== undefined) return { name: inHeader[0], value: Number(inHeader[1]), others: [] };
  if (!isObject(json)) return undefined;
  const counts = Object.entries(json).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
  const found = counts.find(([name]) => TOTALS.test(name));
  if (found === undefined) return undefined;
  const others = counts.filter(([name]) => /filter|match|found|select/i.test(name)).map(([, value]) => value);
  return { name: found[0], value: found[1], others };
}
