import type { IncomingHttpHeaders } from 'node:http';

/** Whether a host, without its port, is this machine and no other. Nobody can register a name under `localhost`. */
export const isLoopbackHost = (host: string): boolean =>
  /^(([a-z0-9-]+\.)*localhost|\[?::1\]?|127(\.\d{1,3}){3})$/i.test(host);

/** Whether a request was meant for this machine by a name that is no other's. */
export const isForLoopback = ({ host = '' }: IncomingHttpHeaders): boolean => isLoopbackHost(host.replace(/:\d+$/, ''));

/** Proxies say that they are ones in these (RFC 9110, 7.6.3; RFC 7239). */
const FORWARDED = /^(forwarded|via|x-real-ip|x-forwarded(-.*)?)$/;

/** Whether a request says that it came through a proxy, so that its address is not its caller's. */
export const isForwarded = (headers: IncomingHttpHeaders): boolean =>
  Object.keys(headers).some((name) => FORWARDED.test(name));
