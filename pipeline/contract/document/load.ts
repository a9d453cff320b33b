import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { CouldNotRun } from '../couldNotRun.ts';
import { isObject } from './json.ts';

/** Reads an OpenAPI document from a file or a URL, as JSON or YAML. */
export async function loadDocument(source: string | URL): Promise<Record<string, unknown>> {
  let document: unknown;
  try {
    const text = /^https?:/.test(String(source))
      ? await fetched(String(source))
      : await readFile(String(source).startsWith('file:') ? new URL(source) : source, 'utf8');
    document = text.trimStart().startsWith('{') ? JSON.parse(text) : parse(text);
  } catch (error) {
    throw new CouldNotRun(`The document ${source} can't be read: ${(error as Error).message.split('\n')[0]}`);
  }
  if (!isObject(document) || !/^3\./.test(String(document.openapi)) || !isObject(document.paths)) {
    throw new CouldNotRun(`${source} is not an OpenAPI document of version 3.`);
  }
  return document;
}

async function fetched(url: string): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(30_000) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.text();
}
