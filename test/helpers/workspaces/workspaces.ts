import { randomUUID } from 'node:crypto';
import type { Request, Response, Router } from 'express';
import type { Item } from '../web.ts';
import { auth, bodyOf } from './http.ts';
import { flagIn, pageOf } from './query.ts';
import { Refused, type Workspace, type World } from './world.ts';

const PLANS = ['free', 'team', 'enterprise'];
const ONE = '/workspaces/:workspace_id';

export function workspaceRoutes(world: World, router: Router): void {
  router.get('/workspaces', auth(world), (request, response) => list(world, request, response));
  router.post('/workspaces', auth(world, 'both'), ...bodyOf(world), (request, response) =>
    create(world, request, response),
  );
  router.get(ONE, auth(world), (request, response) => read(world, request, response));
  const change = bodyOf(world, 'application/merge-patch+json');
  router.patch(ONE, auth(world), ...change, (request, response) => patch(world, request, response));
  router.delete(ONE, auth(world, 'both'), (request, response) => {
    const one = world.workspace(request);
    if (!world.has('ws-delete-nothing'))
      world.workspaces.set(one.id, { ...one, deleted: true, updated_at: world.now() });
    response.status(204).end();
  });
}

function list(world: World, request: Request, response: Response): void {
  const isWhole = flagIn(request, 'include_deleted') === true && !world.has('ws-include-ignored');
  let all = [...world.workspaces.values()].filter((one) => isWhole || world.has('ws-deleted-listed') || !one.deleted);
  if (request.query.plan !== undefined) {
    const plans = String(request.query.plan).split(',');
    if (plans.some((plan) => !PLANS.includes(plan)) || new Set(plans).size < plans.length)
      throw new Refused(400, 'bad_query');
    const asked = world.has('plan-filter-first') ? plans.slice(0, 1) : plans;
    if (!world.has('plan-filter-ignored')) all = all.filter(({ plan }) => asked.includes(plan));
  }
  const { items, page } = pageOf(world, request, all);
  response.json({ items: items.map((one) => shown(world, one)), page });
}

function create(world: World, request: Request, response: Response): void {
  const body = world.checked('NewWorkspace', request.body);
  const isTaken = [...world.workspaces.values()].some((one) => one.slug === body.slug && !one.deleted);
  if (isTaken && !world.has('slug-twice')) throw new Refused(world.has('conflict-422') ? 422 : 409, 'conflict');
  const now = world.now();
  const standard = { plan: world.has('plan-default') ? 'team' : 'free', seats: world.has('seats-default') ? 1 : 5 };
  const own = { id: randomUUID(), created_at: now, updated_at: now, deleted: false };
  const made = { ...standard, ...body, ...own } as unknown as Workspace;
  world.workspaces.set(made.id, made);
  world.versions.set(made.id, 1);
  world.contents.set(made.id, { documents: new Map(), members: new Map(), exports: new Map() });
  if (!world.has('ws-no-location')) response.location(`/api/v2/workspaces/${made.id}`);
  if (!world.has('ws-no-etag')) response.set('ETag', etag(world, made));
  response.status(world.has('ws-created-200') ? 200 : 201).json(shown(world, made));
}

function read(world: World, request: Request, response: Response): void {
  const one = world.workspace(request);
  // Express answers 304 by itself where the ETag is in If-None-Match.
  response.set('ETag', etag(world, one)).json(shown(world, one));
}

function patch(world: World, request: Request, response: Response): void {
  const one = world.workspace(request);
  const body = world.checked('WorkspaceChange', request.body);
  const version = request.get('if-match');
  const isMeant = version === undefined || version === '*' || version.split(/\s*,\s*/).includes(etag(world, one));
  if (!isMeant && !world.has('no-412')) throw new Refused(412, 'precondition_failed');
  const { billing: _billing, settings: _settings, ...less } = one;
  const now = world.now();
  const next = {
    ...(world.has('ws-patch-replaces') ? less : one),
    ...(world.has('ws-patch-slug') && { slug: `x${one.slug}` }),
    ...(!world.has('ws-patch-lost') && body),
    ...(!world.has('ws-updated-stuck') && { updated_at: now }),
    ...(world.has('ws-created-moves') && { created_at: now }),
  } as Workspace;
  if (world.has('ws-patch-all'))
    for (const [id, other] of world.workspaces) world.workspaces.set(id, { ...other, ...body });
  world.workspaces.set(one.id, next);
  world.versions.set(one.id, (world.versions.get(one.id) ?? 0) + 1);
  response.set('ETag', etag(world, next)).json({ ...shown(world, next), ...body });
}

function etag(world: World, { id }: Workspace): string {
  if (world.has('ws-etag-same')) return '"1"';
  const version = world.versions.get(id);
  return world.has('ws-etag-unquoted') ? String(version) : `"${version}"`;
}

function shown(world: World, one: Workspace): Item {
  const { billing, settings, ...rest } = one as Workspace & { billing?: Item; settings?: Item };
  const { address, ...short } = billing ?? {};
  const paid = world.has('address-lost') ? short : { ...billing };
  if (world.has('vat-to-empty') && paid.vat === null) paid.vat = '';
  return {
    ...rest,
    ...(billing !== undefined && !world.has('billing-lost') && { billing: paid }),
    ...(settings !== undefined && !world.has('settings-lost') && { settings }),
  };
}
