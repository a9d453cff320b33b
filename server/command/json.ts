import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { type Given, UsageError } from './flags.ts';

/** The object that a flag has as JSON, names as a file (`@FILE`), or leaves to standard input (`-`). Throws a `UsageError`. */
export async function readJson({ value, source }: Given): Promise<Record<string, unknown>> {
  if (value === '-') return parse(await text(process.stdin), 'Standard input');
  if (!value.startsWith('@')) return parse(value, source);
  return parse(await readText(value.slice(1)), value.slice(1));
}

/** Throws a `UsageError` where the file can't be read. */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(code === 'ENOENT' ? `The file ${file} does not exist.` : `${file} can't be read: ${message}.`);
  }
}

export function parse(json: string, source: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    // It says where, but quotes what is there, which may be secret.
    const place = /at position \d+|\(line \d+ column \d+\)/.exec((error as Error).message)?.[0];
    throw new UsageError(`${source} is not valid JSON${place === undefined ? '' : `, ${place.replace(/[()]/g, '')}`}.`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new UsageError(`${source} must be a JSON object, such as {"appId":"d1a2b3c4d5e6f7"}.`);
}
