import { randomUUID } from 'node:crypto';
import express, { type RequestHandler, type Router } from 'express';
import { auth } from './http.ts';
import { Refused, type World } from './world.ts';

const ALL = '/workspaces/:workspace_id/exports';
const FORMATS = ['zip', 'pdf'];
const WORK = 30; // ms

export function exportRoutes(world: World, router: Router): void {
  const isJson: RequestHandler = (request, _response, next) => {
    const isOther = request.get('content-type') !== undefined && !request.is('application/json');
    next(isOther ? new Refused(415, 'unsupported_media_type') : undefined);
  };
  router.post(ALL, auth(world), isJson, express.json({ strict: false }), (request, response) => {
    const { id: owner } = world.workspace(request);
    const format = formatOf(world, request.body);
    const id = randomUUID();
    const status = world.has('export-status-extra') ? 'queued' : 'pending';
    const kept = world.has('export-format-lost') ? 'zip' : format;
    if (!world.has('export-lost')) world.content(request).exports.set(id, { id, format: kept, at: Date.now() });
    if (!world.has('export-no-location')) response.location(`/api/v2/workspaces/${owner}/exports/${id}`);
    response
      .set('Retry-After', '1')
      .status(world.has('export-200') ? 200 : 202)
      .json({ id, status, format: kept });
  });
  router.get(`${ALL}/:export_id`, auth(world), (request, response) => {
    const found = world.content(request).exports.get(String(request.params.export_id));
    if (found === undefined) throw new Refused(404, 'not_found');
    const { at, ...job } = found;
    const isDone = Date.now() - at > WORK;
    response.json({
      ...job,
      status: isDone ? 'done' : 'running',
      ...(isDone && { url: 'https://files.example.com/1' }),
    });
  });
}

function formatOf(world: World, body: unknown): string {
  const isObject = body === undefined || (typeof body === 'object' && body !== null && !Array.isArray(body));
  const { format } = (isObject ? (body ?? {}) : {}) as { format?: unknown };
  const isKnown = format === undefined || FORMATS.includes(String(format));
  if (!isObject || (!isKnown && !world.has('export-format-unchecked'))) throw new Refused(422, 'invalid');
  return isKnown && typeof format === 'string' ? format : world.has('export-default') ? 'pdf' : 'zip';
}
