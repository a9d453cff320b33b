import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import express, { type Router } from 'express';
import helmet from 'helmet';
import type { OpenApiDocument } from './document.ts';
import { HttpError } from './errors.ts';

export interface PagesOptions {
  readonly document: OpenApiDocument;
  /** The file of the reference page; without it /docs is 404. */
  readonly docs: URL | undefined;
  /** Whether the server can serve requests; what /readyz answers. */
  readonly ready: () => Promise<boolean> | boolean;
}

/** What is served beside the operations: the document, its reference page and the health of the server. */
export function pages({ document, docs, ready }: PagesOptions): Router {
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

  let page: Promise<DocsPage> | undefined;
  router.get(
    '/docs',
    helmet({ contentSecurityPolicy: false, strictTransportSecurity: false }),
    async (_request, response) => {
      if (docs === undefined) throw new HttpError(404, 'This server has no reference page.');
      page ??= readDocs(docs);
      const { html, policy } = await page.catch((error: unknown) => {
        page = undefined;
        throw error;
      });
      response.setHeader('Content-Security-Policy', policy);
      response.type('html').send(html);
    },
  );
  return router;
}

/** Takes 100 ms for a document of a few thousand lines. */
async function asYaml(document: OpenApiDocument): Promise<string> {
  const { stringify } = await import('yaml');
  return stringify(document, { aliasDuplicateObjects: false, compat: 'yaml-1.1' });
}

interface DocsPage {
  readonly html: Buffer;
  readonly policy: string;
}

async function readDocs(file: URL): Promise<DocsPage> {
  const html = await readFile(file);
  // Only the scripts that the page was built with may run: each is named by its hash. Its styles are made at run time.
  const scripts = [...html.toString('utf8').matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/gi)];
  const hashes = scripts.map(([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  const policy = [
    "default-src 'none'",
    `script-src ${hashes.join(' ') || "'none'"}`,
    "style-src 'unsafe-inline'",
    "img-src 'self' data:",
    'font-src data:',
    'worker-src blob:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  return { html, policy };
}
