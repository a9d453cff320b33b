import type { Document, Operation, Parameter } from '../document/document.ts';
import { isObject } from '../document/json.ts';
import { NotRun } from '../notRun.ts';
import { type Schema, viewOf } from '../schema/schema.ts';
import { validate } from '../schema/validate.ts';
import { canBeSent, type Instance, nameOf, read } from '../state/instances.ts';
import { answerOf, listIn, type Resource, type Resources } from '../state/resources.ts';
import { keyOf } from '../wire/request.ts';
import type { Case } from './case.ts';
import { defaultsOf, takesDefault } from './defaults.ts';
import { filterOf, filtersBy, filtersByAll, isLeftOutByDefault } from './filters.ts';
import { type Listing, limitOf } from './pages.ts';
import { boundsBy, rangeOf } from './ranges.ts';
import { differences } from './readBack.ts';
import { sortingsOf, sortsBy } from './sorting.ts';
import { confirmed, type Trial } from './trial.ts';

const MADE = 3;
/** A list without pages that is as long as this may have a bound of its own. */
const CUT = 10;

/** The effects that a list's parameters and its neighbours suggest. */
export function listCases(document: Document, resources: Resources, operation: Operation): Case[] {
  const list = operation.method === 'GET' ? listIn(document, operation) : undefined;
  if (list === undefined) return [];
  const item = itemSchema(document, operation, list.member);
  const own = resources.all().find(({ lister }) => lister === operation);
  const resource = own?.creator === undefined ? alike(document, resources, item) : own;
  const limit = limitOf(operation, document, item);
  const { parameters } = operation;
  const filters = parameters.map((one) => filterOf(document, one, item)).filter((one) => one !== undefined);
  const ranges = parameters.map((one) => rangeOf(document, one, item)).filter((one) => one !== undefined);
  const alone = (title: string, run: (trial: Trial) => Promise<void>): Case => ({
    operation: operation.id,
    title,
    alone: true,
    run: (context) => confirmed(context, operation, { ...list, item, resource }, run),
  });
  return [
    ...(own?.creator === undefined ? [] : [alone('lists what was created, until it is removed', listsWhatIs)]),
    ...(limit === undefined
      ? []
      : [
          alone(`answers no more items than ${limit.name} says`, (trial) => keepsTo(trial, limit)),
          alone('repeats nothing and loses nothing from page to page', pagesAreWhole),
        ]),
    ...filters.map((one) =>
      alone(`answers only items that fit ${one.parameter.name}`, (trial) => filtersBy(trial, one)),
    ),
    ...(filters.length < 2
      ? []
      : [
          alone(
            `answers only items that fit ${filters.map(({ parameter }) => parameter.name).join(' and ')}`,
            (trial) => filtersByAll(trial, filters),
          ),
        ]),
    ...ranges.map((one) => alone(`answers only items that fit ${one.parameter.name}`, (trial) => boundsBy(trial, one))),
    ...defaultsOf(document, operation).map((one) =>
      alone(`takes ${one.parameter.name} for its default where it is left out`, (trial) => takesDefault(trial, one)),
    ),
    ...sortingsOf(document, operation, item).map((one) =>
      alone(`sorts by ${Object.values(one.values).join(' ')}`, (trial) => sortsBy(trial, one)),
    ),
  ];
}

/** A resource that is made elsewhere, and whose schema the items have. */
function alike(document: Document, resources: Resources, item: Schema): Resource | undefined {
  const wanted = document.resolve(item);
  if (Object.keys(wanted).length === 0) return undefined;
  return resources.all().find(({ creator, reader }) => {
    const content = reader && answerOf(reader)?.contents.find(({ kind }) => kind === 'json');
    return creator !== undefined && content?.schema !== undefined && document.resolve(content.schema) === wanted;
  });
}

function itemSchema(document: Document, operation: Operation, member: string | undefined): Schema {
  const content = Object.entries(operation.responses)
    .find(([status]) => status.startsWith('2'))?.[1]
    .contents.find(({ kind }) => kind === 'json');
  const view = viewOf(document.resolve, content?.schema ?? {});
  const list = member === undefined ? view : viewOf(document.resolve, view.properties[member] ?? {});
  return list.items ?? {};
}

