import type { Document, Parameter } from '../document/document.ts';
import { isObject, withAt } from '../document/json.ts';
import { isHidden } from '../schema/marks.ts';
import { type Schema, type View, viewOf } from '../schema/schema.ts';
import { validate } from '../schema/validate.ts';
import { type Instance, nameOf, read, unwrapped } from '../state/instances.ts';
import { keyOf } from '../wire/request.ts';
import type { Listing } from './pages.ts';
import { numberOf } from './ranges.ts';
import type { Trial } from './trial.ts';

/** A parameter of the query that selects the items by the member of its name. */
export interface Filter {
  readonly parameter: Parameter;
  readonly member: string;
  /** The schema of the member, or of its items where it is a list. */
  readonly schema: Schema;
  readonly view: View;
  readonly isList: boolean;
}

type Item = Readonly<Record<string, unknown>>;

/** Names of parameters that arrange a list, and select nothing by a member's value. */
const ARRANGING = /^(sort|order|fields?|include|expand|select|q|query|search|limit|offset|page)/i;
const MAX_VALUES = 4;

export function filterOf(document: Document, parameter: Parameter, item: Schema): Filter | undefined {
  const { name, in: place } = parameter;
  if (place !== 'query' || ARRANGING.test(name)) return undefined;
  const { properties } = viewOf(document.resolve, item);
  const member = [name, `${name}s`, name.replace(/\[\]$/, ''), name.replace(/s$/, '')].find((one) =>
    Object.hasOwn(properties, one),
  );
  if (member === undefined) return undefined;
  const declared = viewOf(document.resolve, properties[member] ?? {});
  const isList = declared.types.includes('array');
  const schema = (isList ? declared.items : properties[member]) ?? {};
  const view = viewOf(document.resolve, schema);
  // A filter on an object could refer to any of its members.
  return view.types.includes('object') ? undefined : { parameter, member, schema, view, isList };
}

/** A filter's value is in every item, and every item that has it is there. */
export async function filtersBy(trial: Trial, filter: Filter): Promise<void> {
  const { parameter, member, isList } = filter;
  const { resolve } = trial.context.document;
  const wanted = valuesOf(trial, filter);
  const canWrite = wanted.length > 1 && isWritable(trial, member);
  const made = await trial.make(canWrite ? wanted.length : 2, (body, index) =>
    canWrite && isObject(body) ? withAt(body, [member], isList ? [wanted[index]] : wanted[index]) : body,
  );
  const whole = await trial.list.whole();
  if (whole === undefined) return;
  const seen = whole.items.flatMap((one) => (isObject(one) && one[member] != null ? [one[member]].flat() : []));
  // A value that no item has selects nothing; one that none can have, such as `all`, is none of the member's.
  const others = (viewOf(resolve, parameter.schema).enum ?? []).filter(
    (one) => one !== null && canHave(trial, filter, one),
  );
  const values = isRanged(filter)
    ? middle(seen)
    : canWrite && made.length === wanted.length
      ? wanted
      : [...new Set([...seen.slice(-2), ...others])].slice(0, MAX_VALUES);
  for (const value of values) {
    const sent = sendable(trial, filter, value);
    if (sent === undefined) continue;
    const page = await trial.list.whole(undefined, { [keyOf(parameter)]: sent });
    if (page === undefined) return;
    failsFit(trial, filter, value, page);
    if (isExact(trial, filter)) failsWhole(trial, filter, value, made, whole, page);
    if (trial.failures.length === 0) trial.failsTotal(page);
    if (trial.failures.length > 0) return;
  }
  if (canWrite && made.length === wanted.length) await fitsOneOf(trial, filter, wanted, made);
}

