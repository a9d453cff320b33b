import { randomBytes, randomUUID } from 'node:crypto';
import { type Call, type Item, Refusal, type Reply, type Route } from '../web.ts';
import { bodies, type Customer, checked, isTime, isWhole, type World } from './world.ts';

const OWN = ['id', 'created_at', 'updated_at'];
const HOUR = 3_600_000; // ms

export const customerRoutes = (world: World): Route[] => [
  ['GET /customers', (call) => list(world, call)],
  ['POST /customers', (call) => create(world, call)],
  ['GET /customers/:id', (call, id = '') => read(world, call, id)],
  ['PATCH /customers/:id', (call, id = '') => patch(world, call, id)],
  ['PUT /customers/:id', (call, id = '') => put(world, call, id)],
  ['DELETE /customers/:id', (_call, id = '') => remove(world, id)],
];

function list(world: World, { query }: Call): Reply {
  const { limit = '20', cursor } = query;
  checkQuery(world, query);
  if (!isWhole(limit, 1, world.has('limit-unbounded') ? 1e9 : 100)) throw new Refusal(400, 'limit');
  const all = sorted(world, selected(world, query), query.sort);
  const index = all.findIndex(({ id }) => id === cursor);
  if (cursor !== undefined && index < 0) throw new Refusal(world.has('cursor-500') ? 500 : 400, 'cursor');
  const skipped = world.has('cursor-repeats') ? 0 : world.has('cursor-loses') ? 2 : 1;
  const from = cursor === undefined ? 0 : index + skipped;
  const page = all.slice(from, world.has('limit-ignored') ? undefined : from + Number(limit));
  const hasMore = all.length > from + page.length && !world.has('no-next');
  const data = page.map((one): Item => {
    const { address, ...thin } = shown(world, one);
    const full = address === undefined || world.has('list-thin') ? thin : { ...thin, address };
    return world.has('list-stale') ? { ...full, name: 'somebody' } : full;
  });
  return { status: 200, body: { data, next_cursor: hasMore ? page.at(-1)?.id : null } };
}

function checkQuery(world: World, query: Call['query']): void {
  const { vip, sort } = query;
  const tier = world.has('tier-case') ? query.tier?.toLowerCase() : query.tier;
  if (tier !== undefined && !['free', 'silver', 'gold'].includes(tier) && !world.has('tier-unchecked'))
    throw new Refusal(world.has('tier-bad-500') ? 500 : 400, 'tier');
  if (vip !== undefined && !['true', 'false'].includes(vip)) throw new Refusal(400, 'vip');
  if (sort !== undefined && !['created_at', '-created_at', 'credit', '-credit'].includes(sort))
    throw new Refusal(400, 'sort');
  for (const time of [query.created_after, query.created_before])
    if (time !== undefined && !isTime(time) && !world.has('date-unchecked')) throw new Refusal(400, 'time');
}

function selected(world: World, { tier, vip, created_after: after, created_before: before }: Call['query']) {
  const made = ({ created_at }: Customer) => Date.parse(created_at);
  const fits: ((one: Customer) => boolean)[] = [];
  if (tier !== undefined && !world.has('tier-ignored')) fits.push((one) => one.tier === tier);
  const isIgnored = world.has('vip-ignored') || (world.has('vip-false-ignored') && vip === 'false');
  if (vip !== undefined && !isIgnored) fits.push((one) => String(one.vip ?? false) === vip);
  if (after !== undefined && !world.has('after-ignored'))
    fits.push((one) => made(one) > Date.parse(after) !== world.has('after-inverted'));
  if (before !== undefined && !world.has('before-ignored')) fits.push((one) => made(one) < Date.parse(before));
  const all = [...world.customers.values(), ...(world.has('deleted-listed') ? world.removed : [])];
  return all.filter((one) => fits.every((fit) => fit(one)));
}

function sorted(world: World, all: Customer[], sort: string | undefined): Customer[] {
  if (sort === undefined || world.has('sort-ignored')) return all;
  const sign = sort.startsWith('-') && !world.has('sort-desc-ignored') ? -1 : 1;
  const value = (one: Customer) => (sort.endsWith('credit') ? Number(one.credit ?? 0) : Date.parse(one.created_at));
  return all.toSorted((a, b) => sign * (value(a) - value(b)));
}

function create(world: World, call: Call): Reply {
  const region = call.headers['x-region'];
  if (region !== undefined && !['eu', 'us', 'apac'].includes(String(region)) && !world.has('region-unchecked'))
    throw new Refusal(400, 'region');
  const body = checked(bodies.customer, call.json());
  if (isTaken(world, body)) throw new Refusal(conflictOf(world), 'the e-mail address is taken');
  const now = new Date().toISOString();
  const id = world.has('same-id') ? 'c1' : `c${randomBytes(5).toString('hex')}`;
  const made: Customer = { ...kept(world, body), id, created_at: now, updated_at: now };
  world.versions.set(id, 1);
  if (!world.has('not-stored')) world.customers.set(id, made);
  const headers: Record<string, string> = { Location: `/customers/${world.has('location-wrong') ? 'c0' : id}` };
  if (!world.has('no-etag')) headers.ETag = world.etag(made);
  return { status: 201, headers, body: shown(world, made) };
}

const conflictOf = (world: World): number => (world.has('conflict-400') ? 400 : world.has('conflict-500') ? 500 : 409);

