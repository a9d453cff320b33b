import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { guides } from '../../scripts/console/guides.ts';
import { findSections, type Section } from '../../server/console/guides/sections.ts';

const pages = new Map(
  guides(join(import.meta.dirname, '../..'), {
    style: 'assets/s.css',
    icon: 'assets/i.svg',
    search: 'assets/s.js',
  }).map((page) => [page.fileName.replace(/^guides\//, ''), page.source]),
);
const sections: Section[] = JSON.parse(pages.get('sections.json') ?? '[]');
pages.delete('sections.json');
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
  expect(source).not.toMatch(/<script>|style="|href="[^"]*\.md/);
});

it('guides lead on to the next and back, in the order of the index', () => {
  const order = [...new Set(hrefs(pages.get('index.html') ?? ''))].filter((href) => pages.has(href));
  const beside = (page: string, rel: string) =>
    new RegExp(`<a rel="${rel}" href="([^"]*)"`).exec(pages.get(page) ?? '')?.[1];
  for (const [index, page] of order.entries()) {
    expect([beside(page, 'prev'), beside(page, 'next')]).toEqual([order[index - 1], order[index + 1]]);
  }
});

describe('the search', () => {
  it('leads to headings that are there', () => {
    const anchors = sections.map(({ href }) => href.split('#') as [string, string]);
    expect(anchors.filter(([page, anchor]) => !pages.get(page)?.includes(` id="${anchor}"`))).toEqual([]);
  });

  it('finds the section that is about the words first, and each section that has all of them', () => {
    const found = findSections(sections, 'Five  WAYS');
    expect(findSections(sections, 'openapi-strict.config.ts')[0]).toMatchObject({
      guide: 'Configuration',
      heading: 'openapi-strict.config.ts',
    });
    expect(found.length).toBeGreaterThan(0);
    for (const { guide, heading, text } of found) {
      expect(`${guide} ${heading} ${text}`.toLowerCase()).toMatch(/five.*ways|ways.*five/s);
    }
  });

  it('shows the words where they stand', () => {
    const [first] = findSections(sections, 'METRICS_TOKEN');
    expect(first?.excerpt).toContain('METRICS_TOKEN');
    expect(first?.excerpt.length).toBeLessThan(250);
  });

  it.each(['', '  ', 'nothing-has-this-word'])('finds nothing for %j', (query) => {
    expect(findSections(sections, query)).toEqual([]);
  });
});
