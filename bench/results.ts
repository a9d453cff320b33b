import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = join(import.meta.dirname, 'RESULTS.md');

/** Keeps the last tables of each part; other sections, such as what people wrote about them, stay as they are. */
export function keep(sections: ReadonlyMap<string, string>): void {
  writeFileSync(FILE, replaced(existsSync(FILE) ? readFileSync(FILE, 'utf8') : '# Figures\n', sections));
}

/** The Markdown `text` with the sections (`## title`) given in place of those that bear the same title, or at the end. */
export function replaced(text: string, sections: ReadonlyMap<string, string>): string {
  const [head = '', ...old] = text.split(/^(?=## )/m);
  const left = new Map(sections);
  const all = old.map((section) => {
    const title = /^## (.*)/.exec(section)?.[1] ?? '';
    const body = left.get(title);
    left.delete(title);
    return body === undefined ? section.trim() : `## ${title}\n\n${body.trim()}`;
  });
  for (const [title, body] of left) all.push(`## ${title}\n\n${body.trim()}`);
  return `${[head.trim(), ...all].join('\n\n')}\n`;
}
