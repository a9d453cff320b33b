import { timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { HttpError } from './errors.ts';
import { isLoopbackHost } from './otherSites.ts';

export interface MetricsSource {
  readonly contentType: string;
  render(): Promise<string>;
}

/**
 * /metrics, for Prometheus: to this machine, and to those who send the token, if there is one, as `Bearer`. A proxy on this
 * machine is not its callers: what came through one, or was meant for another host than this machine, needs the token.
 */
export function metricsPage(source: MetricsSource, token: string | undefined): RequestHandler {
  return async (request, response) => {
    if (!isFromHere(request) && !(token !== undefined && hasToken(request, token))) {
      throw new HttpError(403, 'The metrics are for this machine, or need the token of METRICS_TOKEN as Bearer.');
    }
    response.setHeader('Content-Type', source.contentType);
    response.end(await source.render());
  };
}

/** Proxies say that they are ones in these (RFC 9110, 7.6.3; RFC 7239), or keep the Host that their caller asked for. */
const FORWARDED = /^(forwarded|via|x-real-ip|x-forwarded(-.*)?)$/;

const isFromHere = ({ socket, headers }: Request): boolean =>
  /^(127\.|::1$|::ffff:127\.)/.test(socket.remoteAddress ?? '') &&
  isLoopbackHost((headers.host ?? '').replace(/:\d+$/, '')) &&
  !Object.keys(headers).some((name) => FORWARDED.test(name));

function hasToken({ headers }: Request, token: string): boolean {
  const given = Buffer.from((headers.authorization ?? '').replace(/^Bearer /, ''));
  const expected = Buffer.from(token);
  // Compared as long as the expected one is, so that its time tells nothing of how much was right.
  return given.length === expected.length && timingSafeEqual(given, expected);
}
