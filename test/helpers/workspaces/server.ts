import type { RequestListener } from 'node:http';
import express from 'express';
import { documentRoutes } from './documents.ts';
import { exportRoutes } from './exports.ts';
import type { WorkspaceFault } from './faults.ts';
import { fileRoutes } from './files.ts';
import { refusing } from './http.ts';
import { memberRoutes } from './members.ts';
import { workspaceRoutes } from './workspaces.ts';
import { Refused, World } from './world.ts';

/** A server of `workspaces.yaml` in plain Express, below `/api/v2`. Correct but for its fault. */
export function workspaces(fault: WorkspaceFault = 'none'): RequestListener {
  const world = new World(fault);
  const router = express.Router({ caseSensitive: true, strict: true });
  router.get('/ping', ({ method }, response) => {
    if (method === 'HEAD' && world.has('head-500')) response.status(500).end();
    else if (world.has('ping-200')) response.json({ ok: true });
    else response.status(204).end();
  });
  for (const routes of [workspaceRoutes, memberRoutes, documentRoutes, fileRoutes, exportRoutes]) routes(world, router);
  const app = express().disable('x-powered-by').disable('etag').set('query parser', 'simple');
  app.use('/api/v2', router);
  app.use((_request, _response, next) => next(new Refused(404, 'not_found')));
  app.use(refusing(world));
  return app;
}
