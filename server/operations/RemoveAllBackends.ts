import { listEnvironments } from '../auth/backends.ts';
import type { Change } from '../jobs/changes.ts';
import type { Database } from '../store/store.ts';
import type { Input, Output, RequestContext, Services } from './handler.ts';
import { getApp } from './lookUp.ts';
import { startJobOf } from './startJob.ts';

/** Deletes all environments of an app, and the app too if asked. */
export async function RemoveAllBackends(
  input: Input<'RemoveAllBackends'>,
  { jobs }: Services,
  request?: RequestContext,
): Promise<Output<'RemoveAllBackends'>> {
  const { appId, cleanAmplifyApp = false } = input;
  const operation = 'RemoveAllBackends';
  let names: readonly string[] = [];
  const environments = async (db: Database) => {
    names = await listEnvironments(db, appId);
    return names.map((name) => ({ name, listed: true }));
  };
  const started = await startJobOf(operation, input, { appId }, environments, jobs, request, async (db) => {
    await getApp(db, appId);
    const changes: Change[] = names.map((environment) => ({ kind: 'remove-environment', appId, environment }));
    if (cleanAmplifyApp) changes.push({ kind: 'remove-app', appId });
    return changes;
  });
  return { appId, operation, ...started };
}
