import { describe, expect, it } from 'vitest';
import type { Document } from '../../../pipeline/document/types.ts';
import { normalise } from '../../../pipeline/gen/normalise.ts';
import { Report } from '../../../pipeline/gen/report.ts';

const to = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const text = { type: 'string' };

/** The schemas as gen takes them, and how many remarks there were. */
function taken(schemas: object): { schemas: unknown; remarks: number } {
  const report = new Report();
  const document = { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: {}, components: { schemas } };
  return {
    schemas: normalise(document as unknown as Document, report).components?.schemas,
    remarks: report.remarks.length,
  };
}

describe('a schema that is a part of itself for the same value', () => {
  it.each([
    ['by allOf', { A: { allOf: [text, to('A')] } }, { A: { allOf: [text] } }],
    ['by nothing else', { A: { allOf: [to('A')] } }, { A: {} }],
    ['by a choice', { A: { oneOf: [to('A'), text] } }, { A: { oneOf: [text] } }],
    ['by allOf in a choice', { A: { anyOf: [{ allOf: [to('A')] }, text] } }, { A: { anyOf: [text] } }],
    ['by a choice in a choice', { A: { anyOf: [{ oneOf: [to('A'), text] }] } }, { A: { anyOf: [{ oneOf: [text] }] } }],
    [
      'by allOf of another one',
      { A: { allOf: [to('B')] }, B: { allOf: [to('A'), text] } },
      { A: { allOf: [to('B')] }, B: { allOf: [text] } },
    ],
  ])('is taken without that: %s', (_how, schemas, expected) => {
    expect(taken(schemas)).toEqual({ schemas: expected, remarks: 1 });
  });

  it.each([
    ['a member', { A: { type: 'object', properties: { a: to('A') } } }],
    ['an item', { A: { type: 'array', items: to('A') } }],
    ['a choice that is made of it', { Pet: { oneOf: [to('Cat')] }, Cat: { allOf: [to('Pet'), text] } }],
    ['a choice that is made of it, told first', { Cat: { allOf: [to('Pet'), text] }, Pet: { oneOf: [to('Cat')] } }],
  ])('stays as it is where it says something: %s', (_how, schemas) => {
    expect(taken(schemas)).toEqual({ schemas, remarks: 0 });
  });
});
