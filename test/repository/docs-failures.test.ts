import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { titlesOf } from '../helpers/titles.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/failures.md'), 'utf8').replaceAll(/\s*\n\s*/g, ' ');

// A sentence in bold, and the file that is named right behind it.
const sentences = [...page.matchAll(/\*\*([^*]+?)\.?\*\*\.?(?: \(`([^`]+)`)?/g)].map(
  ([, sentence = '', file = 'test/server/failures.test.ts']) => ({ sentence, file }),
);

describe('docs/failures.md', () => {
  it.each(sentences)('has a test for: $sentence', ({ sentence, file }) => {
    expect(titlesOf(file).some((title) => says(title, sentence))).toBe(true);
  });

  it('tells of all that may fail', () => {
    for (const what of ['throw', 'SIGTERM', 'SIGKILL', 'database is lost', 'disk is full'])
      expect(page).toContain(what);
    expect(sentences.length).toBeGreaterThanOrEqual(11);
  });

  it('would lack a test if a word of a sentence were another one', () => {
    const titles = titlesOf('test/server/failures.test.ts');
    const [title = ''] = titles;
    expect(titles.some((one) => says(one, title))).toBe(true);
    expect(titles.some((one) => says(one, title.replace(/\w+$/, 'never')))).toBe(false);
  });
});

/** Whether a title is the sentence, but for the case of its first letter and for what a `…` stands for. */
function says(title: string, sentence: string): boolean {
  const pattern = title
    .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('…', '\\S+')
    .replace(/^[a-z]/i, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`);
  return new RegExp(`^${pattern}$`).test(sentence);
}
