import express, { type Router } from 'express';
import helmet from 'helmet';
import type { Document } from '../document/types.ts';
import { docsPage } from './docsPage.ts';
import { HttpError } from './errors.ts';

/** The reference page and the document itself, served beside the API. */
export interface PagesOptions {
  /** The path that the pages are found under, such as `/admin`. @default the root */
  readonly at?: string;
  /** The document that is shown. @default the one that is served */
  readonly document?: Document;
  /** The file of the reference page. Without it /docs is 404. */
  readonly docs?: URL;
  /** The answer of `GET /`. @default that of the document, if it has this path */
  readonly home?: {
    /** The path that browsers are sent to. */
    readonly page: string;
    /** The JSON for everyone else: addresses by name. */
    readonly links: Readonly<Record<string, string>>;
  };
  /** Whether the server can serve requests: the answer of /readyz. @default always */
  readonly ready?: () => Promise<boolean> | boolean;
}

/** The pages beside the operations: the document, its reference page and the health of the server. */
export function pages(served: Document, { document = served, docs, home, ready = () => true }: PagesOptions): Router {
  const router = express.Router({ strict: true, caseSensitive: true });

  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    const isReady = await ready();
    response.status(isReady ? 200 : 503).json({ status: isReady ? 'ready' : 'not ready' });
  });
  router.get('/openapi.json', (_request, response) => {
    response.json(document);
  });
  let yaml: Promise<string> | undefined;
  router.get('/openapi.yaml', async (_request, response) => {
    yaml ??= asYaml(document);
    response.type('application/yaml').send(await yaml);
  });

  const sendDocs = docs && docsPage(docs);
  router.get('/docs', helmet({ contentSecurityPolicy: false, strictTransportSecurity: false }), (request, response) => {
    if (sendDocs === undefined) throw new HttpError(404, 'This server has no reference page.');
    return sendDocs(request, response);
  });
  if (home !== undefined) {
    router.get('/', (request, response) => {
      response.setHeader('Vary', 'Accept');
      if (request.accepts('json', 'html') === 'html') response.redirect(302, home.page);
      else response.json(home.links);
    });
  }
  return router;
}

/** Takes 100 ms for a document of a few thousand lines. */
async function asYaml(document: Document): Promise<string> {
  const { stringify } = await import('yaml');
  return stringify(document, { aliasDuplicateObjects: false, compat: 'yaml-1.1' });
}
