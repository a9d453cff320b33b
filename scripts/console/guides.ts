import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { Marked } from 'marked';
import { anchorOf, sectionsOf } from './sections.ts';

export interface Page {
  /** Its place under /console/, such as `guides/start.html`. */
  readonly fileName: string;
  readonly source: string;
}

const INDEX = 'docs/README.md';

/** The console's files that guides use, by their names under /console/. */
export interface Look {
  readonly style: string;
  readonly icon: string;
  /** The script that adds the search. */
  readonly search: string;
}

interface Guide {
  /** Its place in the repository. */
  readonly file: string;
  readonly title: string;
  readonly text: string;
}

/** The guides as pages that look as the console does, and their sections for the search. */
export function guides(root: string, look: Look): Page[] {
  const all = filesInOrder(root).map((file): Guide => {
    const text = readFileSync(join(root, file), 'utf8');
    return { file, title: plain(/^# (.+)$/m.exec(text)?.[1] ?? 'Guide'), text };
  });
  const files = all.map(({ file }) => file);
  const pages = all.map(({ file, title, text }, index) => {
    const body = renderer(file, files).parse(text, { async: false });
    const parts = { ...look, title, body, isIndex: file === INDEX, neighbours: neighboursOf(all, index) };
    return { fileName: `guides/${pageOf(file)}`, source: page(parts) };
  });
  const sections = all.flatMap(({ file, title, text }) => sectionsOf(pageOf(file), title, text));
  return [...pages, { fileName: 'guides/sections.json', source: JSON.stringify(sections) }];
}

/** The index, then the guides in its order. Throws where there is one that the index does not name. */
function filesInOrder(root: string): string[] {
  const index = readFileSync(join(root, INDEX), 'utf8');
  const links = [...index.matchAll(/\]\(([^)#]+\.md)\)/g)].map(([, path = '']) => posix.join('docs', path));
  const ordered = links.filter((file) => !file.startsWith('examples/'));
  const unnamed = readdirSync(join(root, 'docs'))
    .map((name) => `docs/${name}`)
    .filter((file) => file.endsWith('.md') && file !== INDEX && !ordered.includes(file));
  if (unnamed.length > 0) throw new Error(`${INDEX} has to lead to ${unnamed.join(' and ')}.`);
  return [INDEX, ...ordered];
}

/** The guides before and after one. The index is beside none. */
const neighboursOf = (all: readonly Guide[], index: number): Neighbours =>
  index === 0 ? {} : { before: index === 1 ? undefined : all[index - 1], after: all[index + 1] };

const pageOf = (file: string): string =>
  file === INDEX ? 'index.html' : posix.basename(file).toLowerCase().replace(/\.md$/, '.html');

function renderer(file: string, files: readonly string[]): Marked {
  return new Marked({
    renderer: {
      heading({ tokens, depth, text }) {
        return `<h${depth} id="${anchorOf(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      // Wide blocks scroll by themselves, by keyboard too.
      code({ text }) {
        return `<pre tabindex="0"><code>${escaped(text)}</code></pre>\n`;
      },
      table(token) {
        const rows = [token.header, ...token.rows].map((cells, index) => {
          const tag = index === 0 ? 'th' : 'td';
          return `<tr>${cells.map((cell) => `<${tag}>${this.parser.parseInline(cell.tokens)}</${tag}>`).join('')}</tr>`;
        });
        return `<div class="scrolls" tabindex="0" role="group" aria-label="Table"><table>${rows.join('')}</table></div>\n`;
      },
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens);
        if (/^(https?:|#)/.test(href)) return `<a href="${href}">${text}</a>`;
        const [path = '', anchor] = href.split('#');
        const target = posix.join(posix.dirname(file), path);
        // Other files are in the repository only.
        if (!files.includes(target)) return text;
        return `<a href="${pageOf(target)}${anchor === undefined ? '' : `#${anchor}`}">${text}</a>`;
      },
    },
  });
}

/** A title without Markdown's signs. */
const plain = (text: string): string => text.replaceAll(/[`*<>&]/g, '');

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

interface Neighbours {
  readonly before?: Guide | undefined;
  readonly after?: Guide | undefined;
}

interface Parts extends Look {
  readonly title: string;
  readonly body: string;
  readonly isIndex: boolean;
  readonly neighbours: Neighbours;
}

const page = ({ title, style, icon, search, body, isIndex, neighbours }: Parts): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title} · Amplify Backend authentication</title>
    <link rel="icon" href="../${icon}">
    <link rel="stylesheet" href="../${style}">
    <script type="module" src="../${search}"></script>
  </head>
  <body>
    <nav class="guide-nav" aria-label="Pages"><a href="../">Console</a>${isIndex ? '' : '<a href="./">Guides</a>'}<a href="/docs">Reference</a></nav>
    <main class="guide">
${body}    </main>
${footer(neighbours)}  </body>
</html>
`;

function footer({ before, after }: Neighbours): string {
  const links = [
    before && `<a rel="prev" href="${pageOf(before.file)}">← ${before.title}</a>`,
    after && `<a rel="next" href="${pageOf(after.file)}">${after.title} →</a>`,
  ].filter((link) => link !== undefined);
  if (links.length === 0) return '';
  return `    <nav class="guide-nav guide-beside" aria-label="Guides beside this one">${links.join('')}</nav>\n`;
}
