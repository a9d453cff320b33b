import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Document } from '../../pipeline/document/types.ts';
import { callEverything } from '../helpers/callEverything.ts';
import { Workshop } from '../helpers/workshop.ts';

/** Documents of well-known APIs, which are no part of the repository. */
const CORPUS = process.env.CORPUS ?? join(import.meta.dirname, '../../../shared/corpus');
const FIXTURES = join(import.meta.dirname, '../fixtures/documents');

const filesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => /\.(json|ya?ml)$/.test(name))
    .map((name) => join(folder, name));

function read(file: string): Document | undefined {
  const document = parse(readFileSync(file, 'utf8'), { merge: true, maxAliasCount: -1 }) as Document;
  return document?.openapi === undefined ? undefined : document;
}

/** The document as gen bundles it, of however many files it is made. */
async function bundled(file: string): Promise<Document> {
  using shop = new Workshop();
  expect(await shop.gen(file, 'made', { page: false })).toMatchObject({ code: 0 });
  return JSON.parse(shop.read('made/generated/openapi.json')) as Document;
}

async function callAll(document: Document | undefined, file: string): Promise<void> {
  if (document === undefined) return;
  const { operations, statuses, refused, faults } = await callEverything(document);
  console.log(`${basename(file)}: ${operations} operations, ${JSON.stringify(statuses)}, ${refused.length} refused`);
  expect(faults).toEqual([]);
  expect(refused).toEqual([]);
}

describe('no operation answers 500, to good requests and to bad ones', () => {
  it.each(filesIn(FIXTURES).map((file) => [basename(file), file]))('of %s', async (_name, file) =>
    callAll(await bundled(file), file),
  );

  if (existsSync(CORPUS)) {
    it.each(filesIn(CORPUS).map((file) => [basename(file), file]))('of %s', (_name, file) => callAll(read(file), file));
  } else {
    it.todo(`of other people's documents: CORPUS=${CORPUS} does not exist`);
  }
});
