import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MARK, markOf } from '../built.ts';
import { bundled } from '../bundled.ts';
import { CONSOLE, FOLDER } from './console.ts';
import { guides } from './guides.ts';

/** The script of the guides, beside the console's own. */
const SEARCH = 'guides/search.ts';

/** Builds the console, and the guides as pages beside it, into server/console/dist. The files it is not made of any more are gone afterwards. */
export async function buildConsole(root: string): Promise<void> {
  const mark = markOf(root, CONSOLE);
  const output = await bundled({
    root: join(root, FOLDER),
    base: '/console/',
    input: [join(root, FOLDER, 'index.html'), join(root, FOLDER, SEARCH)],
  });
  const dist = join(root, CONSOLE.dist);
  const built = output.map((file) => ({
    fileName: file.fileName,
    source: file.type === 'chunk' ? file.code : file.source,
  }));
  const named = (end: string) => built.find(({ fileName }) => fileName.endsWith(end))?.fileName ?? '';
  const search = output.find((file) => file.type === 'chunk' && file.facadeModuleId?.endsWith(SEARCH))?.fileName ?? '';
  // The pages come last: whoever reads one finds all that it names. Two builds at once write the same.
  const last = ({ fileName }: { fileName: string }) => Number(fileName.endsWith('.html'));
  const look = { style: named('.css'), icon: named('.svg'), search };
  const files = [...built, ...guides(root, look)].sort((a, b) => last(a) - last(b));
  for (const file of files) {
    const path = join(dist, file.fileName);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, file.source);
  }
  const names = new Set(files.map(({ fileName }) => fileName));
  for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(dist.length + 1).replaceAll('\\', '/');
    if (entry.isFile() && !names.has(name)) rmSync(path);
  }
  writeFileSync(join(dist, MARK), mark);
}
