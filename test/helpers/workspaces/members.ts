import type { Request, Router } from 'express';
import { auth, bodyOf } from './http.ts';
import { oneIn } from './query.ts';
import { Refused, type World } from './world.ts';

const ALL = '/workspaces/:workspace_id/members';
const ONE = `${ALL}/:username`;

export function memberRoutes(world: World, router: Router): void {
  const everybody = () => [...world.contents.values()].flatMap(({ members }) => [...members.values()]);
  router.get(ALL, auth(world), (request, response) => {
    const { members } = world.content(request);
    const role = oneIn(request, 'role', ['viewer', 'editor', 'owner']);
    const all = world.has('member-list-all') ? everybody() : [...members.values()];
    response.json(all.filter((one) => role === undefined || world.has('member-role-filter') || one.role === role));
  });
  const found = (request: Request) => {
    const name = nameIn(request);
    const elsewhere = world.has('member-foreign') ? everybody().find((one) => one.username === name) : undefined;
    const one = world.content(request).members.get(name) ?? elsewhere;
    if (one === undefined) throw new Refused(world.has('member-404-500') ? 500 : 404, 'not_found');
    return one;
  };
  router.get(ONE, auth(world), (request, response) => response.json(found(request)));
  router.put(ONE, auth(world), ...bodyOf(world), (request, response) => {
    const { members } = world.content(request);
    const username = nameIn(request);
    const { nickname, notify, ...rest } = world.checked('MemberInput', request.body);
    const earlier = members.get(username);
    const made = {
      ...(world.has('member-put-merges') && earlier),
      ...rest,
      ...(nickname !== undefined && !world.has('member-nickname-lost') && { nickname }),
      ...(notify !== undefined && { notify: world.has('member-notify-text') ? String(notify) : notify }),
      username,
      joined_at: earlier?.joined_at ?? world.now(),
    };
    if (earlier === undefined || !world.has('member-put-ignored')) members.set(username, made);
    const isNew = (earlier === undefined && !world.has('member-200-first')) || world.has('member-201-always');
    response.status(isNew ? 201 : 200).json(made);
  });
  router.delete(ONE, auth(world), (request, response) => {
    const { members } = world.content(request);
    const { username } = found(request);
    if (world.has('member-delete-all')) members.clear();
    members.delete(String(username));
    response.status(204).end();
  });
}

function nameIn({ params }: Request): string {
  const name = String(params.username);
  if (!/^[a-z][a-z0-9_]{2,15}$/.test(name)) throw new Refused(404, 'not_found');
  return name;
}
