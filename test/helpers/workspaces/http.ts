import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import { Refused, type World } from './world.ts';

export const WORKSPACES_AUTH = { key: 'k-123', bearer: 'admin-1' };

/** Which of the two credentials an operation takes. */
export function auth(world: World, which: 'key' | 'both' | 'either' = 'key'): RequestHandler {
  return (request, _response, next) => {
    const [key, authorization] = [request.get('x-api-key'), request.get('authorization')];
    const isAdmin = authorization === `Bearer ${WORKSPACES_AUTH.bearer}`;
    const isKnown =
      key === WORKSPACES_AUTH.key ||
      (world.has('auth-empty-key') && key === undefined) ||
      (world.has('auth-bearer-for-key') && isAdmin);
    const both = world.has('auth-and-is-or') ? isKnown || isAdmin : isKnown && isAdmin;
    const isLet = { key: isKnown, both, either: isKnown || isAdmin }[which];
    if (isLet) next();
    else next(new Refused(world.has('auth-403') ? 418 : 401, 'unauthorized'));
  };
}

/** Reads a body of this type, and refuses others. */
export function bodyOf(world: World, type = 'application/json'): RequestHandler[] {
  const types = world.has('doc-text-type') ? [type, 'text/plain'] : [type];
  const isOfType: RequestHandler = (request, _response, next) =>
    next(request.is(types) ? undefined : new Refused(415, 'unsupported_media_type'));
  return [isOfType, express.json({ type: types, strict: false })];
}

/** Everything that is refused, in the document's form. */
export function refusing(world: World): ErrorRequestHandler {
  return (error, _request, response, _next) => {
    const isUnread = String(error.type).startsWith('entity.parse');
    const status = isUnread ? (world.has('doc-json-500') ? 500 : 422) : (error.status ?? 500);
    if (status === 404 && world.has('doc-404-html')) return response.status(404).type('html').send('<h1>no</h1>');
    const code = error instanceof Refused ? error.message : 'invalid';
    const details = status === 422 && { details: error.details ?? [] };
    const body = world.has('error-shape') ? { message: code } : { error: { code, message: code }, ...details };
    response.status(status);
    if (!world.has('error-type')) return response.json(body);
    return response.type('application/problem+json').send(JSON.stringify(body));
  };
}
