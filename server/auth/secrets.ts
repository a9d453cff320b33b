import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { components } from '../../generated/schema.ts';
import { mapSecrets } from './providerSecrets.ts';

type Config = components['schemas']['CreateBackendAuthResourceConfig'];

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
