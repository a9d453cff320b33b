import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Writes the files that do not exist yet, and returns a line for each. */
export async function writeMissing(root: string, files: Iterable<readonly [string, string]>): Promise<string[]> {
  const lines: string[] = [];
  for (const [path, text] of files) {
    const file = join(root, path);
    await mkdir(dirname(file), { recursive: true });
    try {
      await writeFile(file, text, { flag: 'wx' });
      lines.push(`Wrote ${path}.`);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      lines.push(`Kept ${path}.`);
    }
  }
  return lines;
}
