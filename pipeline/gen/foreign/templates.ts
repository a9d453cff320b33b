/** What is made once for a document of another origin, and then belongs to whoever works with it. */
export const handlerTypes = `import type { HandlerOf, InputOf, OutputOf, RequestContext } from 'openapi-strict-express';
import type { OperationId, operations as table } from '../../generated/operations.ts';
import type { operations } from '../../generated/schema.ts';

/** What the handlers work with: createApp is given it as \`services\`. Yours to change. */
export type Services = object;

type Operations = { readonly [Id in OperationId]: operations[Id] };

export type { RequestContext };
export type Input<Id extends OperationId> = InputOf<Operations[Id], (typeof table)[Id]['body']>;
export type Output<Id extends OperationId> = OutputOf<Operations[Id]>;
export type Handler<Id extends OperationId> = HandlerOf<Operations[Id], Services, (typeof table)[Id]['body']>;
export type Handlers = { readonly [Id in OperationId]: Handler<Id> };
`;

export const clientIndex = `export type { components, operations, paths } from '../generated/schema.ts';
export * from './api.ts';
export * from 'openapi-strict-fetch';
`;

export const packages = {
  http: 'openapi-strict-express',
  core: 'openapi-strict-fetch',
} as const;
