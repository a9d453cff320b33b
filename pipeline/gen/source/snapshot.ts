import { createHash } from 'node:crypto';
import { lstatSync, readFileSync } from 'node:fs';
import { fetchText, isURL } from './fetchText.ts';

/**
 * The sources of one run, each read once. Every step works on what was read here, so that a file that is saved while gen
 * runs is either seen by all steps or by none.
 */
export class Snapshot {
  readonly #texts = new Map<string, string>();
  /** Files whose absence was noticed. */
  readonly #absent = new Set<string>();

  /** A file of this machine, or what a URL answers. Throws as `readFileSync` does. */
  async read(source: string): Promise<string> {
    if (!isURL(source)) return this.readFile(source);
    const text = this.#texts.get(source) ?? (await fetchText(source));
    this.#texts.set(source, text);
    return text;
  }

  readFile(file: string): string {
    const known = this.#texts.get(file);
    if (known !== undefined) return known;
    try {
      const text = readNow(file);
      this.#texts.set(file, text);
      return text;
    } catch (error) {
      this.#absent.add(file);
      throw error;
    }
  }

  /** Everything that was read, in a fixed order. */
  get sources(): string[] {
    return [...this.#texts.keys()].sort();
  }

  /** A source that is not what it was when it was read. URLs are not asked again. */
  changed(): string | undefined {
    const files = [...this.#texts].filter(([source]) => !isURL(source));
    return (
      files.find(([file, text]) => find(file) !== text)?.[0] ??
      [...this.#absent].find((file) => find(file) !== undefined)
    );
  }

  /** A mark of all that was read. */
  get hash(): string {
    const hash = createHash('sha256');
    for (const source of this.sources) add(hash, source, this.#texts.get(source) ?? '');
    return hash.digest('hex');
  }
}

/** The mark of sources as they are now, to be compared with a snapshot's; undefined where one is gone. */
export function hashNow(sources: readonly string[]): string | undefined {
  const hash = createHash('sha256');
  for (const source of sources) {
    const text = isURL(source) ? undefined : find(source);
    if (text === undefined) return undefined;
    add(hash, source, text);
  }
  return hash.digest('hex');
}

const add = (hash: ReturnType<typeof createHash>, source: string, text: string): void =>
  void hash.update(`\n${source}\n${text.length}\n`).update(text);

function readNow(file: string): string {
  if (lstatSync(file).isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
  return readFileSync(file, 'utf8')
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n');
}

function find(file: string): string | undefined {
  try {
    return readNow(file);
  } catch {
    return undefined;
  }
}
