import type { Document, Operation, Parameter } from '../document/document.ts';
import { isObject, withAt } from '../document/json.ts';
import { type Schema, viewOf } from '../schema/schema.ts';
import { validate } from '../schema/validate.ts';
import { InferredState } from '../state/inferred.ts';
import { canBeSent, type Instance, namesFor, read } from '../state/instances.ts';
import { listIn, type Resource, type Resources } from '../state/resources.ts';
import { keyOf } from '../wire/request.ts';
import type { Bases } from './bases.ts';
import { type Case, type Context, type Failure, NotRun } from './case.ts';
import { List, type Listing, limitOf } from './pages.ts';

const MADE = 3;

/** The effects that a list's parameters and its neighbours suggest. */
export function listCases(document: Document, resources: Resources, bases: Bases, operation: Operation): Case[] {
  const list = operation.method === 'GET' ? listIn(document, operation) : undefined;
  if (list === undefined) return [];
  const resource = resources.all().find(({ lister }) => lister === operation);
  const item = itemSchema(document, operation, list.member);
  const limit = limitOf(operation);
  const filters = operation.parameters.filter((one) => isFilter(document, one, item));
  void bases;
  const alone = (title: string, run: (trial: Trial) => Promise<void>): Case => ({
    operation: operation.id,
    title,
    alone: true,
    run: (context) => confirmed(context, operation, resource, list, run),
  });
  return [
    ...(resource?.creator === undefined ? [] : [alone('lists what was created, until it is removed', listsWhatIs)]),
    ...(limit === undefined
      ? []
      : [alone(`answers no more items than ${limit.name} says`, (trial) => keepsTo(trial, limit))]),
    ...(limit === undefined ? [] : [alone('repeats nothing and loses nothing from page to page', pagesAreWhole)]),
    ...filters.map((filter) =>
      alone(`answers only items that fit ${filter.name}`, (trial) => filtersBy(trial, filter, item)),
    ),
  ];
}

function itemSchema(document: Document, operation: Operation, member: string | undefined): Schema {
  const content = Object.entries(operation.responses)
    .find(([status]) => status.startsWith('2'))?.[1]
    .contents.find(({ kind }) => kind === 'json');
  const view = viewOf(document.resolve, content?.schema ?? {});
  const list = member === undefined ? view : viewOf(document.resolve, view.properties[member] ?? {});
  return list.items ?? {};
}

/** A parameter of the query that bears the name of a member of the items. */
function isFilter(document: Document, parameter: Parameter, item: Schema): boolean {
  if (parameter.in !== 'query' || memberFor(document, parameter, item) === undefined) return false;
  return !/^(sort|order|fields?|include|expand|select|q|query|search|limit|offset|page)/i.test(parameter.name);
}

function memberFor(document: Document, { name }: Parameter, item: Schema): string | undefined {
  const { properties } = viewOf(document.resolve, item);
  return [name, `${name}s`, name.replace(/\[\]$/, ''), name.replace(/s$/, '')].find((one) =>
    Object.hasOwn(properties, one),
  );
}

/** One try of a rule about a list, with resources of its own. */
class Trial {
  readonly context: Context;
  readonly operation: Operation;
  readonly resource: Resource | undefined;
  readonly state: InferredState;
  readonly list: List;
  readonly failures: Failure[] = [];
  readonly parameters: Readonly<Record<string, unknown>>;

  constructor(
    context: Context,
    operation: Operation,
    resource: Resource | undefined,
    list: List,
    parameters: Readonly<Record<string, unknown>>,
  ) {
    this.context = context;
    this.operation = operation;
    this.resource = resource;
    this.state = context.state as InferredState;
    this.list = list;
    this.parameters = parameters;
  }

  async make(count: number, change?: (body: unknown, index: number) => unknown): Promise<Instance[]> {
    const made: Instance[] = [];
    for (let index = 0; index < count && this.resource !== undefined; index++) {
      const one = await this.state.another(this.resource, this.parameters, (body) => change?.(body, index) ?? body);
      if (one === undefined) break;
      made.push(one);
    }
    return made;
  }

  idOf(item: unknown): string | undefined {
    if (!isObject(item)) return typeof item === 'string' || typeof item === 'number' ? String(item) : undefined;
    const names = this.resource === undefined ? [['id', true] as const] : namesFor(this.resource);
    const found = names
      .map(([name]) => item[name])
      .find((value) => typeof value === 'string' || typeof value === 'number');
    return found === undefined ? undefined : String(found);
  }

  nameOf(instance: Instance): string {
    return String(instance.parameters[instance.resource.parameter]);
  }

  has({ items }: Listing, instance: Instance): boolean {
    const name = this.nameOf(instance);
    return items.some((item) =>
      isObject(item) ? Object.values(item).some((value) => String(value) === name) : String(item) === name,
    );
  }

  fail(rule: string, message: string, curl: string, place = ''): void {
    this.failures.push({ rule, place, message, curl });
  }
}

/** Runs a rule again where it fails: others may use the server too. */
async function confirmed(
  context: Context,
  operation: Operation,
  resource: Resource | undefined,
  list: { readonly member: string | undefined },
  run: (trial: Trial) => Promise<void>,
): Promise<Failure[]> {
  if (!(context.state instanceof InferredState)) throw new NotRun('there is no state');
  if (!canBeSent(context, operation)) throw new NotRun('there is no credential for it');
  let last: Failure[] = [];
  for (let tries = 0; tries < 2; tries++) {
    const { parameters, known } = await context.state.prepare(operation, undefined);
    if (known === false) throw new NotRun('it is not known what its path names');
    const trial = new Trial(context, operation, resource, new List(context, operation, list, parameters), parameters);
    await run(trial);
    await context.state.endCase();
    if (trial.failures.length === 0) return [];
    last = tries === 0 ? trial.failures : last.filter(({ rule }) => trial.failures.some((one) => one.rule === rule));
  }
  return last;
}

