import type { components } from '../../generated/schema.ts';

type Config = components['schemas']['CreateBackendAuthResourceConfig'];
type Providers = components['schemas']['SocialProviderSettings'];

/** The members of a provider that are never answered: `writeOnly` in the contract, and whatever is named like them. */
const SECRET = /secret|private_?key|password/i;

/** The configuration as it may be shown: without secrets, and without an identity pool that is not in use. */
export function shownConfig(config: Config): Config {
  const { identityPoolConfigs, ...shown } = withoutSecrets(config);
  if (config.authResources === 'USER_POOL_ONLY' || identityPoolConfigs === undefined) return shown;
  return { ...shown, identityPoolConfigs };
}

function withoutSecrets(config: Config): Config {
  const { oAuth } = config.userPoolConfigs;
  if (oAuth?.socialProviderSettings === undefined) return config;
  return {
    ...config,
    userPoolConfigs: {
      ...config.userPoolConfigs,
      oAuth: { ...oAuth, socialProviderSettings: strip(oAuth.socialProviderSettings) as Providers },
    },
  };
}

function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip);
  if (typeof value !== 'object' || value === null) return value;
  const shown = Object.entries(value).filter(([name]) => !SECRET.test(name));
  return Object.fromEntries(shown.map(([name, member]) => [name, strip(member)]));
}
