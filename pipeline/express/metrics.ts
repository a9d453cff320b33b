import { timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { HttpError } from './errors.ts';
import { isForLoopback, isForwarded } from './thisMachine.ts';

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

const isFromHere = ({ socket, headers }: Request): boolean =>
  /^(127\.|::1$|::ffff:127\.)/.test(socket.remoteAddress ?? '') && isForLoopback(headers) && !isForwarded(headers);

function hasToken({ headers }: Request, token: string): boolean {
  const given = Buffer.from((headers.authorization ?? '').replace(/^Bearer /, ''));
  const expected = Buffer.from(token);
  // Compared as long as the expected one is, so that its time tells nothing of how much was right.
  return given.length === expected.length && timingSafeEqual(given, expected);
}
