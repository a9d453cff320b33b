import type { Request } from 'express';
import { Refused, type World } from './world.ts';

export function wholeIn({ query }: Request, name: string, least = -Infinity, most = Infinity): number | undefined {
  const value = query[name];
  if (value === undefined) return undefined;
  if (!/^-?\d+$/.test(String(value)) || Number(value) < least || Number(value) > most)
    throw new Refused(400, 'bad_query');
  return Number(value);
}

export function flagIn(request: Request, name: string): boolean | undefined {
  const value = oneIn(request, name, ['true', 'false']);
  return value === undefined ? undefined : value === 'true';
}

export function oneIn({ query }: Request, name: string, values: readonly string[]): string | undefined {
  const value = query[name];
  if (value === undefined) return undefined;
  if (!values.includes(String(value))) throw new Refused(400, 'bad_query');
  return String(value);
}

/** One page of a list, and where the next one begins. */
export function pageOf<Item extends { readonly id: string }>(world: World, request: Request, all: readonly Item[]) {
  const least = world.has('limit-zero') ? 0 : 1;
  const limit = wholeIn(request, 'limit', least, world.has('limit-unbounded') ? 1e9 : 50) ?? 10;
  const from = request.query.cursor === undefined ? 0 : after(world, String(request.query.cursor), all);
  const size = limit + (world.has('limit-plus') ? 1 : 0);
  const items = all.slice(from, world.has('limit-ignored') ? undefined : from + size);
  const hasMore = from + items.length < all.length;
  const next = hasMore ? Buffer.from(items.at(-1)?.id ?? '').toString('base64url') : null;
  const page = {
    next_cursor: world.has('next-number') ? 7 : next,
    has_more: world.has('has-more-lies') ? 'yes' : hasMore,
  };
  return { items, page };
}

function after(world: World, cursor: string, all: readonly { readonly id: string }[]): number {
  const id = Buffer.from(cursor, 'base64url').toString();
  const at = all.findIndex((one) => one.id === id);
  if (at < 0) throw new Refused(world.has('cursor-500') ? 500 : 400, 'bad_cursor');
  return at + (world.has('page-repeats') ? 0 : world.has('page-loses') ? 2 : 1);
}
