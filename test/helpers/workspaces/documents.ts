import { randomBytes } from 'node:crypto';
import type { Request, Response, Router } from 'express';
import type { Item } from '../web.ts';
import { auth, bodyOf } from './http.ts';
import { flagIn, oneIn, pageOf, wholeIn } from './query.ts';
import { stored } from './stored.ts';
import { type Paper, Refused, type Workspace, type World } from './world.ts';

const ALL = '/workspaces/:workspace_id/documents';
const ONE = `${ALL}/:document_id`;
const SORTS = ['position', '-position', 'created_at', '-created_at'];

export function documentRoutes(world: World, router: Router): void {
  const open = world.has('auth-off-one') ? [] : [auth(world)];
  const change = bodyOf(world, 'application/merge-patch+json');
  router.get(ALL, auth(world), (request, response) => list(world, request, response));
  router.post(ALL, auth(world), ...bodyOf(world), (request, response) => create(world, request, response));
  router.post(`${ALL}/bulk`, auth(world), ...bodyOf(world), (request, response) => bulk(world, request, response));
  router.get(ONE, ...open, (request, response) => response.json(shown(world, world.document(request))));
  router.put(ONE, auth(world), ...bodyOf(world), (request, response) => {
    const one = world.document(request);
    const body = stored(world, world.checked('DocumentInput', request.body));
    const earlier = world.has('doc-put-merges') ? one : { state: 'draft' };
    response.json(shown(world, put(world, one, { ...earlier, ...body })));
  });
  router.patch(ONE, auth(world), ...change, (request, response) => {
    const one = world.document(request);
    response.json(shown(world, patch(world, one, stored(world, world.checked('DocumentChange', request.body)))));
  });
  router.delete(ONE, auth(world, 'either'), (request, response) => remove(world, request, response));
}

function list(world: World, request: Request, response: Response): void {
  const { documents } = world.content(request);
  const sort = oneIn(request, 'sort', SORTS) ?? 'created_at';
  const fits = filters(world, request);
  const all = (world.has('doc-list-all-workspaces') ? world.allDocuments : [...documents.values()]).filter((one) =>
    world.has('doc-filter-and-or') && fits.length > 1 ? fits.some((fit) => fit(one)) : fits.every((fit) => fit(one)),
  );
  const sorted = world.has('doc-sort-ignored') ? all : all.toSorted(by(world, sort));
  const { items, page } = pageOf(world, request, sorted);
  const total = world.has('doc-total-text') ? 'many' : String(world.has('doc-total-page') ? items.length : all.length);
  if (!world.has('doc-total-missing')) response.set('X-Total-Count', total);
  const old = world.has('doc-list-old') && { title: 'Untitled' };
  response.json({ items: items.map((one) => ({ ...shown(world, one), ...old })), page });
}

function filters(world: World, request: Request): ((one: Paper) => boolean)[] {
  const state = oneIn(request, 'state', ['draft', 'review', 'published']);
  const starred = flagIn(request, 'starred');
  const least = wholeIn(request, 'min_position');
  const most = wholeIn(request, 'max_position');
  const { updated_since: since, label } = request.query;
  const labels = label === undefined ? [] : [label].flat().map(String);
  if (labels.includes('')) throw new Refused(400, 'bad_query');
  if (since !== undefined && (!world.check('Time')(since) || world.has('doc-since-400')))
    throw new Refused(400, 'bad_query');
  const isFlagIgnored = world.has('doc-filter-starred') || (world.has('doc-filter-starred-false') && starred === false);
  const found: (false | ((one: Paper) => boolean))[] = [
    state !== undefined && !world.has('doc-filter-state') && ((one) => one.state === state),
    labels.length > 0 &&
      !world.has('doc-filter-label') &&
      ((one) => labels.every((name) => ((one.labels ?? []) as string[]).includes(name))),
    starred !== undefined && !isFlagIgnored && ((one) => (one.starred ?? false) === starred),
    least !== undefined &&
      !world.has('doc-min-ignored') &&
      ((one) => (world.has('doc-min-inverted') ? one.position <= least : one.position >= least)),
    most !== undefined && !world.has('doc-max-ignored') && ((one) => one.position <= most),
    since !== undefined &&
      !world.has('doc-since-ignored') &&
      ((one) => Date.parse(one.updated_at) >= Date.parse(String(since))),
  ];
  return found.filter((one) => one !== false);
}

