import { getApp } from '../auth/lookUp.ts';
import type { Change } from '../changes/change.ts';
import type { Input, Output, RequestContext, Services } from './handler.ts';
import { startJob } from './startJob.ts';

/** Deletes all environments of an app, and the app too if asked. */
export async function RemoveAllBackends(
  input: Input<'RemoveAllBackends'>,
  services: Services,
  request?: RequestContext,
): Promise<Output<'RemoveAllBackends'>> {
  const { appId, cleanAmplifyApp = false } = input;
  const started = await startJob({ operation: 'RemoveAllBackends', input }, services, request, async (db) => {
    await getApp(db, appId);
    const changes: Change[] = [{ kind: 'remove-environments', appId }];
    if (cleanAmplifyApp) changes.push({ kind: 'remove-app', appId });
    return changes;
  });
  return { appId, ...started };
}
