import type { RequestListener } from 'node:http';
import { type AppOptions, createApp, type PagesOptions } from 'openapi-strict-express';
import bundle from '../../generated/admin/openapi.json' with { type: 'json' };
import type { Document } from '../../pipeline/document/types.ts';
import { audited } from '../audit.ts';
import { awsProtocol } from '../protocol.ts';
import type { Services } from './operations/handler.ts';
import { handlers } from './operations/index.ts';
import { LISTS } from './stateFile.ts';

const BODY_LIMIT = 256 * 1024 * 1024; // bytes: a whole state

/** The admin surface, under /admin. Pages of other sites may not call it, and without keys nor may other machines. */
export const adminApp = ({
  docs,
  tryIt,
  ...options
}: Pick<AppOptions<Services>, 'log' | 'newId' | 'authentication' | 'onInvalidResponse'> &
  Pick<PagesOptions, 'docs' | 'tryIt'> & { readonly services: Services }): RequestListener => {
  const document = bundle as unknown as Document;
  const isOpen = options.authentication === undefined;
  return createApp({
    ...options,
    document,
    handlers: audited<Services>(handlers),
    protocol: awsProtocol(document),
    bodyLimit: BODY_LIMIT,
    longBodies: { ImportState: LISTS.map((list) => `/state/${list}`) },
    pages: { at: '/admin', ...(docs && { docs }), ...(tryIt && { tryIt }) },
    cors: false,
    browsers: { origins: [], loopback: isOpen, direct: isOpen },
  });
};
