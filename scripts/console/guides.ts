import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { Marked } from 'marked';

export interface Page {
  /** Its place under /console/, such as `guides/start.html`. */
  readonly fileName: string;
  readonly source: string;
}

/** Guides that lie elsewhere than in docs/. */
const OTHERS = ['SECURITY.md'];
const INDEX = 'docs/README.md';

/** The console's style sheet and icon, by their names under /console/. */
export interface Look {
  readonly style: string;
  readonly icon: string;
}

/** The guides as pages that look as the console does. */
export function guides(root: string, look: Look): Page[] {
  const inDocs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
  const files = [...inDocs.map((name) => `docs/${name}`), ...OTHERS];
  return files.map((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const title = /^# (.+)$/m.exec(text)?.[1] ?? 'Guide';
    const back = file === INDEX ? '' : '<a href="./">Guides</a>';
    const body = renderer(file, files).parse(text, { async: false });
    return { fileName: `guides/${pageOf(file)}`, source: page({ ...look, title, back, body }) };
  });
}

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

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** As GitHub makes them: the guides' links are written for it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');

interface Parts extends Look {
  readonly title: string;
  readonly back: string;
  readonly body: string;
}

const page = ({ title, style, icon, back, body }: Parts): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title.replaceAll(/[`<>&]/g, '')} · Amplify Backend authentication</title>
    <link rel="icon" href="../${icon}">
    <link rel="stylesheet" href="../${style}">
  </head>
  <body>
    <nav class="guide-nav" aria-label="Pages"><a href="../">Console</a>${back}<a href="/docs">Reference</a></nav>
    <main class="guide">
${body}    </main>
  </body>
</html>
`;
