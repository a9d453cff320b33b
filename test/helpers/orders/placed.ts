import { randomUUID } from 'node:crypto';
import { type Call, type Item, Refusal, type Reply, type Route } from '../web.ts';
import { bodies, checked, isDay, isWhole, type Order, type World } from './world.ts';

const HOUR = 3_600_000; // ms
const ONE = '/customers/:id/orders/:number';

export const orderRoutes = (world: World): Route[] => [
  ['GET /customers/:id/orders', (_call, id = '') => listOf(world, id)],
  ['POST /customers/:id/orders', (call, id = '') => place(world, call, id)],
  [`GET ${ONE}`, (_call, id = '', number = '') => ({ status: 200, body: shown(world, orderOf(world, id, number)) })],
  [`PATCH ${ONE}`, (call, id = '', number = '') => patch(world, call, orderOf(world, id, number))],
  [`DELETE ${ONE}`, (_call, id = '', number = '') => cancel(world, orderOf(world, id, number))],
  [`POST ${ONE}/attachments`, (call, id = '', number = '') => attach(world, call, orderOf(world, id, number))],
  [`GET ${ONE}/attachments/:part`, (_call, id = '', number = '', part = '') => attachment(world, id, number, part)],
  ['GET /orders', (call) => search(world, call)],
];

/** The customer's id, if there is such a customer. */
function ownerOf(world: World, id: string): string {
  const isOwner = [...world.orders.values()].some((one) => one.customer_id === id);
  return world.has('orphans') && isOwner ? id : world.customer(id).id;
}

function orderOf(world: World, id: string, number: string): Order {
  if (!isWhole(number, 1)) throw new Refusal(world.has('order-id-500') ? 500 : 400, 'order_id');
  const owner = world.has('any-parent') ? undefined : ownerOf(world, id);
  const order = world.orders.get(Number(number));
  if (order === undefined) throw world.absent();
  if (order.customer_id !== owner && !world.has('any-parent', 'foreign-child')) throw world.absent();
  return order;
}

function shown(world: World, given: Order): Item {
  const order: Item = structuredClone(given);
  const { deliver_at: at } = order;
  if (world.has('order-at-shift') && typeof at === 'string')
    order.deliver_at = new Date(Date.parse(at) + HOUR).toISOString();
  if (world.has('total-text')) order.total = String(given.total);
  if (world.has('status-upper')) order.status = given.status.toUpperCase();
  if (world.has('lines-one')) order.lines = given.lines.slice(0, 1);
  if (world.has('sku-lower')) order.lines = given.lines.map((line) => ({ ...line, sku: line.sku.toLowerCase() }));
  return order;
}

function listOf(world: World, id: string): Reply {
  const owner = ownerOf(world, id);
  const own = [...world.orders.values()].filter((one) => one.customer_id === owner || world.has('children-of-all'));
  return { status: 200, body: own.map((one) => shown(world, one)) };
}

function place(world: World, { json }: Call, id: string): Reply {
  const owner = world.has('child-no-parent') ? id : world.customer(id).id;
  const { id: _id, status: _status, ...body } = checked(bodies.order, json());
  const lines = body.lines as Order['lines'];
  const order: Order = {
    ...body,
    lines,
    id: world.next(),
    customer_id: owner,
    status: 'placed',
    placed_at: new Date().toISOString(),
    total: lines.reduce((sum, { quantity, price }) => sum + quantity * price, 0),
    ...(world.has('gift-lost') && { gift: undefined }),
    ...(world.has('discount-clamped') && Number(body.discount) > 50 && { discount: 50 }),
    ...(world.has('note-empty-null') && body.note === '' && { note: null }),
  };
  world.orders.set(order.id, order);
  return {
    status: 201,
    headers: { Location: `/customers/${owner}/orders/${order.id}` },
    body: shown(world, order),
  };
}

function patch(world: World, { json }: Call, order: Order): Reply {
  const body = world.has('order-patch-unchecked') ? (json() as Item) : checked(bodies.orderChange, json());
  const isDropped = world.has('order-patch-drops-note') && !('note' in body);
  Object.assign(order, body, isDropped && { note: undefined });
  return { status: 200, body: shown(world, order) };
}

