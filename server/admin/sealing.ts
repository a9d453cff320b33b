import { type CipherGCM, createCipheriv, createDecipheriv, type DecipherGCM, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import type { components } from '../../generated/admin/schema.ts';

type Sealed = components['schemas']['SealedSecrets'];

// One of the choices of https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#scrypt
// They belong to version 1 of the form of the file, and are not read from it: who sends one could ask for any work.
const COST = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };
const KEY_BYTES = 32;
const SALT_BYTES = 16;
const IV_BYTES = 12;
const TAG_BYTES = 16;

const derive = promisify<string, Buffer, number, typeof COST, Buffer>(scrypt);

/** Encrypts a text with a passphrase. What is `beside` it is authenticated with it: neither can be changed alone. */
export class Sealing {
  readonly salt: string;
  readonly #iv: Buffer;
  readonly #cipher: CipherGCM;

  private constructor(salt: Buffer, iv: Buffer, cipher: CipherGCM) {
    this.salt = salt.toString('base64url');
    this.#iv = iv;
    this.#cipher = cipher;
  }

  static async begin(passphrase: string): Promise<Sealing> {
    const salt = randomBytes(SALT_BYTES);
    const iv = randomBytes(IV_BYTES);
    return new Sealing(salt, iv, createCipheriv('aes-256-gcm', await keyOf(passphrase, salt), iv));
  }

  /** Adds to what is beside the text: all of it comes before the text. */
  beside(text: string): void {
    this.#cipher.setAAD(Buffer.from(text));
  }

  /** The encrypted text in base64url, in pieces. */
  *seal(text: Iterable<string>): Generator<string, void> {
    let rest = this.#iv;
    for (const piece of text) {
      rest = Buffer.concat([rest, this.#cipher.update(piece, 'utf8')]);
      const whole = rest.length - (rest.length % 3);
      yield rest.toString('base64url', 0, whole);
      rest = rest.subarray(whole);
    }
    yield Buffer.concat([rest, this.#cipher.final(), this.#cipher.getAuthTag()]).toString('base64url');
  }
}

/** Decrypts what `Sealing` has made. */
export class Opening {
  readonly #sealed: Buffer;
  readonly #decipher: DecipherGCM;

  private constructor(sealed: Buffer, decipher: DecipherGCM) {
    this.#sealed = sealed;
    this.#decipher = decipher;
  }

  static async begin(passphrase: string, { salt, sealed }: Sealed): Promise<Opening | undefined> {
    const bytes = Buffer.from(sealed, 'base64url');
    if (bytes.length < IV_BYTES + TAG_BYTES) return undefined;
    const key = await keyOf(passphrase, Buffer.from(salt, 'base64url'));
    return new Opening(bytes, createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES)));
  }

  beside(text: string): void {
    this.#decipher.setAAD(Buffer.from(text));
  }

  /** The text. Undefined where the passphrase is another one, or the text or what is beside it was changed. */
  open(): Buffer | undefined {
    this.#decipher.setAuthTag(this.#sealed.subarray(-TAG_BYTES));
    try {
      const text = this.#decipher.update(this.#sealed.subarray(IV_BYTES, -TAG_BYTES));
      this.#decipher.final();
      return text;
    } catch {
      return undefined;
    }
  }
}

/** The same text may be typed in two ways in Unicode. */
const keyOf = (passphrase: string, salt: Buffer): Promise<Buffer> =>
  derive(passphrase.normalize('NFKC'), salt, KEY_BYTES, COST);
