import { afterAll, describe, expect } from 'vitest';
import type { Document } from '../../pipeline/document/types.ts';
import { callEverything } from '../helpers/callEverything.ts';
import { ofEachDocument } from '../helpers/corpus.ts';

/** Schemas that no value satisfies, so nothing can be sent or answered. */
const IMPOSSIBLE = [
  // A text of 24 characters at most that is a UUID.
  /^POST \/conversations 400 .*must match format \\"uuid\\"/,
];
const isPossible = (fault: string): boolean => !IMPOSSIBLE.some((words) => words.test(fault));

const rows: Record<string, object> = {};
afterAll(() => console.table(rows));

/** Served as `openapi-strict mock` serves it. */
async function callAll(document: Document, name: string): Promise<void> {
  const began = performance.now();
  const { operations, answers, statuses, refused, faults } = await callEverything(document);
  const counts = { operations, answers, refused: refused.length, faults: faults.length };
  rows[name] = { ...counts, 500: statuses[500] ?? 0, seconds: Math.round((performance.now() - began) / 1000) };
  expect([...faults, ...refused].filter(isPossible)).toEqual([]);
  expect([statuses[500], statuses[0]]).toEqual([undefined, undefined]);
}

describe('every operation takes a request that its document allows, and each of its answers is as documented', () => {
  ofEachDocument(callAll);
});
