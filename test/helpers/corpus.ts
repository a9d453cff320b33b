import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { it } from 'vitest';
import { documentOf } from '../../pipeline/command/mock/serve.ts';
import type { Document } from '../../pipeline/document/types.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/documents');
/** Documents of well-known APIs, which are no part of the repository. */
const CORPUS = process.env.CORPUS ?? join(import.meta.dirname, '../../../shared/corpus');

/** The documents of a folder: a folder in it is one whose parts are files. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isFile()) return /\.(json|ya?ml)$/.test(entry.name) ? [path] : [];
    return [join(path, 'openapi.yaml'), join(path, 'openapi/openapi.yaml')].filter((file) => existsSync(file));
  });

const nameOf = (file: string): string =>
  /^openapi\./.test(basename(file)) ? basename(dirname(file).replace(/\/openapi$/, '')) : basename(file);

/** A test for each fixture, and for each document of the corpus where there is one, read as `openapi-strict mock` does. */
export function ofEachDocument(prove: (document: Document, name: string, file: string) => Promise<void>): void {
  const testEach = (folder: string) =>
    it.each(filesIn(folder).map((file) => [nameOf(file), file] as const))('of %s', async (name, file) =>
      prove(await documentOf(folder, file), name, file),
    );
  testEach(FIXTURES);
  if (existsSync(CORPUS)) testEach(CORPUS);
  else it.todo(`of other people's documents: CORPUS=${CORPUS} does not exist`);
}