async function listsWhatIs(trial: Trial): Promise<void> {
  const { list, resource } = trial;
  const [one] = await trial.make(1);
  if (one === undefined || !one.certain) throw new NotRun('nothing could be created for it');
  const listing = await list.whole();
  if (listing === undefined) return;
  if (!trial.has(listing, one)) {
    trial.fail('listed', `does not list what ${resource?.creator?.id} created: ${trial.nameOf(one)}`, listing.curl);
    return;
  }
  const total = listing.total;
  if (total !== undefined && total.value !== listing.items.length) {
    trial.fail(
      'total',
      `${total.name} is ${total.value}, but all pages have ${listing.items.length} items`,
      listing.curl,
      total.name,
    );
  }
  const remover = resource?.remover;
  if (remover === undefined || !canBeSent(trial.context, remover)) return;
  await trial.state.endCase();
  // Whether it is removed at all is what the remover's own cases tell.
  const got = await read(trial.context, one);
  if (got !== undefined && got.status < 300) return;
  const after = await list.whole();
  if (after !== undefined && trial.has(after, one)) {
    trial.fail('listed', `still lists ${trial.nameOf(one)}, which ${remover.id} removed`, after.curl);
  }
}

async function keepsTo(trial: Trial, limit: Parameter): Promise<void> {
  await trial.make(MADE);
  for (const size of [1, 2]) {
    if (validate(trial.context.document.resolve, limit.schema, size, 'request').length > 0) continue;
    const page = await trial.list.page({ [keyOf(limit)]: size });
    if (page === undefined) return;
    if (page.items.length > size) {
      trial.fail('limit', `answered ${page.items.length} items where ${limit.name} was ${size}`, page.curl);
      return;
    }
  }
}

async function pagesAreWhole(trial: Trial): Promise<void> {
  const { list, resource } = trial;
  const made = await trial.make(MADE);
  const whole = await list.whole();
  if (whole === undefined || !list.hasPages) return;
  const size = Math.max(1, Math.ceil(whole.items.length / 12));
  const paged = await list.whole(size);
  if (paged === undefined) return;
  const ids = paged.items.map((item) => trial.idOf(item)).filter((id) => id !== undefined);
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) {
    trial.fail('pages', `repeats ${repeated}, which an earlier page had`, paged.curl);
    return;
  }
  const lost = made.filter((one) => one.certain && !trial.has(paged, one) && trial.has(whole, one));
  const other = whole.items
    .map((item) => trial.idOf(item))
    .find((id) => id !== undefined && ids.length > 0 && !ids.includes(id));
  const name = lost[0] === undefined ? other : trial.nameOf(lost[0]);
  if (name !== undefined) trial.fail('pages', `no page has ${name}, though a longer page has it`, paged.curl);
  const never = made.find((one) => one.certain && !trial.has(paged, one) && !trial.has(whole, one));
  if (never !== undefined) {
    trial.fail('listed', `does not list what ${resource?.creator?.id} created: ${trial.nameOf(never)}`, paged.curl);
  }
}

async function filtersBy(trial: Trial, filter: Parameter, item: Schema): Promise<void> {
  const { document } = trial.context;
  const member = memberFor(document, filter, item) ?? filter.name;
  const schema = viewOf(document.resolve, item).properties[member] ?? {};
  const view = viewOf(document.resolve, schema);
  const isList = view.types.includes('array');
  const wanted = valuesOf(isList ? viewOf(document.resolve, view.items ?? {}) : view);
  const writable = trial.resource?.creator?.body;
  const canWrite =
    writable !== undefined &&
    Object.hasOwn(viewOf(document.resolve, writable.schema).properties, member) &&
    wanted.length === 2;
  const made = await trial.make(canWrite ? 2 : 1, (body, index) =>
    canWrite && isObject(body) ? withAt(body, [member], isList ? [wanted[index]] : wanted[index]) : body,
  );
  const whole = await trial.list.whole();
  if (whole === undefined) return;
  const seen = whole.items.flatMap((one) => (isObject(one) && one[member] != null ? [one[member]].flat() : []));
  const values = canWrite && made.length === 2 ? wanted : [...new Set(seen)].slice(0, 2);
  for (const value of values) {
    const isArray = viewOf(document.resolve, filter.schema).types.includes('array');
    const sent = isArray ? [value] : value;
    if (validate(document.resolve, filter.schema, sent, 'request').length > 0) continue;
    const page = await trial.list.whole(undefined, { [keyOf(filter)]: sent });
    if (page === undefined) return;
    const wrong = page.items.find((one) => isObject(one) && !fitsFilter(one[member], value));
    if (wrong !== undefined && isObject(wrong)) {
      const message = `answered an item whose ${member} is ${JSON.stringify(wrong[member])} where ${filter.name} was ${JSON.stringify(value)}`;
      trial.fail('filter', message, page.curl);
      return;
    }
    const own = made.find((one) => one.certain && isObject(one.sent) && fitsExactly(one.sent[member], value));
    if (own !== undefined && trial.has(whole, own) && !trial.has(page, own)) {
      trial.fail('filter', `leaves out ${trial.nameOf(own)}, whose ${member} is ${JSON.stringify(value)}`, page.curl);
      return;
    }
  }
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
