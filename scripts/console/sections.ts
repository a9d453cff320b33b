import { Marked, type Token } from 'marked';
import type { Section } from '../../server/console/guides/sections.ts';

/** A guide's sections, for the search: a heading with what stands below it, up to the next one. */
export function sectionsOf(page: string, guide: string, text: string): Section[] {
  const sections: (Section & { text: string })[] = [];
  for (const token of new Marked().lexer(text)) {
    if (token.type === 'heading') {
      const heading = textOf(token.tokens ?? []);
      sections.push({ href: `${page}#${anchorOf(token.text)}`, guide, heading, text: '' });
    } else {
      const last = sections.at(-1);
      if (last !== undefined) last.text = `${last.text} ${textOf([token])}`.replaceAll(/\s+/g, ' ').trim();
    }
  }
  return sections;
}

/** As GitHub makes them: the guides' links are written for it. */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');

/** The words of Markdown, without its signs. */
function textOf(tokens: readonly Token[]): string {
  return tokens
    .map((token): string => {
      if (token.type === 'html') return '';
      if (token.type === 'table') {
        const cells = [token.header, ...token.rows].flat() as { tokens: Token[] }[];
        return cells.map((cell) => textOf(cell.tokens)).join(' ');
      }
      if (token.type === 'list') return token.items.map((item: Token) => textOf([item])).join(' ');
      return 'tokens' in token && token.tokens ? textOf(token.tokens) : `${'text' in token ? token.text : ''}`;
    })
    .join('');
}
