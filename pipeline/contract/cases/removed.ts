import type { Operation } from '../document/document.ts';
import { isObject } from '../document/json.ts';
import { authorised, canBeSent, type Instance, read, requestFor } from '../state/instances.ts';
import { itemsOf, listIn } from '../state/resources.ts';
import type { Answer } from '../wire/messages.ts';
import type { Context, Failure } from './case.ts';
import { eventually } from './eventually.ts';
import { isSuccess } from './exchange.ts';
import { isChangeTime } from './readBack.ts';

const MAX_LISTS = 5;

/** Checks that a removed resource can't be read, or is marked as removed, and that the lists below it are gone as well. */
export async function removed(
  context: Context,
  instance: Instance,
  { status }: Answer,
  earlier: Answer | undefined,
): Promise<Failure[]> {
  const { reader, remover } = instance.resource;
  if (status === 202 || reader === undefined) return [];
  let isGone = false;
  const found = await eventually(context, `${remover?.id} removed`, async () => {
    const got = await read(context, instance);
    isGone = got !== undefined && got.status >= 400;
    if (got !== undefined && got.status >= 500) {
      const message = `what it removed can't be asked for: ${reader.id} answered ${got.status}`;
      return [{ rule: 'server-error', place: '', message, curl: got.curl }];
    }
    if (got === undefined || !isSuccess(got.status) || saysGone(got.json, earlier?.json)) return [];
    return [gone(`what it removed is still there: ${reader.id} answered ${got.status}`, got)];
  });
  if (!isGone) return found;
  const lists = context.document.operations.filter(
    ({ method, path }) =>
      method === 'GET' &&
      path.startsWith(`${instance.resource.path}/`) &&
      !path.slice(instance.resource.path.length).includes('{'),
  );
  for (const list of lists.slice(0, MAX_LISTS)) found.push(...(await isStillThere(context, instance, list)));
  return found;
}

export const gone = (message: string, { curl }: Answer): Failure => ({ rule: 'gone', place: '', message, curl });

function isStillThere(context: Context, { parameters }: Instance, operation: Operation): Promise<Failure[]> {
  return eventually(context, `${operation.id} gone`, async () => {
    if (!canBeSent(context, operation)) return [];
    const answer = await context.sender.send(
      authorised(context, operation, requestFor(context, operation, parameters)),
    );
    const list = listIn(context.document, operation);
    // An empty list is fine for a missing parent, unless the document declares a 404.
    const isEmpty = list !== undefined && itemsOf(answer.json, list).length === 0 && !('404' in operation.responses);
    if (!isSuccess(answer.status) || answer.status === 204 || isEmpty) return [];
    return [gone(`what belongs to it is still there: ${operation.id} answered ${answer.status}`, answer)];
  });
}

/**
 * Some servers keep removed resources and mark them: `status` becomes `cancelled`, `deletedAt` is set. A new modification
 * time or version number alone doesn't count.
 */
export function saysGone(json: unknown, earlier: unknown): boolean {
  if (!isObject(json)) return false;
  return Object.entries(json).some(([name, value]) => {
    const before = isObject(earlier) ? earlier[name] : undefined;
    if (JSON.stringify(before) === JSON.stringify(value)) return false;
    if (isObject(value)) return saysGone(value, before);
    if (isChangeTime(name) || /version|revision|etag/i.test(name)) return false;
    return typeof value === 'string' || typeof value === 'boolean' || value === null;
  });
}
