import type { RequestListener } from 'node:http';
import document from '../../generated/admin/openapi.json' with { type: 'json' };
import { operations } from '../../generated/admin/operations.ts';
import { type AppOptions, createApp } from '../../pipeline/express/app.ts';
import type { OpenApiDocument } from '../../pipeline/express/document.ts';
import type { Services } from './operations/handler.ts';
import { handlers } from './operations/index.ts';

const BODY_LIMIT = 64 * 1024 * 1024; // bytes: a whole state

/** The admin surface, under /admin. Pages of other sites may not call it, and without keys nor may other machines. */
export const adminApp = (
  options: Pick<AppOptions<Services>, 'services' | 'log' | 'newId' | 'docs' | 'authentication' | 'onInvalidResponse'>,
): RequestListener => {
  const isOpen = options.authentication === undefined;
  return createApp({
    ...options,
    document: document as OpenApiDocument,
    operations,
    handlers,
    bodyLimit: BODY_LIMIT,
    pagesAt: '/admin',
    cors: false,
    browsers: { origins: [], loopback: isOpen, direct: isOpen },
  });
};
