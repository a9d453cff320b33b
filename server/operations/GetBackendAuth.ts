import { getAuth } from '../auth/lookUp.ts';
import { shownConfig } from '../auth/show.ts';
import type { Input, Output, Services } from './handler.ts';

/** Reads the configuration that the last completed job applied. */
export async function GetBackendAuth(
  input: Input<'GetBackendAuth'>,
  { store }: Services,
): Promise<Output<'GetBackendAuth'>> {
  const { appId, backendEnvironmentName, resourceName } = input;
  const { config } = await getAuth(store.db, appId, backendEnvironmentName, resourceName);
  return { appId, backendEnvironmentName, resourceName, resourceConfig: shownConfig(config) };
}
