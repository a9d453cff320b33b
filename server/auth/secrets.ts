import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { components } from '../../generated/schema.ts';
import { mapSecrets } from './providerSecrets.ts';

type Config = components['schemas']['CreateBackendAuthResourceConfig'];
export type Key = string | Buffer;

const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** Sealed values, wherever they are in a text. */
const SEALED = /\bv1\.[\w-]{38,}/g;

/** Seals the secrets of social providers (AES-256-GCM) before they are stored, and opens them where they are used. */
export class Secrets {
  readonly #keys: readonly [Buffer, ...Buffer[]];

  /**
   * Seals with the first key, and opens what was sealed with any of them.
   *
   * @param keys Each of at least 32 characters or bytes.
   */
  constructor(...[first, ...others]: readonly [Key, ...Key[]]) {
    this.#keys = [derived(first), ...others.map(derived)];
  }

  seal(text: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#keys[0], iv);
    const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${VERSION}.${sealed.toString('base64url')}`;
  }

  /** Throws if the text was sealed with none of the keys, or changed since. */
  open(text: string): string {
    const [version, encoded = ''] = text.split('.');
    if (version !== VERSION) throw new Error('A stored secret has an unknown form.');
    const sealed = Buffer.from(encoded, 'base64url');
    for (const key of this.#keys) {
      const opened = openWith(key, sealed);
      if (opened !== undefined) return opened;
    }
    throw new Error('A stored secret was sealed with another key, or changed since.');
  }

  /** The text with all values in it that another of the keys sealed sealed again with the first. */
  reseal(text: string): string {
    const [first, ...others] = this.#keys;
    return text.replaceAll(SEALED, (value) => {
      const sealed = Buffer.from(value.slice(VERSION.length + 1), 'base64url');
      if (openWith(first, sealed) !== undefined) return value;
      for (const key of others) {
        const opened = openWith(key, sealed);
        if (opened !== undefined) return this.seal(opened);
      }
      return value; // It only looks like a sealed value.
    });
  }

  sealConfig(config: Config): Config {
    return mapSecrets(config, (secret) => this.seal(secret));
  }

  openConfig(config: Config): Config {
    return mapSecrets(config, (secret) => this.open(secret));
  }
}

const derived = (key: Key): Buffer => Buffer.from(hkdfSync('sha256', key, '', 'amplify-backend-auth secrets', 32));

function openWith(key: Buffer, sealed: Buffer): string | undefined {
  if (sealed.length < IV_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    return decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return undefined;
  }
}
