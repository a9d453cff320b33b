import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');

export interface Page {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}

/** The pages that are written for people. */
export const pages: readonly Page[] = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  'pipeline/contract/README.md',
  'examples/README.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
].map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

export interface Block {
  readonly language: string;
  readonly code: string;
  /** `alone` after `<!-- run -->`, `together` after `<!-- run together -->`: with the page's others, as one program. */
  readonly runs: 'alone' | 'together' | undefined;
}

export const blocksOf = ({ text }: Page): Block[] =>
  [...text.matchAll(/(<!-- run(?: together)? -->\n)?^```(\w*)\n(.*?)^```$/gms)].map(
    ([, mark, language = '', code = '']) => ({
      language,
      code,
      runs: mark === undefined ? undefined : mark.includes('together') ? 'together' : 'alone',
    }),
  );

/** Where links lead that are neither to another site nor in code. */
export function linksOf({ text }: Page): string[] {
  const prose = text.replaceAll(/^```.*?^```$/gms, '').replaceAll(/`[^`\n]*`/g, '');
  const inline = [...prose.matchAll(/\]\(([^)\s]+)\)/g)];
  const defined = [...prose.matchAll(/^\[[^\]]+\]: (\S+)$/gm)];
  return [...inline, ...defined].map(([, target = '']) => target).filter((target) => !/^[a-z]+:/i.test(target));
}

/** The anchors of a page's headings, made as GitHub makes them. */
export const anchorsOf = (text: string): string[] =>
  [...text.replaceAll(/^```.*?^```$/gms, '').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

/** All that stands in code, a command over several lines as one. */
export const codeOf = (page: Page): string[] => [
  ...blocksOf(page).map(({ code }) => code.replaceAll(/\\\n\s*/g, ' ')),
  ...[...page.text.replaceAll(/^```.*?^```$/gms, '').matchAll(/`([^`]+)`/g)].map(([, code = '']) => code),
];
