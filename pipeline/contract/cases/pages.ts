import type { Operation, Parameter } from '../document/document.ts';
import { isObject } from '../document/json.ts';
import { validate } from '../schema/validate.ts';
import { authorised } from '../state/instances.ts';
import { itemsOf } from '../state/resources.ts';
import { keyOf, requestOf } from '../wire/request.ts';
import type { Answer } from '../wire/sender.ts';
import type { Context } from './case.ts';

export interface Listing {
  readonly items: readonly unknown[];
  readonly curl: string;
  readonly total: { readonly name: string; readonly value: number } | undefined;
}

const MAX_PAGES = 25;
const LIMITS =
  /^(\$?limit|page_?size|per_?page|max_?results|\$?top|take|first|count|size|pagelen|max_?items|page\[(size|limit)\])$/i;
const OFFSETS = /^(\$?offset|\$?skip|start(_?(at|index))?|from|page\[offset\])$/i;
const NUMBERS = /^(page(_?(number|no|index))?|p|page\[number\])$/i;
const TOKENS =
  /^((next_?)?(page_?)?token|cursor|(starting_?)?after|continuation(_?token)?|marker|page_?(token|cursor)|page\[(cursor|after)\])$/i;
const NEXT = /^(next_?(page_?)?(token|cursor)?|(end_?)?cursor|next_?marker|continuation(_?token)?|after)$/i;
const TOTALS = /^(x-)?(total(_|-)?(count|items|results|elements|records)?)$/i;

const find = ({ parameters }: Operation, pattern: RegExp): Parameter | undefined =>
  parameters.find(({ in: place, name }) => place === 'query' && pattern.test(name));

/** The parameter that bounds a page. */
export function limitOf(operation: Operation): Parameter | undefined {
  const found = find(operation, LIMITS);
  return found?.schema.type === 'string' ? undefined : found;
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

  constructor(
    context: Context,
    operation: Operation,
    list: { readonly member: string | undefined },
    parameters: Readonly<Record<string, unknown>>,
  ) {
    this.#context = context;
    this.#operation = operation;
    this.#list = list;
    this.#parameters = parameters;
    this.#limit = limitOf(operation);
    this.#offset = find(operation, OFFSETS);
    this.#number = find(operation, NUMBERS);
    this.#token = find(operation, TOKENS);
  }

  get hasPages(): boolean {
    return this.#limit !== undefined && [this.#offset, this.#number, this.#token].some((one) => one !== undefined);
  }

  /** One page; undefined where it is no success, which other cases tell about. */
  async page(values: Readonly<Record<string, unknown>>): Promise<(Listing & { answer: Answer }) | undefined> {
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
    const items: unknown[] = [];
    let position: Record<string, unknown> = {};
    for (let index = 0; index < MAX_PAGES; index++) {
      const page = await this.page({ ...fixed, ...position });
      if (page === undefined) return undefined;
      items.push(...page.items);
      const next = this.#next(page, index, items.length);
      const short = wanted !== undefined && page.items.length < wanted && this.#token === undefined;
      if (next === undefined || page.items.length === 0 || short) {
        // A list without parameters for pages may be cut off all the same.
        return { items, curl: page.curl, total: page.total };
      }
      // A token that leads to where it came from has no end; what was repeated is in the items.
      if (JSON.stringify(next) === JSON.stringify(position)) return { items, curl: page.curl, total: page.total };
      position = next;
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

  #next(
    { answer, items }: { answer: Answer; items: readonly unknown[] },
    index: number,
    count: number,
  ): Record<string, unknown> | undefined {
    if (this.#token !== undefined) {
      const token = nextToken(answer.json);
      if (token !== undefined) return { [keyOf(this.#token)]: token };
    }
    if (this.#limit === undefined || items.length === 0) return undefined;
    if (this.#offset !== undefined) return { [keyOf(this.#offset)]: count };
    if (this.#number !== undefined) return { [keyOf(this.#number)]: (this.#number.schema.minimum ?? 1) + index + 1 };
    return undefined;
  }
}

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

function totalOf({ headers, json }: Answer): Listing['total'] {
  const inHeader = Object.entries(headers).find(([name, value]) => TOTALS.test(name) && /^\d+$/.test(String(value)));
  if (inHeader !== undefined) return { name: inHeader[0], value: Number(inHeader[1]) };
  if (!isObject(json)) return undefined;
  const inBody = Object.entries(json).find(([name, value]) => TOTALS.test(name) && typeof value === 'number');
  return inBody && { name: inBody[0], value: Number(inBody[1]) };
}
