import { fileURLToPath } from 'node:url';
import express, { type RequestHandler, type Router } from 'express';
import helmet from 'helmet';
import { HttpError } from './errors.ts';

/** A built web app, served beside the API. */
export interface StaticPages {
  /** The path that they are served under, such as `/console`. */
  readonly at: string;
  /** The folder that they were built into: index.html, and assets/ with a hash in each name. */
  readonly folder: URL;
  /** The message of the 404 where there is no index.html. */
  readonly missing: string;
}

/** Serves a page that was built beforehand. Its policy allows it its own files, and nothing inline. */
export function staticPages({ at, folder, missing }: StaticPages): Router {
  const router = express.Router({ strict: true, caseSensitive: true });
  router.use(onlyRead, helmet({ contentSecurityPolicy: POLICY, strictTransportSecurity: false }));
  router.get('/', (request, response, next) => {
    // The files that the page names are found beside it.
    if (request.originalUrl.replace(/\?.*/s, '') === at) response.redirect(308, `${at}/`);
    else next();
  });
  router.use(
    express.static(fileURLToPath(folder), {
      redirect: false,
      setHeaders(response, path) {
        const isNamedByHash = /[/\\]assets[/\\]/.test(path.slice(fileURLToPath(folder).length - 1));
        response.setHeader('Cache-Control', isNamedByHash ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    }),
  );
  router.use((request) => {
    throw new HttpError(404, request.path === '/' ? missing : `There is nothing at GET ${request.originalUrl}.`);
  });
  return router;
}

const onlyRead: RequestHandler = ({ method }, _response, next) => {
  if (method === 'GET' || method === 'HEAD') return next();
  throw new HttpError(405, `${method} is not allowed here; use GET.`, {}, { Allow: 'GET, HEAD' });
};

const POLICY = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    fontSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
};
