import express, { type RequestHandler } from 'express';
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
  /** The file of the page on which operations are tried. Without it /docs/try is 404. */
  readonly tryIt?: URL;
  /** The answer of `GET /`. @default none */
  readonly home?: {
    /** The path that browsers are sent to. */
    readonly page: string;
    /** The JSON for everyone else: addresses by name. */
    readonly links: Readonly<Record<string, string>>;
  };
  /** Whether the server can serve requests: the answer of /readyz. @default always */
  readonly ready?: () => Promise<boolean> | boolean;
}

/**
 * The pages beside the operations: the document, its reference page and the health of the server. A path of the
 * document, as `isOperation` knows it, is the document's.
 */
export function pages(
  served: Document,
  { at = '/', document = served, docs, tryIt, home, ready = () => true }: PagesOptions,
  isOperation: (path: string) => boolean,
): RequestHandler {
  const router = express.Router({ strict: true, caseSensitive: true });
  const place = at.replace(/\/$/, '');
  const paths = new Set<string>();
  const page = (path: string, ...handlers: RequestHandler[]) => {
    if (isOperation(place + path)) return;
    paths.add(path);
    router.get(path, ...handlers);
  };

  page('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  page('/readyz', async (_request, response) => {
    const isReady = await ready();
    response.status(isReady ? 200 : 503).json({ status: isReady ? 'ready' : 'not ready' });
  });
  page('/openapi.json', (_request, response) => {
    response.json(document);
  });
  page('/openapi.yaml', yamlOf(document));
  const headers = helmet({ contentSecurityPolicy: false, strictTransportSecurity: false });
  page('/docs', headers, htmlPage(docs && docsPage(docs), 'This server has no reference page.'));
  // The page finds the API by this: its own address less the place of the pages.
  const placed = (html: string) => html.replace(' data-pages=""', ` data-pages="${place}"`);
  const tryPage = tryIt && docsPage(tryIt, placed);
  page('/docs/try', headers, htmlPage(tryPage, 'This server has no page on which operations are tried.'));
  if (home !== undefined) {
    page('/', (request, response) => {
      response.setHeader('Vary', 'Accept');
      if (request.accepts('json', 'html') === 'html') response.redirect(302, home.page);
      else response.json(home.links);
    });
  }
  // Most requests are for an operation, and are not held against the expression of each page.
  return (request, response, next) => (paths.has(request.path) ? router(request, response, next) : next());
}

/** The document as YAML, made when it is first asked for. */
function yamlOf(document: Document): RequestHandler {
  let yaml: Promise<string> | undefined;
  return async (_request, response) => {
    yaml ??= asYaml(document);
    response.type('application/yaml').send(await yaml);
  };
}

function htmlPage(send: ReturnType<typeof docsPage> | undefined, missing: string): RequestHandler {
  return (request, response) => {
    if (send === undefined) throw new HttpError(404, missing);
    return send(request, response);
  };
}

/** Takes 100 ms for a document of a few thousand lines. */
async function asYaml(document: Document): Promise<string> {
  const { stringify } = await import('yaml');
  return stringify(document, { aliasDuplicateObjects: false, compat: 'yaml-1.1' });
}
