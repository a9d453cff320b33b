import { join } from 'node:path';
import { expect, it } from 'vitest';
import { guides } from '../../scripts/console/guides.ts';

const pages = new Map(
  guides(join(import.meta.dirname, '../..'), { style: 'assets/s.css', icon: 'assets/i.svg' }).map((page) => [
    page.fileName.replace(/^guides\//, ''),
    page.source,
  ]),
);
const hrefs = (source: string) => [...source.matchAll(/<a href="([^"]*)"/g)].map(([, href = '']) => href);
const elsewhere = ['../', './', '/docs'];

it('every guide of the index is a page of the console', () => {
  const named = hrefs(pages.get('index.html') ?? '').filter((href) => !elsewhere.includes(href));
  expect([...new Set(named)].sort()).toEqual([...pages.keys()].filter((name) => name !== 'index.html').sort());
});

it.each([...pages.keys()])('%s leads to pages and headings that are there', (name) => {
  const source = pages.get(name) ?? '';
  for (const href of hrefs(source)) {
    if (elsewhere.includes(href) || /^https?:/.test(href)) continue;
    const [page = '', anchor] = href.split('#');
    const target = page === '' ? source : pages.get(page);
    expect(target, href).toBeDefined();
    if (anchor !== undefined) expect(target, href).toContain(` id="${anchor}"`);
  }
  expect(source).not.toMatch(/<script|style="|href="[^"]*\.md/);
});
