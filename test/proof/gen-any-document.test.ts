import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { anyDocument } from '../helpers/anyDocument.ts';
import { Workshop } from '../helpers/workshop.ts';

const numRuns = Number(process.env.DOCUMENTS ?? 40);

describe('any small document', () => {
  const shop = new Workshop();
  afterAll(() => shop[Symbol.dispose]());
  let count = 0;

  test('is generated, or refused in one sentence for a reference that leads back to itself', async () => {
    const property = fc.asyncProperty(anyDocument, async (document) => {
      const name = `any${count++}`;
      const spec = shop.write(`${name}.json`, JSON.stringify(document));
      const { code, complaints } = await shop.gen(spec, name);
      if (code !== 0) expect(complaints.join('\n')).toMatch(/leads back to itself/);
    });
    await fc.assert(property, { numRuns });
  });

  test('gives what type-checks', () => {
    const errors = shop.typeErrors(shop.files().filter((file) => file.endsWith('.ts')));
    const failed = [...new Set(errors.map((error) => error.split('/')[0]))].slice(0, 3);
    expect(errors, failed.map((name) => shop.read(`${name}.json`)).join('\n')).toEqual([]);
  });
});