/** Several values of one filter: an item has one of them, and none that has one is left out. */
async function fitsOneOf(trial: Trial, filter: Filter, values: readonly unknown[], made: readonly Instance[]) {
  const { resolve } = trial.context.document;
  const { parameter, member, view } = filter;
  const { types } = viewOf(resolve, parameter.schema);
  if (values.length < 2 || filter.isList || !types.includes('array') || !isExact(trial, filter)) return;
  if (validate(resolve, parameter.schema, values, 'request').length > 0) return;
  const page = await trial.list.whole(undefined, { [keyOf(parameter)]: values });
  const whole = page && (await trial.list.whole());
  if (page === undefined || whole === undefined) return;
  const wrong = page.items
    .filter(isObject)
    .find((one) => !values.some((value) => fits(one[member], value, view.default)));
  const asked = JSON.stringify(values);
  if (wrong !== undefined) {
    const got = JSON.stringify(wrong[member]);
    trial.fail('filter', `answered an item whose ${member} is ${got} where ${parameter.name} was ${asked}`, page.curl);
    return;
  }
  const left = made.find((one) => one.certain && trial.has(whole, one) && !trial.has(page, one));
  if (left !== undefined)
    trial.fail('filter', `leaves out ${nameOf(left)} where ${parameter.name} was ${asked}`, page.curl);
}

/** All filters at once, with the values that one item has. */
export async function filtersByAll(trial: Trial, filters: readonly Filter[]): Promise<void> {
  const writable = filters.filter(({ member, isList }) => !isList && isWritable(trial, member));
  const kinds = writable.map((filter) => ({ ...filter, values: valuesOf(trial, filter) }));
  // Each of the others has another value of one of them.
  const [own] = await trial.make(1 + Math.max(1, kinds.length), (body, index) =>
    kinds.reduce<unknown>((changed, { member, values }, at) => {
      if (values.length < 2 || !isObject(changed)) return changed;
      return withAt(changed, [member], values[index === at + 1 ? 1 : 0]);
    }, body),
  );
  if (own === undefined || !own.certain) return;
  const whole = await trial.list.whole();
  const item = whole?.items.find((one) => trial.isAbout(one, own));
  if (whole === undefined || !isObject(item)) return;
  const values = filters.flatMap((filter) => {
    const [value] = [item[filter.member]].flat();
    const sent = value == null ? undefined : sendable(trial, filter, value);
    return sent === undefined ? [] : [{ filter, value, sent }];
  });
  if (values.length < 2) return;
  const all = Object.fromEntries(values.map(({ filter, sent }) => [keyOf(filter.parameter), sent]));
  const page = await trial.list.whole(undefined, all);
  if (page === undefined) return;
  for (const { filter, value } of values) {
    failsFit(trial, filter, value, page);
    if (trial.failures.length > 0) return;
  }
  if (!values.every(({ filter }) => isExact(trial, filter)) || trial.has(page, own)) return;
  const names = values.map(({ filter }) => filter.parameter.name).join(' and ');
  trial.fail('filter', `leaves out ${nameOf(own)}, which fits ${names}`, page.curl);
}

/** Whether the list selects by a value that nobody asked for, a required one or a default, which the item has not. */
export async function isLeftOutByDefault(trial: Trial, own: Instance): Promise<boolean> {
  const { context, operation, item } = trial;
  const { document, bases } = context;
  const given = bases.valuesOf(operation, trial.parameters);
  const filters = operation.parameters.map((one) => filterOf(document, one, item)).filter((one) => one !== undefined);
  const values = filters.flatMap((filter) => {
    const value = given.get(keyOf(filter.parameter)) ?? viewOf(document.resolve, filter.parameter.schema).default;
    return value == null ? [] : [{ ...filter, value }];
  });
  if (values.length === 0) return false;
  const shown = unwrapped((await read(context, own))?.json, own.sent);
  return values.some(
    ({ member, value, view }) => ![value].flat().some((one) => fits(shown?.[member], one, view.default)),
  );
}

/** The value as the parameter takes it; undefined where it does not, or where it asks for everything. */
function sendable({ context: { document } }: Trial, { parameter }: Filter, value: unknown): unknown {
  const { types, default: byDefault } = viewOf(document.resolve, parameter.schema);
  // A flag that is off unless it is set asks for nothing.
  if (value === false && byDefault === false) return undefined;
  const sent = types.includes('array') ? [value] : value;
  return validate(document.resolve, parameter.schema, sent, 'request').length === 0 ? sent : undefined;
}

/** Fails if an item has a value other than the one requested. */
function failsFit(trial: Trial, filter: Filter, value: unknown, { items, curl }: Listing): void {
  const { member, view, parameter } = filter;
  const objects = items.filter(isObject);
  const wrong = isRanged(filter)
    ? beyond(objects, member, value)
    : objects.find((one) => !fits(one[member], value, view.default));
  if (wrong === undefined) return;
  const message = `answered an item whose ${member} is ${JSON.stringify(wrong[member])} where ${parameter.name} was ${JSON.stringify(value)}`;
  trial.fail('filter', message, curl);
}