async function listsWhatIs(trial: Trial): Promise<void> {
  const { list, resource } = trial;
  const [one] = await trial.make(1);
  if (one === undefined || !one.certain) throw new NotRun('nothing could be created for it');
  const listing = await list.whole();
  if (listing === undefined) return;
  if (!trial.has(listing, one)) {
    if (!list.hasPages && listing.items.length >= CUT) throw new NotRun('the list may be cut off');
    if (await isLeftOutByDefault(trial, one)) throw new NotRun('the list leaves it out unless it is asked for');
    trial.fail('listed', `does not list what ${resource?.creator?.id} created: ${nameOf(one)}`, listing.curl);
    return;
  }
  showsWhatWasSent(trial, one, listing);
  trial.failsTotal(listing);
  await holdsOneMore(trial, listing);
  const remover = resource?.remover;
  if (remover === undefined || !canBeSent(trial.context, remover)) return;
  await trial.state.endCase();
  await trial.caughtUp();
  // Whether it is removed at all is what the remover's own cases tell.
  const got = await read(trial.context, one);
  if (got !== undefined && got.status < 300) return;
  const after = await list.whole();
  if (after !== undefined && trial.has(after, one)) {
    trial.fail('listed', `still lists ${nameOf(one)}, which ${remover.id} removed`, after.curl);
  }
  await listsRemoved(trial, one, got?.status);
}

/** A list that can be asked for what was removed has it, at least where it is known to have been there (410). */
async function listsRemoved(trial: Trial, one: Instance, status: number | undefined): Promise<void> {
  const asks = trial.operation.parameters.find(
    ({ name, in: place, schema }) =>
      place === 'query' &&
      /^(include|show|with)_?(deleted|removed|trashed)$/i.test(name) &&
      viewOf(trial.context.document.resolve, schema).types.includes('boolean'),
  );
  if (asks === undefined || status !== 410) return;
  const listing = await trial.list.whole(undefined, { [keyOf(asks)]: true });
  if (listing === undefined || trial.has(listing, one)) return;
  trial.fail('listed', `does not list ${nameOf(one)}, which was removed, where ${asks.name} is true`, listing.curl);
}

/** A list may leave members out, and has no other values than were sent. */
function showsWhatWasSent(trial: Trial, instance: Instance, { items, curl }: Listing): void {
  const found = items.find((item) => trial.isAbout(item, instance));
  if (!isObject(found) || !isObject(instance.sent)) return;
  const sent = Object.fromEntries(Object.entries(instance.sent).filter(([name]) => Object.hasOwn(found, name)));
  const [first] = differences(trial.context.document, trial.item, sent, found);
  if (first === undefined || first.got === undefined || first.got === null) return;
  const message = `${first.place} of ${nameOf(instance)} is ${JSON.stringify(first.got)}, and was sent as ${JSON.stringify(first.wanted)}`;
  trial.fail('listed', message, curl, first.place);
}

/** One creation makes one item. */
async function holdsOneMore(trial: Trial, before: Listing): Promise<void> {
  const [one] = await trial.make(1);
  if (one === undefined || !one.certain) return;
  const after = await trial.list.whole();
  if (after === undefined || after.items.length <= before.items.length + 1) return;
  const more = after.items.length - before.items.length;
  trial.fail('listed', `holds ${more} items more after ${one.resource.creator?.id} created one`, after.curl);
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
  const name = lost[0] === undefined ? other : nameOf(lost[0]);
  if (name !== undefined) trial.fail('pages', `no page has ${name}, though a longer page has it`, paged.curl);
  const never = made.find((one) => one.certain && !trial.has(paged, one) && !trial.has(whole, one));
  if (never !== undefined && !(await isLeftOutByDefault(trial, never))) {
    trial.fail('listed', `does not list what ${resource?.creator?.id} created: ${nameOf(never)}`, paged.curl);
  }
  if (trial.failures.length === 0) trial.failsTotal(paged);
}
