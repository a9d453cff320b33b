import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { parse } from 'yaml';
import type { Document } from '../../document/types.ts';
import { fetchText, isURL } from '../../gen/source/fetchText.ts';
import { UsageError } from '../program.ts';

export interface GivenDocument {
  /** Its file, as the configuration names it: relative to the project, with `/`. */
  readonly path: string;
  readonly content: Document;
  /** The file itself, where it came from a URL. */
  readonly files: ReadonlyMap<string, string>;
}

const USUAL = ['openapi.yaml', 'openapi.yml', 'openapi.json'];

/** Reads the document of a new project. Throws a `UsageError`. */
export async function documentOf(source: string | undefined, root: string): Promise<GivenDocument> {
  if (source !== undefined && isURL(source)) return fetched(source, root);
  const file = source === undefined ? usual(root) : resolve(source);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'ENOENT' ? 'does not exist' : `can't be read: ${error.message}`;
    throw new UsageError(`The document ${source ?? file} ${reason}.`);
  });
  return { path: relative(root, file).replaceAll(sep, '/'), content: parsed(text, source ?? file), files: new Map() };
}

function usual(root: string): string {
  const found = USUAL.map((name) => join(root, name)).find((file) => existsSync(file));
  if (found !== undefined) return found;
  throw new UsageError(`There is no ${USUAL.join(', ')} in ${root}. Name the document: openapi-strict init FILE|URL.`);
}

async function fetched(url: string, root: string): Promise<GivenDocument> {
  const text = await fetchText(url).catch((error: Error) => {
    throw new UsageError(`${url}: ${error.message}`);
  });
  const content = parsed(text, url);
  const path = /^\s*\{/.test(text) ? 'openapi.json' : 'openapi.yaml';
  const file = join(root, path);
  if (existsSync(file) && (await readFile(file, 'utf8')) !== text) {
    throw new UsageError(`${path} exists and differs from ${url}. Move it away, or run openapi-strict init ${path}.`);
  }
  const outside = referenceOutside(content);
  if (outside !== undefined) {
    throw new UsageError(
      `${url} refers to ${outside} beside it. Download the folder of the document, and run openapi-strict init FILE.`,
    );
  }
  return { path, content, files: new Map([[path, text]]) };
}

function parsed(text: string, source: string): Document {
  let content: unknown;
  try {
    content = /^\s*\{/.test(text) ? JSON.parse(text) : parse(text, { logLevel: 'silent' });
  } catch (error) {
    const [reason = ''] = (error as Error).message.split('\n');
    throw new UsageError(`${source} is neither YAML nor JSON: ${reason.replace(/[:.]?$/, '.')}`);
  }
  const { openapi, swagger } = Object(content) as { openapi?: unknown; swagger?: unknown };
  if (typeof openapi === 'string' && /^3\.[012]/.test(openapi)) return content as Document;
  const version = openapi ?? swagger;
  const found = version === undefined ? 'has no member "openapi"' : `is of version ${JSON.stringify(version)}`;
  throw new UsageError(`${source} ${found}. It must be an OpenAPI document of version 3.0, 3.1 or 3.2.`);
}

/** A reference to a file that would not be saved with the document. */
function referenceOutside(node: unknown): string | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  if ('$ref' in node && typeof node.$ref === 'string' && !node.$ref.startsWith('#') && !isURL(node.$ref)) {
    return node.$ref;
  }
  for (const member of Object.values(node)) {
    const found = referenceOutside(member);
    if (found !== undefined) return found;
  }
  return undefined;
}