function by(world: World, sort: string): (a: Paper, b: Paper) => number {
  const sign = sort.startsWith('-') && !world.has('doc-sort-desc') ? -1 : 1;
  const value = (one: Paper): number | string => {
    if (sort.endsWith('created_at')) return one.created_at;
    return world.has('doc-sort-text') ? String(one.position) : one.position;
  };
  return (a, b) => sign * (value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : 0);
}

function build(world: World, { id: workspace_id }: Workspace, body: Item): Paper {
  const now = world.now();
  const id = `doc_${randomBytes(6).toString('hex')}`;
  const state = world.has('doc-state-default-null') ? null : 'draft';
  const made = { state, ...stored(world, body), id, workspace_id, created_at: now, updated_at: now };
  world.files.set(id, new Map());
  return made as unknown as Paper;
}

function create(world: World, request: Request, response: Response): void {
  const workspace = world.workspace(request);
  const key = request.get('idempotency-key');
  if (key !== undefined && !world.check('Uuid')(key) && !world.has('idem-format')) throw new Refused(422, 'invalid');
  const body = world.checked('DocumentInput', request.body);
  const known = key === undefined || world.has('idem-ignored') ? undefined : world.keys.get(workspace.id + key);
  const made = known ?? build(world, workspace, body);
  if (key !== undefined) world.keys.set(workspace.id + key, made);
  if (!world.has('doc-not-stored')) world.content(request).documents.set(made.id, made);
  const id = world.has('doc-wrong-location') ? 'doc_000000000000' : made.id;
  response.location(`/api/v2/workspaces/${workspace.id}/documents/${id}`).status(201).json(shown(world, made));
}

function bulk(world: World, request: Request, response: Response): void {
  const workspace = world.workspace(request);
  const { documents } = world.checked('Bulk', request.body) as { documents: Item[] };
  const made = documents.map((one) => build(world, workspace, one));
  if (!world.has('bulk-not-stored')) for (const one of made) world.content(request).documents.set(one.id, one);
  const isCut = world.has('bulk-loses-last') && made.length > 1;
  response.json({ documents: made.slice(0, isCut ? -1 : undefined).map((one) => shown(world, one)) });
}

function put(world: World, { id, workspace_id, created_at }: Paper, next: Item): Paper {
  const now = world.now();
  const created = world.has('doc-put-moves-created') ? now : created_at;
  const made = { ...next, id, workspace_id, created_at: created, updated_at: now } as Paper;
  world.contents.get(workspace_id)?.documents.set(id, made);
  return made;
}

function patch(world: World, one: Paper, body: Item): Paper {
  const isLeft = (value: unknown) =>
    (world.has('doc-patch-null') && value === null) || (world.has('doc-patch-false-ignored') && !value);
  const change = Object.fromEntries(Object.entries(body).filter(([, value]) => !isLeft(value)));
  if (world.has('doc-patch-appends') && Array.isArray(body.labels))
    change.labels = [...new Set([one.labels ?? [], body.labels].flat())].slice(0, 4);
  const siblings = world.contents.get(one.workspace_id)?.documents ?? new Map<string, Paper>();
  if (world.has('doc-patch-other')) for (const [id, other] of siblings) siblings.set(id, { ...other, ...change });
  const { title, position, state } = one;
  return put(world, one, { ...(world.has('doc-patch-wipes') ? { title, position, state } : one), ...change });
}

function remove(world: World, request: Request, response: Response): void {
  const { documents } = world.content(request);
  if (world.has('doc-delete-twice-204') && !documents.has(String(request.params.document_id))) {
    response.status(204).end();
    return;
  }
  const one = world.document(request);
  if (world.has('doc-delete-all')) documents.clear();
  documents.delete(one.id);
  if (world.has('doc-delete-200')) response.json(shown(world, one));
  else response.status(204).end();
}

const shown = (world: World, one: Paper): Item =>
  world.has('doc-state-extra') && one.state === 'draft' ? { ...one, state: 'new' } : one;