/** It can still be read. */
function cancel(world: World, order: Order): Reply {
  if (!world.has('cancel-nothing')) order.status = 'cancelled';
  return { status: 200, body: shown(world, world.has('cancel-lies') ? { ...order, status: 'shipped' } : order) };
}

async function attach(world: World, { type, form }: Call, order: Order): Promise<Reply> {
  if (type !== 'multipart/form-data') throw new Refusal(400, 'multipart, please');
  const given = await form();
  const [file, title, kind] = ['file', 'title', 'kind'].map((name) => given.get(name));
  const isKind = kind === null || world.has('kind-unchecked') || ['invoice', 'label', 'other'].includes(String(kind));
  const isTitle = typeof title === 'string' && title !== '' && [...title].length <= 60;
  const isWell = file instanceof File && isTitle && isKind;
  if (!isWell && !world.has('attach-unchecked')) throw new Refusal(400, 'a file and its title, please');
  const made = {
    id: randomUUID(),
    title: world.has('title-lost') ? 'untitled' : String(title ?? ''),
    ...(kind !== null && { kind }),
    size: file instanceof File ? file.size : 0,
  };
  world.attachments.set(made.id, { ...made, order: order.id });
  return { status: 201, body: made };
}

function attachment(world: World, id: string, number: string, part: string): Reply {
  const { id: own } = orderOf(world, id, number);
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(part)) throw new Refusal(400, 'attachment_id');
  const found = world.attachments.get(part.toLowerCase());
  if (found === undefined || (found.order !== own && !world.has('attachment-anywhere'))) throw world.absent();
  const { order: _order, kind, ...rest } = found;
  const hasKind = kind !== undefined && !world.has('attachment-kind-lost');
  return { status: 200, body: hasKind ? { ...rest, kind } : rest };
}

function search(world: World, { query }: Call): Reply {
  const { page = '1', per_page: size = '20' } = query;
  checkQuery(world, query);
  if (!isWhole(page, world.has('page-zero') ? -1e9 : 1) || !isWhole(size, 1, 50)) throw new Refusal(400, 'page');
  const all = selected(world, query);
  const total = world.has('total-page')
    ? Math.min(all.length, Number(size))
    : world.has('total-all')
      ? world.orders.size
      : all.length;
  const first = world.has('page-ignored') ? 0 : (Number(page) - (world.has('page-shift') ? 0 : 1)) * Number(size);
  return {
    status: 200,
    headers: world.has('no-total') ? {} : { 'X-Total-Count': String(total) },
    body: all.slice(first, first + Number(size)).map((one) => shown(world, one)),
  };
}

function checkQuery(world: World, query: Call['query']): void {
  const { status, min_total: least } = query;
  if (status !== undefined && !['placed', 'shipped', 'cancelled'].includes(status)) throw new Refusal(400, 'status');
  for (const day of [query.placed_from, query.placed_to])
    if (day !== undefined && !isDay(day)) throw new Refusal(world.has('from-500') ? 500 : 400, 'a date, please');
  const isNumber = least === undefined || (least.trim() !== '' && Number(least) >= 0 && Number.isFinite(Number(least)));
  if (!isNumber) throw new Refusal(400, 'min_total');
}

function selected(world: World, query: Call['query']): Order[] {
  const { status, placed_from: from, placed_to: to, min_total: least, customer_id: owner } = query;
  const fits: ((one: Order) => boolean)[] = [];
  const dayOf = ({ placed_at: at }: Order) => at.slice(0, 10);
  if (status !== undefined && !world.has('status-ignored')) fits.push((one) => one.status === status);
  if (from !== undefined && !world.has('from-ignored')) fits.push((one) => dayOf(one) >= from);
  if (to !== undefined && !world.has('to-ignored'))
    fits.push((one) => (world.has('to-exclusive') ? dayOf(one) < to : dayOf(one) <= to));
  if (least !== undefined && !world.has('min-ignored'))
    fits.push((one) => one.total >= Number(least) !== world.has('min-inverted'));
  if (owner !== undefined && !world.has('cid-ignored')) fits.push((one) => one.customer_id === owner);
  return [...world.orders.values()].filter((one) => fits.every((fit) => fit(one)));
}
