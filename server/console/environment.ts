import type { Client } from '../../client/index.ts';
import type { components } from '../../generated/schema.ts';

type Schemas = components['schemas'];
export type Config = Schemas['CreateBackendAuthResourceConfig'];

/** An environment as the API describes it. */
export interface Environment {
  readonly appName: string | undefined;
  /** The name of its authentication resource; undefined where it has none. */
  readonly resourceName: string | undefined;
  /** The ids of what was made, by their name. */
  readonly made: Readonly<Record<string, unknown>>;
  readonly config: Config | undefined;
}

interface Meta {
  readonly auth?: Readonly<Record<string, { readonly output?: Readonly<Record<string, unknown>> }>>;
}

/** Reads an environment, and its authentication where amplifyMetaConfig names one. */
export async function readEnvironment(
  client: Client,
  appId: string,
  backendEnvironmentName: string,
  signal: AbortSignal,
): Promise<Environment> {
  const backend = await client.getBackend({ appId, backendEnvironmentName }, { signal });
  const { auth = {} } = JSON.parse(backend.amplifyMetaConfig || '{}') as Meta;
  const [resourceName] = Object.keys(auth);
  const { appName } = backend;
  if (resourceName === undefined) return { appName, resourceName, made: {}, config: undefined };
  const { resourceConfig } = await client.getBackendAuth({ appId, backendEnvironmentName, resourceName }, { signal });
  return { appName, resourceName, made: auth[resourceName]?.output ?? {}, config: resourceConfig };
}
