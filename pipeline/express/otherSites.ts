import type { NextFunction, Request, Response } from 'express';
import { HttpError } from './errors.ts';
import { isForLoopback, isForwarded } from './thisMachine.ts';

export type PagesOf = 'any' | 'own' | 'loopback';

/**
 * Refuses what a page of another site asks for. Browsers say where a request comes from, also where they send it without
 * asking first (a form, an image); what is no browser says nothing, and is let in.
 *
 * With `loopback`, Host has to name this machine: otherwise a site could have its own name lead here, and be taken for
 * the same origin (DNS rebinding). What came through a proxy on this machine is not from this machine.
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
    if (pagesOf === 'loopback' && !isForLoopback(headers)) {
      throw new HttpError(403, 'Host has to be a loopback address, or localhost.');
    }
    if (pagesOf === 'loopback' && isForwarded(headers)) {
      throw new HttpError(403, 'What comes through a proxy may not call this, unless requests are signed.');
    }
    next();
  };
}

const hostOf = (origin: string): string | undefined => (URL.canParse(origin) ? new URL(origin).host : undefined);
