import type { NextFunction, Request, Response } from 'express';
import { HttpError } from './errors.ts';

export type PagesOf = 'any' | 'own' | 'loopback';

/**
 * Refuses what a page of another site asks for. Browsers say where a request comes from, also where they send it without
 * asking first (a form, an image); what is no browser says nothing, and is let in.
 *
 * With `loopback`, Host has to name this machine: otherwise a site could have its own name lead here, and be taken for
 * the same origin (DNS rebinding).
 */
export function refuseOtherSites(pagesOf: Exclude<PagesOf, 'any'>) {
  return ({ headers }: Request, _response: Response, next: NextFunction): void => {
    const { host = '', origin } = headers;
    const site = headers['sec-fetch-site'];
    const isOther = site !== undefined && site !== 'same-origin' && site !== 'none';
    // A page opened from a file, or in a sandbox, has the origin `null`.
    if (isOther || (origin !== undefined && hostOf(origin) !== host)) {
      throw new HttpError(403, 'Pages of another site may not call this.');
    }
    if (pagesOf === 'loopback' && !isLoopbackHost(host.replace(/:\d+$/, ''))) {
      throw new HttpError(403, 'Host has to be a loopback address, or localhost.');
    }
    next();
  };
}

const hostOf = (origin: string): string | undefined => (URL.canParse(origin) ? new URL(origin).host : undefined);

/** Whether a host, without its port, is this machine and no other. */
export const isLoopbackHost = (host: string): boolean => /^(localhost|\[?::1\]?|127(\.\d{1,3}){3})$/i.test(host);