/** Fails if one of our items has the value but isn't listed. */
function failsWhole(
  trial: Trial,
  { member }: Filter,
  value: unknown,
  made: readonly Instance[],
  whole: Listing,
  page: Listing,
): void {
  const left = made.find((one) => {
    const item = one.certain ? whole.items.find((item) => trial.isAbout(item, one)) : undefined;
    const got = isObject(item) ? item[member] : undefined;
    return (Array.isArray(got) ? got.includes(value) : got === value) && !trial.has(page, one);
  });
  if (left === undefined) return;
  trial.fail('filter', `leaves out ${nameOf(left)}, whose ${member} is ${JSON.stringify(value)}`, page.curl);
}

/** `rating=4` may mean 4, at least 4 or at most 4; so may a time. Numbers that name something are equal to it. */
const isRanged = ({ member, view: { types, format, enum: values } }: Filter): boolean =>
  (values === undefined && (types.includes('number') || types.includes('integer')) && !/id$/i.test(member)) ||
  /^date/.test(format ?? '');

/** Whether an item is selected by just the value that it shows: `owner=7` may show as the name of the owner. */
const isExact = (trial: Trial, filter: Filter): boolean =>
  !isRanged(filter) &&
  (isWritable(trial, filter.member) ||
    filter.view.enum !== undefined ||
    filter.view.types.includes('boolean') ||
    /id$/i.test(filter.member));

/** A value that has others on both sides, if there is one. */
function middle(values: readonly unknown[]): unknown[] {
  const sorted = [...new Set(values)].toSorted((a, b) => (asNumber(a) ?? 0) - (asNumber(b) ?? 0));
  return sorted.length < 3 ? [] : sorted.slice(1, 2);
}

/** An item that fits none of the three. */
function beyond(items: readonly Item[], member: string, value: unknown): Item | undefined {
  const bound = asNumber(value);
  if (bound === undefined) return undefined;
  const others = items.filter((one) => ![bound, undefined].includes(asNumber(one[member])));
  const sides = new Set(others.map((one) => Math.sign((asNumber(one[member]) ?? 0) - bound)));
  return sides.size > 1 ? others[0] : undefined;
}

/** Times are compared by their days. */
const asNumber = (value: unknown): number | undefined =>
  numberOf(typeof value === 'string' ? value.slice(0, 10) : value);

export function isWritable({ context: { document }, resource }: Trial, member: string): boolean {
  const body = resource?.creator?.body;
  if (body === undefined) return false;
  const { properties } = viewOf(document.resolve, body.schema);
  const found = Object.hasOwn(properties, member) ? properties[member] : undefined;
  return isObject(found) && !isHidden(document.resolve, found, 'request');
}

const canHave = ({ context: { document } }: Trial, { schema }: Filter, value: unknown): boolean =>
  validate(document.resolve, schema, value, 'response').length === 0;

/** Values that tell items apart. */
function valuesOf(trial: Trial, filter: Filter): unknown[] {
  const { enum: listed, types, format, pattern, maxLength = 99 } = filter.view;
  const values = (listed ?? []).filter((value) => value !== null);
  if (values.length > 1) return values.slice(0, 2);
  if (types.includes('boolean')) return [true, false];
  if (isRanged(filter)) return [1, 2, 3].filter((one) => canHave(trial, filter, one));
  if (!types.includes('string') || format !== undefined || pattern !== undefined || maxLength <= 12) return [];
  const mark = Math.floor(Math.random() * 1e6).toString(36);
  return [`first${mark}`, `second${mark}`];
}

/** A text may be searched for. What is not there is false, or what the schema says of it. */
function fits(got: unknown, value: unknown, byDefault: unknown): boolean {
  if (Array.isArray(got)) return got.some((one) => fits(one, value, byDefault));
  if (got === undefined || got === null) return value === false || value === null || value === byDefault;
  if (typeof got === 'string' && typeof value === 'string') return got.toLowerCase().includes(value.toLowerCase());
  return typeof got === 'object' || String(got) === String(value);
}
