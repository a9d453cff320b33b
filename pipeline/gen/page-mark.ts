import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { Project } from './project.ts';

/** Whether the page at hand shows this document. Reads no more than the page's first line. */
export function isCurrent(project: Project, text: string): boolean {
  let file: number;
  try {
    file = openSync(join(project.root, project.paths.docs), 'r');
  } catch {
    return false;
  }
  try {
    const head = Buffer.alloc(256);
    readSync(file, head);
    return head.includes(`<!-- ${markOf(project, text)} -->`);
  } finally {
    closeSync(file);
  }
}

/** A mark of what the page is made of: the document, how it is to look, and the code that makes it. */
export function markOf({ root, config }: Pick<Project, 'root' | 'config'>, text: string): string {
  const hash = createHash('sha256')
    .update(text)
    .update(readFileSync(join(root, config)));
  for (const file of ['docs.ts', 'page.ts', '../lint/operation-titles.ts'])
    hash.update(readFileSync(join(import.meta.dirname, file)));
  return hash.digest('hex');
}
