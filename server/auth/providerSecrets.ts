import type { components } from '../../generated/schema.ts';

type Config = components['schemas']['CreateBackendAuthResourceConfig'];
type AppleProvider = components['schemas']['BackendAuthAppleProviderConfig.request'];
type Providers = components['schemas']['SocialProviderSettings'];

// `writeOnly` in the contract, and whatever else is named like them.
const SECRET = /secret|private_?key|password/i;

/** Whether a member of a provider with this name is secret. */
export const isSecretName = (name: string): boolean => SECRET.test(name);

/** The configuration with each secret mapped; those that are mapped to undefined are left out. */
export function mapSecrets(config: Config, map: (secret: string) => string | undefined): Config {
  const { oAuth } = config.userPoolConfigs;
  if (oAuth?.socialProviderSettings === undefined) return config;
  const socialProviderSettings = mapMembers(oAuth.socialProviderSettings, map) as Providers;
  return { ...config, userPoolConfigs: { ...config.userPoolConfigs, oAuth: { ...oAuth, socialProviderSettings } } };
}

/** `text` with every secret of the configuration blotted out. */
export const withoutSecrets = (text: string, config: Config): string =>
  blotted(text, config.userPoolConfigs.oAuth?.socialProviderSettings);

/** `text` with every secret in `providers` blotted out. */
export function blotted(text: string, providers: unknown): string {
  let left = text;
  mapMembers(providers, (secret) => {
    // As it is, and as JSON quotes it: a key has line breaks.
    for (const form of [secret, JSON.stringify(secret).slice(1, -1)]) {
      if (form.length > 0) left = left.replaceAll(form, '***');
    }
    return secret;
  });
  return left;
}

/** The secrets that a provider lacks, from the same provider as it is stored: they can't be read back to be sent again. */
export function keepStoredSecrets(providers: Providers, stored: Providers | undefined): Providers {
  const kept = Object.entries(providers).map(([name, provider]) => {
    const before = stored?.[name as keyof Providers];
    if (!isObject(provider) || !isObject(before)) return [name, provider];
    const secrets = Object.entries(before).filter(([member]) => isSecretName(member));
    return [name, { ...Object.fromEntries(secrets), ...provider }];
  });
  return Object.fromEntries(kept);
}

/**
 * A private key of Apple as Cognito takes it: without the lines around it and the breaks in it, which the file from Apple
 * has. The Amplify CLI strips them too. A break may also be a backslash and an n, as copied from JSON.
 */
export const bareKey = (key: string): string =>
  key.replaceAll(/-----(?:BEGIN|END)[A-Z ]*-----/g, '').replaceAll(/\\n|\\r|\s/g, '');

/** The configuration with its private key as Cognito takes it. */
export function withBareKey(config: Config): Config {
  const { oAuth } = config.userPoolConfigs;
  const apple: AppleProvider | undefined = oAuth?.socialProviderSettings?.SignInWithApple;
  if (oAuth === undefined || typeof apple?.private_key !== 'string') return config;
  const SignInWithApple = { ...apple, private_key: bareKey(apple.private_key) };
  const socialProviderSettings = { ...oAuth.socialProviderSettings, SignInWithApple };
  return { ...config, userPoolConfigs: { ...config.userPoolConfigs, oAuth: { ...oAuth, socialProviderSettings } } };
}

function mapMembers(value: unknown, map: (secret: string) => string | undefined, secret = false): unknown {
  if (Array.isArray(value)) return value.map((item) => mapMembers(item, map, secret));
  if (isObject(value)) {
    const members = Object.entries(value).map(([name, member]) => [
      name,
      mapMembers(member, map, secret || isSecretName(name)),
    ]);
    return Object.fromEntries(members.filter(([, member]) => member !== undefined));
  }
  if (!secret) return value;
  // A value that is not text breaks the contract, but may be just as secret.
  return map(typeof value === 'string' ? value : JSON.stringify(value));
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
