import { randomUUID } from 'node:crypto';
import type { Express } from 'express';
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

/** An Express app that serves a document: each request is validated, handed to its handler and its answer validated. */
export function createApp<Services>(options: AppOptions<Services>): Express {
  const log = () => pino({ level: 'warn' }, pino.destination({ fd: 2, sync: true }));
  return createFullApp<Services>({
    newId: randomUUID,
    services: {} as Services,
    ...options,
    log: options.log ?? log(),
  } as FullOptions<Services>);
}
