import type { Request } from 'express';
import { HttpError } from './errors.ts';
import { isForLoopback, isForwarded } from './thisMachine.ts';

/** Decides which requests of browsers are served. Other clients send neither Origin nor Sec-Fetch-Site. */
export interface BrowserAccess {
  /** Origins such as `https://app.example.com` whose pages may call. Pages of the server's own origin always may. */
  readonly origins: readonly string[];
  /**
   * Requires Host to be a name of this machine. Without it, a site can point a name of its own at this machine, and its
   * pages are then of the same origin (DNS rebinding). @default false
   */
  readonly loopback?: boolean;
  /** Refuses requests that came through a proxy: a proxy on this machine hides where its callers are. @default false */
  readonly direct?: boolean;
}

/** Refuses requests from pages of other sites, including those that browsers send without a preflight: throws a 403. */
export function refuseOtherSites({ origins, loopback = false, direct = false }: BrowserAccess) {
  const allowed = new Set(origins);
  return ({ headers, method }: Request): void => {
    // A preflight changes nothing, and its answer is the same for everyone.
    if (method === 'OPTIONS') return;
    if (isOfOtherSite(headers, allowed)) {
      throw new HttpError(403, 'Pages of other sites may not call this server.');
    }
    if (loopback && !isForLoopback(headers)) {
      throw new HttpError(403, 'The Host header must be localhost or a loopback address.');
    }
    if (direct && isForwarded(headers)) {
      throw new HttpError(403, 'Requests that come through a proxy must be signed.');
    }
  };
}

function isOfOtherSite({ host = '', origin, ...headers }: Request['headers'], allowed: ReadonlySet<string>): boolean {
  // A page in a file or a sandbox has the origin `null`.
  if (origin !== undefined) return !allowed.has(origin) && hostOf(origin) !== host;
  const site = headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

const hostOf = (origin: string): string | undefined => (URL.canParse(origin) ? new URL(origin).host : undefined);
