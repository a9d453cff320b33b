import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MARK, markOf } from '../built.ts';
import { bundled } from '../bundled.ts';
import { FOLDER, TRY_PAGE } from './tryPage.ts';

/** Builds the page into pipeline/forms/dist/try.html: one file, so that gen has one to copy and a server one to send. */
export async function buildTryPage(root: string): Promise<void> {
  const mark = markOf(root, TRY_PAGE);
  const output = await bundled({ root: join(root, FOLDER), base: './' });
  const texts = new Map(output.map((file) => [file.fileName, file.type === 'chunk' ? file.code : `${file.source}`]));
  const inline = (name: string): string => {
    const text = texts.get(name.replace(/^\.\//, ''));
    if (text === undefined) throw new Error(`The page names ${name}, which was not built.`);
    return text;
  };
  const page = (texts.get('index.html') ?? '')
    .replace(/<link rel="stylesheet"[^>]* href="([^"]+)">/, (_tag, name) => `<style>${inline(name)}</style>`)
    .replace(/<script type="module"[^>]* src="([^"]+)"><\/script>/, (_tag, name) => {
      const code = inline(name).replaceAll(/<\/script/gi, '<\\/script');
      return `<script type="module">${code}</script>`;
    });
  const dist = join(root, TRY_PAGE.dist);
  mkdirSync(dist, { recursive: true });
  writeFileSync(join(dist, 'try.html'), page);
  writeFileSync(join(dist, MARK), mark);
}
