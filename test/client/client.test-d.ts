// Checked by `tsc`, not run: each line under @ts-expect-error must not compile.

import {
  ApiException,
  BadRequestException,
  type Client,
  isError,
  LimitExceededException,
  NotFoundException,
  waitForJob,
} from '../../client/index.ts';

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

export function narrowed(error: unknown) {
  if (isError(error, 'GetBackendJob', 404)) {
    is<404>(error.status);
    is<string | undefined>(error.body.resourceType);
    is<string | undefined>(error.resourceType);
  }
  // @ts-expect-error an operation that the document does not have
  isError(error, 'GetNothing');
}

export async function pages() {
  for await (const job of client.listBackendJobs(environment)) is<string | undefined>(job.jobId);
  for await (const page of client.listBackendJobs.pages(environment)) is<string | undefined>(page.nextToken);
  is<string | undefined>((await client.listBackendJobs(environment)).nextToken);
  // @ts-expect-error it has no pages
  client.getBackendJob.pages;
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
