import type { Document, Parameter } from '../document/document.ts';
import { isObject, withAt } from '../document/json.ts';
import { type Schema, viewOf } from '../schema/schema.ts';
import { validate } from '../schema/validate.ts';
import { keyOf } from '../wire/request.ts';
import type { Listing } from './pages.ts';
import type { Trial } from './trial.ts';

/** Names of parameters that arrange a list, and select nothing by a member's value. */
const ARRANGING = /^(sort|order|fields?|include|expand|select|q|query|search|limit|offset|page)/i;
const MAX_VALUES = 4;

/** The member of the items that a parameter of the query selects by: the one of its name. */
export function filteredMember(document: Document, { name, in: place }: Parameter, item: Schema): string | undefined {
  if (place !== 'query' || ARRANGING.test(name)) return undefined;
  const { properties } = viewOf(document.resolve, item);
  return [name, `${name}s`, name.replace(/\[\]$/, ''), name.replace(/s$/, '')].find((one) =>
    Object.hasOwn(properties, one),
  );
}

/** A filter's value is in every item, and every item that has it is there. */
export async function filtersBy(trial: Trial, filter: Parameter): Promise<void> {
  const { document } = trial.context;
  const { resolve } = document;
  const member = filteredMember(document, filter, trial.item) ?? filter.name;
  const view = viewOf(resolve, viewOf(resolve, trial.item).properties[member] ?? {});
  const isList = view.types.includes('array');
  const wanted = valuesOf(isList ? viewOf(resolve, view.items ?? {}) : view);
  const canWrite = wanted.length === 2 && isWritable(trial, member);
  const made = await trial.make(2, (body, index) =>
    canWrite && isObject(body) ? withAt(body, [member], isList ? [wanted[index]] : wanted[index]) : body,
  );
  const whole = await trial.list.whole();
  if (whole === undefined) return;
  const seen = whole.items.flatMap((one) => (isObject(one) && one[member] != null ? [one[member]].flat() : []));
  // A value that no item has selects nothing.
  const others = (viewOf(resolve, filter.schema).enum ?? []).filter((one) => one !== null);
  const values =
    canWrite && made.length === 2 ? wanted : [...new Set([...seen.slice(-2), ...others])].slice(0, MAX_VALUES);
  for (const value of values) {
    const sent = viewOf(resolve, filter.schema).types.includes('array') ? [value] : value;
    if (validate(resolve, filter.schema, sent, 'request').length > 0) continue;
    const page = await trial.list.whole(undefined, { [keyOf(filter)]: sent });
    if (page === undefined) return;
    const wrong = page.items.find((one) => isObject(one) && !fitsFilter(one[member], value));
    if (isObject(wrong)) return failFilter(trial, filter, value, member, wrong, page);
    const own = made.find((one) => one.certain && isObject(one.sent) && fitsExactly(one.sent[member], value));
    if (own !== undefined && trial.has(whole, own) && !trial.has(page, own)) {
      trial.fail('filter', `leaves out ${trial.nameOf(own)}, whose ${member} is ${JSON.stringify(value)}`, page.curl);
      return;
    }
    if (failsTotal(trial, page)) return;
  }
}

/** The total of a selection is what the selection has. */
function failsTotal(trial: Trial, { total, items, curl }: Listing): boolean {
  if (total === undefined || total.value === items.length) return false;
  const message = `${total.name} is ${total.value}, but all pages of this selection have ${items.length} items`;
  trial.fail('total', message, curl, total.name);
  return true;
}

/** All filters at once, with the values that one item has. */
export async function filtersByAll(trial: Trial, filters: readonly Parameter[]): Promise<void> {
  const { document } = trial.context;
  const [own] = await trial.make(2);
  if (own === undefined || !own.certain) return;
  const whole = await trial.list.whole();
  const item = whole?.items.find((one) => trial.isAbout(one, own));
  if (whole === undefined || !isObject(item)) return;
  const values = filters.flatMap((filter) => {
    const member = filteredMember(document, filter, trial.item) ?? filter.name;
    const [value] = [item[member]].flat();
    const sent = viewOf(document.resolve, filter.schema).types.includes('array') ? [value] : value;
    if (value == null || validate(document.resolve, filter.schema, sent, 'request').length > 0) return [];
    return [{ filter, member, value, sent }];
  });
  if (values.length < 2) return;
  const all = Object.fromEntries(values.map(({ filter, sent }) => [keyOf(filter), sent]));
  const page = await trial.list.whole(undefined, all);
  if (page === undefined) return;
  for (const { filter, member, value } of values) {
    const wrong = page.items.find((one) => isObject(one) && !fitsFilter(one[member], value));
    if (isObject(wrong)) return failFilter(trial, filter, value, member, wrong, page);
  }
  if (!trial.has(page, own)) {
    const names = values.map(({ filter }) => filter.name).join(' and ');
    trial.fail('filter', `leaves out ${trial.nameOf(own)}, which fits ${names}`, page.curl);
  }
}

function failFilter(
  trial: Trial,
  { name }: Parameter,
  value: unknown,
  member: string,
  wrong: Readonly<Record<string, unknown>>,
  { curl }: Listing,
): void {
  const message = `answered an item whose ${member} is ${JSON.stringify(wrong[member])} where ${name} was ${JSON.stringify(value)}`;
  trial.fail('filter', message, curl);
}

export function isWritable({ context: { document }, resource }: Trial, member: string): boolean {
  const body = resource?.creator?.body;
  if (body === undefined) return false;
  const { properties } = viewOf(document.resolve, body.schema);
  const found = Object.hasOwn(properties, member) ? properties[member] : undefined;
  return isObject(found) && document.resolve(found).readOnly !== true;
}

/** Two values that tell items apart. */
function valuesOf(view: ReturnType<typeof viewOf>): unknown[] {
  const values = (view.enum ?? []).filter((value) => value !== null);
  if (values.length > 1) return values.slice(0, 2);
  if (view.types.includes('boolean')) return [true, false];
  if (
    view.types.includes('string') &&
    view.format === undefined &&
    view.pattern === undefined &&
    (view.maxLength ?? 99) > 12
  ) {
    const mark = Math.floor(Math.random() * 1e6).toString(36);
    return [`first${mark}`, `second${mark}`];
  }
  return [];
}

/** A text may be searched for, and what is not there is false. */
function fitsFilter(got: unknown, value: unknown): boolean {
  if (Array.isArray(got)) return got.some((one) => fitsFilter(one, value));
  if (got === undefined || got === null) return value === false || value === null;
  if (typeof got === 'string' && typeof value === 'string') return got.toLowerCase().includes(value.toLowerCase());
  return String(got) === String(value);
}

const fitsExactly = (sent: unknown, value: unknown): boolean =>
  Array.isArray(sent) ? sent.includes(value) : sent === value;
