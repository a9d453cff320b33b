import document from '../../generated/openapi.json' with { type: 'json' };
import { findAuth, hasEnvironment } from '../auth/backends.ts';
import { findJob } from '../jobs/history.ts';
import { CreateBackend } from '../operations/CreateBackend.ts';
import { CreateBackendAuth } from '../operations/CreateBackendAuth.ts';
import type { Services } from '../operations/handler.ts';

// The demo is made of the contract's own examples.
const backend = document.paths['/backend'].post.requestBody.content['application/json'].examples.minimal.value;
const auth =
  document.paths['/backend/{appId}/auth'].post.requestBody.content['application/json'].examples.minimal.value;
const update =
  document.paths['/backend/{appId}/auth/{backendEnvironmentName}'].post.requestBody.content['application/json'].examples
    .password.value;

const { appId, backendEnvironmentName } = backend;

/** Makes an app, an environment and an authentication resource, where they are missing. */
export async function makeDemo(services: Services): Promise<void> {
  const { db } = services.store;
  if (!(await hasEnvironment(db, appId, backendEnvironmentName))) {
    await ended(services, await CreateBackend(backend, services));
  }
  if ((await findAuth(db, appId, backendEnvironmentName)) === undefined) {
    // The document's JSON has strings where the contract's types have enums.
    await ended(services, await CreateBackendAuth({ appId, ...auth } as never, services));
  }
}

async function ended({ store }: Services, started: { jobId?: string }): Promise<void> {
  const place = { appId, environment: backendEnvironmentName };
  while ((await findJob(store.db, place, started.jobId ?? ''))?.status === 'RUNNING') {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** A command that updates what the demo made. */
export function curlLine(url: string): string {
  const path = `/prod/backend/${appId}/auth/${backendEnvironmentName}`;
  return `curl -X POST ${url}${path} -H 'Content-Type: application/json' -d '${JSON.stringify(update)}'`;
}