const isTaken = (world: World, { email }: Item, id?: string): boolean =>
  !world.has('email-twice') && [...world.customers.values()].some((one) => one.email === email && one.id !== id);

function read(world: World, { headers }: Call, id: string): Reply {
  const one = world.customer(id);
  const etag = world.has('etag-random') ? `"${randomUUID()}"` : world.etag(one);
  if (headers['if-none-match'] === etag && !world.has('no-304')) return { status: 304, headers: { ETag: etag } };
  const created = Date.parse(one.created_at);
  const moved = world.has('times-move') ? Date.now() + 5000 : created + (world.has('times-zone') ? 2 * HOUR : 0);
  const body = { ...shown(world, one), created_at: new Date(moved).toISOString() };
  return { status: 200, headers: { ETag: etag }, body };
}

function patch(world: World, { headers, json }: Call, id: string): Reply {
  const one = world.customer(id);
  const version = headers['if-match'];
  if (![undefined, '*', world.etag(one)].includes(version) && !world.has('no-412'))
    throw new Refusal(412, 'it was changed meanwhile');
  const body = checked(bodies.customerChange, json());
  if (body.email !== undefined && isTaken(world, body, id)) throw new Refusal(409, 'the e-mail address is taken');
  return changed(world, one, merged(world, one, kept(world, body)), body);
}

function merged(world: World, one: Customer, body: Item): Item {
  const without = (isLeft: (value: unknown) => boolean) =>
    Object.fromEntries(Object.entries(body).filter(([, value]) => !isLeft(value)));
  if (world.has('patch-replaces')) return { email: one.email, name: one.name, ...body };
  if (world.has('patch-ignores-null')) return { ...one, ...without((value) => value === null) };
  if (world.has('patch-ignores-false')) return { ...one, ...without((value) => !value) };
  if (world.has('patch-appends') && Array.isArray(body.phones))
    return { ...one, ...body, phones: [one.phones ?? [], body.phones].flat().slice(0, 3) };
  return { ...one, ...body };
}

function put(world: World, { json }: Call, id: string): Reply {
  const one = world.customer(id);
  const body = world.has('put-unchecked') ? (json() as Item) : checked(bodies.customer, json());
  if (isTaken(world, body, id)) throw new Refusal(409, 'the e-mail address is taken');
  const next = kept(world, body);
  return changed(world, one, world.has('put-merges') ? { ...one, ...next } : next, body);
}

function changed(world: World, one: Customer, next: Item, body: Item): Reply {
  const { id, created_at, updated_at } = one;
  const now = new Date().toISOString();
  const made: Customer = {
    ...next,
    id,
    created_at: world.has('patch-moves-created') ? now : created_at,
    updated_at: world.has('updated-stuck') ? updated_at : now,
  };
  const earlier = world.etag(one);
  if (!world.has('etag-fixed')) world.versions.set(id, (world.versions.get(id) ?? 0) + 1);
  if (!world.has('change-not-stored')) world.customers.set(id, made);
  if (world.has('change-all')) {
    const { email: _email, ...rest } = kept(world, body);
    for (const [other, value] of world.customers) world.customers.set(other, { ...value, ...rest });
  }
  return {
    status: 200,
    headers: { ETag: world.has('etag-stuck') ? earlier : world.etag(made) },
    body: shown(world, made),
  };
}

function remove(world: World, id: string): Reply {
  const one = world.customer(id);
  world.removed.push(one);
  if (!world.has('delete-nothing')) world.customers.delete(id);
  if (world.has('delete-all')) world.customers.clear();
  for (const [number, { customer_id: owner }] of world.orders)
    if ((owner === id && !world.has('orphans')) || world.has('delete-orders-of-all')) world.orders.delete(number);
  return { status: world.has('delete-200') ? 200 : 204 };
}

function shown(world: World, { labels, ...customer }: Customer): Item {
  const { address } = customer as { address?: Item };
  const { line2: _line2, ...short } = address ?? {};
  return {
    ...customer,
    ...(labels !== undefined && !world.has('labels-lost') && { labels }),
    ...(address !== undefined && world.has('line2-lost') && { address: short }),
  };
}

/** The members of a body that are stored. */
function kept(world: World, given: Item): Item {
  const body = Object.fromEntries(Object.entries(structuredClone(given)).filter(([name]) => !OWN.includes(name)));
  const { name, credit, phones, birthday } = body;
  const change: Item = {};
  if (typeof name === 'string') {
    if (world.has('trims')) change.name = name.slice(0, 30);
    if (world.has('lower-case')) change.name = name.toLowerCase();
    if (world.has('latin1')) change.name = Buffer.from(name, 'latin1').toString('latin1');
  }
  if (world.has('credit-int') && typeof credit === 'number') change.credit = Math.trunc(credit);
  if (world.has('zero-lost') && credit === 0) change.credit = undefined;
  if (world.has('false-lost') && 'vip' in body) change.vip = true;
  if (world.has('phones-reversed') && Array.isArray(phones)) change.phones = phones.toReversed();
  if (world.has('phones-unique') && Array.isArray(phones)) change.phones = [...new Set(phones)];
  if (world.has('null-to-text') && birthday === null) change.birthday = '1970-01-01';
  if (world.has('birthday-shift') && typeof birthday === 'string')
    change.birthday = new Date(Date.parse(birthday) - 24 * HOUR).toISOString().slice(0, 10);
  if (world.has('tier-default')) change.tier = 'free';
  return { ...body, ...change };
}
