import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { documentOf } from '../../pipeline/command/mock/serve.ts';
import { callEverything } from '../helpers/callEverything.ts';

/** Documents of well-known APIs, which are no part of the repository. */
const CORPUS = process.env.CORPUS ?? join(import.meta.dirname, '../../../shared/corpus');
const FIXTURES = join(import.meta.dirname, '../fixtures/documents');

/** The documents of a folder: a folder in it is one whose parts are files. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isFile()) return /\.(json|ya?ml)$/.test(entry.name) ? [path] : [];
    return [join(path, 'openapi.yaml'), join(path, 'openapi/openapi.yaml')].filter((file) => existsSync(file));
  });

const nameOf = (file: string): string =>
  /^openapi\./.test(basename(file)) ? basename(dirname(file).replace(/\/openapi$/, '')) : basename(file);

/** What no value can fit, so that it can be neither sent nor answered. */
const IMPOSSIBLE = [
  // A text of 24 characters at most that is a UUID.
  /^POST \/conversations 400 .*must match format \\"uuid\\"/,
  // A readOnly member alone tells the branches apart, so that a request matches several.
  /^(POST|PUT) \/users\/\{id\}\/contact_methods.* 400 .*must match exactly one schema in oneOf/,
  // One schema stands in a oneOf twice.
  /AutomationActions?Invocation breaks the contract: \/response\/invocation\/metadata\/agent must match exactly one/,
];
const isPossible = (fault: string): boolean => !IMPOSSIBLE.some((words) => words.test(fault));

const rows: Record<string, object> = {};
afterAll(() => console.table(rows));

/** Served as `openapi-strict mock` serves it. */
async function callAll(file: string): Promise<void> {
  const began = performance.now();
  const document = await documentOf(FIXTURES, file);
  const { operations, answers, statuses, refused, faults } = await callEverything(document);
  const counts = { operations, answers, refused: refused.length, faults: faults.length };
  rows[nameOf(file)] = { ...counts, 500: statuses[500] ?? 0, seconds: Math.round((performance.now() - began) / 1000) };
  expect([...faults, ...refused].filter(isPossible)).toEqual([]);
  expect([statuses[500], statuses[0]]).toEqual([undefined, undefined]);
}

describe('every operation takes a request that its document allows, and each of its answers is as documented', () => {
  it.each(filesIn(FIXTURES).map((file) => [nameOf(file), file]))('of %s', (_name, file) => callAll(file));

  if (existsSync(CORPUS)) {
    it.each(filesIn(CORPUS).map((file) => [nameOf(file), file]))('of %s', (_name, file) => callAll(file));
  } else {
    it.todo(`of other people's documents: CORPUS=${CORPUS} does not exist`);
  }
});
