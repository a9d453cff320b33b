import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { components } from '../../generated/schema.ts';

type Config = components['schemas']['CreateBackendAuthResourceConfig'];
type Providers = components['schemas']['SocialProviderSettings'];

/** The members of a provider that are secret: `writeOnly` in the contract, and whatever else is named like them. */
const SECRET = /secret|private_?key|password/i;

const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Keeps the secrets of social providers: in clear while they are used, sealed (AES-256-GCM) wherever they are stored. */
export class Secrets {
  readonly #key: Buffer;

  /** `key` is any secret of at least 32 characters or bytes. */
  constructor(key: string | Buffer) {
    this.#key = Buffer.from(hkdfSync('sha256', key, '', 'amplify-backend-auth secrets', 32));
  }

  seal(text: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv);
    const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${VERSION}.${sealed.toString('base64url')}`;
  }

  /** Throws if the text was sealed with another key, or changed since. */
  open(text: string): string {
    const [version, encoded = ''] = text.split('.');
    if (version !== VERSION) throw new Error('A stored secret has an unknown form.');
    const sealed = Buffer.from(encoded, 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', this.#key, sealed.subarray(0, IV_BYTES));
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    return decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  }

  sealConfig(config: Config): Config {
    return mapSecrets(config, (secret) => this.seal(secret));
  }

  openConfig(config: Config): Config {
    return mapSecrets(config, (secret) => this.open(secret));
  }
}

/** The configuration with each secret mapped; those that are mapped to undefined are left out. */
export function mapSecrets(config: Config, map: (secret: string) => string | undefined): Config {
  const { oAuth } = config.userPoolConfigs;
  if (oAuth?.socialProviderSettings === undefined) return config;
  const socialProviderSettings = mapMembers(oAuth.socialProviderSettings, map) as Providers;
  return { ...config, userPoolConfigs: { ...config.userPoolConfigs, oAuth: { ...oAuth, socialProviderSettings } } };
}

/** `text` with every secret of the configuration blotted out. */
export function withoutSecrets(text: string, config: Config): string {
  let blotted = text;
  mapSecrets(config, (secret) => {
    // As it is, and as JSON quotes it: a key has line breaks.
    for (const form of [secret, JSON.stringify(secret).slice(1, -1)]) {
      if (form.length > 0) blotted = blotted.replaceAll(form, '***');
    }
    return secret;
  });
  return blotted;
}

/** The secrets that a provider lacks, from the same provider as it is stored: they can't be read back to be sent again. */
export function keepStoredSecrets(providers: Providers, stored: Providers | undefined): Providers {
  const kept = Object.entries(providers).map(([name, provider]) => {
    const before = stored?.[name as keyof Providers];
    if (!isObject(provider) || !isObject(before)) return [name, provider];
    const secrets = Object.entries(before).filter(([member]) => SECRET.test(member));
    return [name, { ...Object.fromEntries(secrets), ...provider }];
  });
  return Object.fromEntries(kept);
}

function mapMembers(value: unknown, map: (secret: string) => string | undefined, secret = false): unknown {
  if (Array.isArray(value)) return value.map((item) => mapMembers(item, map, secret));
  if (isObject(value)) {
    const members = Object.entries(value).map(([name, member]) => [
      name,
      mapMembers(member, map, secret || SECRET.test(name)),
    ]);
    return Object.fromEntries(members.filter(([, member]) => member !== undefined));
  }
  if (!secret) return value;
  // What is not text is not the contract's, but may be as secret.
  return map(typeof value === 'string' ? value : JSON.stringify(value));
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
