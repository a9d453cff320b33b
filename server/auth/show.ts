import type { components } from '../../generated/schema.ts';
import { mapSecrets } from './providerSecrets.ts';

type Config = components['schemas']['CreateBackendAuthResourceConfig'];

/** The configuration as it may be shown: without secrets, and without an identity pool that is not in use. */
export function shownConfig(config: Config): Config {
  const { identityPoolConfigs, ...shown } = mapSecrets(config, () => undefined);
  if (config.authResources === 'USER_POOL_ONLY' || identityPoolConfigs === undefined) return shown;
  return { ...shown, identityPoolConfigs };
}
