import { randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { pino } from 'pino';
import { createApp as createFullApp, type AppOptions as FullOptions } from './app.ts';

type Defaulted = 'log' | 'newId' | 'services' | 'handlers';

/** What an app is made of. `services` may be left out where the handlers ask for nothing. */
export type AppOptions<Services> = Omit<FullOptions<Services>, Defaulted> & {
  readonly handlers: FullOptions<Services>['handlers'];
  /** Warnings and errors on standard error, as JSON lines, unless told. */
  readonly log?: FullOptions<Services>['log'];
  readonly newId?: FullOptions<Services>['newId'];
} & (object extends Services ? { readonly services?: Services } : { readonly services: Services });

/**
 * What serves a document, for `createServer` of node:http: each request is validated, handed to its handler and its
 * answer validated.
 */
export function createApp<Services>(options: AppOptions<Services>): RequestListener {
  const log = () => pino({ level: 'warn' }, pino.destination({ fd: 2, sync: true }));
  return createFullApp<Services>({
    newId: randomUUID,
    services: {} as Services,
    ...options,
    log: options.log ?? log(),
  } as FullOptions<Services>);
}
