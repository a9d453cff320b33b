import type { Change } from '../jobs/changes.ts';
import { listEnvironments } from '../store/backends.ts';
import type { Input, Output, RequestContext, Services } from './handler.ts';
import { getApp } from './lookUp.ts';
import { retryKey } from './startJob.ts';

/** Deletes all environments of an app, and the app too if asked. */
export async function RemoveAllBackends(
  input: Input<'RemoveAllBackends'>,
  { jobs }: Services,
  request?: RequestContext,
): Promise<Output<'RemoveAllBackends'>> {
  const { appId, cleanAmplifyApp = false } = input;
  const operation = 'RemoveAllBackends';
  const started = await jobs.start({ appId, operation, retryKey: retryKey(operation, input, request) }, async (db) => {
    await getApp(db, appId);
    const names = await listEnvironments(db, appId);
    const changes: Change[] = names.map((environment) => ({ kind: 'remove-environment', appId, environment }));
    if (cleanAmplifyApp) changes.push({ kind: 'remove-app', appId });
    return { changes, environments: names.map((name) => ({ name, listed: true })) };
  });
  return { appId, operation, ...started };
}
