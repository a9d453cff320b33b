// Checked by `tsc`, not run: each line under @ts-expect-error must not compile.

import {
  BadRequestException,
  type Client,
  LimitExceededException,
  NotFoundException,
  waitForJob,
} from '../../client/index.ts';
import { type ApiClient, ApiException } from '../../pipeline/fetch/core.ts';

declare const client: Client;
declare function is<Expected>(value: Expected): void;
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

const environment = { appId: 'd1', backendEnvironmentName: 'staging' };
const resourceConfig = { authResources: 'USER_POOL_ONLY', service: 'COGNITO', userPoolConfigs: {} } as const;

export async function inputs() {
  await client.updateBackendAuth({ ...environment, resourceName: 'auth', resourceConfig });
  await client.updateBackendAuth({ ...environment, resourceName: 'auth', resourceConfig }, { headers: { 'X-A': 'b' } });

  // @ts-expect-error no input
  await client.updateBackendAuth();
  // @ts-expect-error a parameter of the path is missing
  await client.updateBackendAuth({ appId: 'd1', resourceName: 'auth', resourceConfig });
  // @ts-expect-error a member of the body is missing
  await client.updateBackendAuth({ ...environment, resourceName: 'auth' });
  // @ts-expect-error a member that no one knows
  await client.updateBackendAuth({ ...environment, resourceName: 'auth', resourceConfig, colour: 'red' });
  // @ts-expect-error a wrong type
  await client.updateBackendAuth({ ...environment, resourceName: 1, resourceConfig });
  // @ts-expect-error a word that is not in the enum
  const service: Parameters<typeof client.updateBackendAuth>[0]['resourceConfig']['service'] = 'AUTH0';
  const mfa = { MFAMode: 'SOMETIMES' } as const;
  await client.updateBackendAuth({
    ...environment,
    resourceName: 'auth',
    // @ts-expect-error a word that is not in the enum, further down
    resourceConfig: { ...resourceConfig, userPoolConfigs: { mfa } },
  });
  // @ts-expect-error preflights are the browser's matter
  await client.updateBackendAuthPreflight;
  // @ts-expect-error an operation that does not exist
  await client.updateEverything;
  return service;
}

export async function results() {
  const job = await client.getBackendJob({ ...environment, jobId: 'j1' });
  is<'RUNNING' | 'COMPLETED' | 'FAILED' | undefined>(job.status);
  is<string>(job.appId);
  // @ts-expect-error the document gives it no such member
  job.colour;
  const { resourceConfig: stored } = await client.getBackendAuth({ ...environment, resourceName: 'auth' });
  is<'USER_POOL_ONLY' | 'IDENTITY_POOL_AND_USER_POOL' | undefined>(stored?.authResources);
  true satisfies Same<typeof stored, unknown> extends true ? never : true;
}

export async function waiting() {
  const started = await client.updateBackendAuth({ ...environment, resourceName: 'auth', resourceConfig });
  const job = await waitForJob(client, started, {
    interval: 1,
    onPoll: ({ status }) => is<string | undefined>(status),
  });
  is<string | undefined>(job.updateTime);
  // @ts-expect-error which environment?
  await waitForJob(client, { appId: 'd1', jobId: 'j1' });
}

export function errors(error: unknown) {
  if (error instanceof NotFoundException) {
    is<string | undefined>(error.resourceType);
    is<string>(error.body.message);
    is<number>(error.status);
    // @ts-expect-error that is of another exception
    error.limitType;
    // @ts-expect-error the envelope's name for it is `type`
    error.__type;
  }
  if (error instanceof LimitExceededException) is<string | undefined>(error.limitType);
  if (error instanceof BadRequestException) {
    // @ts-expect-error it has no member of its own
    error.resourceType;
  }
  if (error instanceof ApiException) {
    is<string | undefined>(error.requestId);
    is<string | undefined>(error.type);
    true satisfies Same<typeof error.body, unknown>;
  }
}

export function raw() {
  client.raw.GET('/backend/{appId}/job/{backendEnvironmentName}/{jobId}', {
    params: { path: { ...environment, jobId: 'j1' } },
  });
  // @ts-expect-error a path that the document does not have
  client.raw.GET('/nowhere');
}

// Another document, with what this one lacks.
interface Paths {
  '/pets': {
    parameters: { path?: never };
    get: Operations['ListPets'];
    post: Operations['AddPets'];
    options?: never;
  };
  '/pets/{id}': {
    // Without an operationId it is not in Operations; the generator named it.
    delete: {
      parameters: { path: { id: number }; header: { 'If-Match': string } };
      responses: { 204: { content?: never } };
    };
    patch: Operations['ChangePet'];
  };
}
interface Operations {
  ListPets: {
    parameters: { query?: { limit?: number; tags?: string[] } };
    requestBody?: never;
    responses: { 200: { content: { 'application/json': string[] } }; default: { content: { 'application/json': 0 } } };
  };
  AddPets: {
    parameters: { query?: never };
    requestBody: { content: { 'application/json': string[] } };
    responses: { 201: { content: { 'application/hal+json': 1 } }; 202: { content?: never }; 400: { content: 2 } };
  };
  ChangePet: {
    parameters: { path: { id: number } };
    requestBody?: { content: { 'application/json': { name: string } | { age: number } } };
    responses: { default: { content: { 'application/json; charset=utf-8': 3 } } };
  };
}
declare const table: {
  readonly ListPets: { method: 'GET'; path: '/pets'; body: 'none' };
  readonly AddPets: { method: 'POST'; path: '/pets'; body: 'value' };
  readonly deletePetsId: { method: 'DELETE'; path: '/pets/{id}'; body: 'none' };
  readonly ChangePet: { method: 'PATCH'; path: '/pets/{id}'; body: 'members' };
};
declare const pets: ApiClient<Paths, Operations, typeof table>;

export async function anotherDocument() {
  true satisfies Same<keyof typeof pets, 'listPets' | 'addPets' | 'deletePetsId' | 'changePet' | 'raw'>;
  is<string[]>(await pets.listPets());
  is<string[]>(await pets.listPets({ limit: 3 }, { signal: new AbortController().signal }));
  // @ts-expect-error a wrong type
  await pets.listPets({ limit: '3' });
  is<1 | undefined>(await pets.addPets({ body: ['cat'] }));
  // @ts-expect-error the body is required
  await pets.addPets();
  is<undefined>(await pets.deletePetsId({ id: 1, 'If-Match': '"a"' }));
  // @ts-expect-error a header is missing
  await pets.deletePetsId({ id: 1 });
  is<3>(await pets.changePet({ id: 1, age: 3 }));
  is<3>(await pets.changePet({ id: 1, name: 'Tom' }));
  // @ts-expect-error neither of the two
  await pets.changePet({ id: 1, colour: 'red' });
}

// Exceptions over bodies of any shape can be extended.
export class Union extends ApiException<{ kind: 'a'; a: 1 } | { kind: 'b' }> {}
export class Open extends ApiException<{ known?: 1; [name: string]: unknown }> {}
export class Text extends ApiException<string> {}
export class List extends ApiException<string[]> {}
export class Nothing extends ApiException<never> {}
export class Nullish extends ApiException<undefined> {}
export function shapes(union: Union, open: Open) {
  is<'a' | 'b'>(union.kind);
  is<1 | undefined>(open.known);
}
