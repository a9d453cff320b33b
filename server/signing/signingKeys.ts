import { createHmac } from 'node:crypto';

const MAX_KEYS = 1000;

/** Derives the keys that sign the requests of one day, and keeps those used last: each takes four HMACs. */
export class SigningKeys {
  readonly #service: string;
  readonly #max: number;
  /** The one used last comes last. */
  readonly #keys = new Map<string, Buffer>();

  constructor(service: string, max = MAX_KEYS) {
    this.#service = service;
    this.#max = max;
  }

  /** `owner` stands for the secret: one secret each. */
  get(owner: string, secret: string, day: string, region: string): Buffer {
    const id = `${owner}/${day}/${region}`;
    const key = this.#keys.get(id) ?? derive(secret, day, region, this.#service);
    this.#keys.delete(id);
    this.#keys.set(id, key);
    if (this.#keys.size > this.#max) this.#keys.delete(this.#keys.keys().next().value ?? '');
    return key;
  }

  get size(): number {
    return this.#keys.size;
  }
}

function derive(secret: string, day: string, region: string, service: string): Buffer {
  let key = Buffer.from(`AWS4${secret}`);
  for (const part of [day, region, service, 'aws4_request']) key = hmac(key, part);
  return key;
}

export const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest();
