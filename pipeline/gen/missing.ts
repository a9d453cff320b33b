import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isCurrent } from './page-mark.ts';
import { type Project, projectsAt } from './project.ts';

/**
 * Makes what git does not hold from what it holds: the reference page of each bundled document. This runs before every
 * start and every test, so what it takes to build is loaded only when there is something to build.
 */
export async function makeMissing(root: string, say: (line: string) => void): Promise<boolean> {
  for (const project of projectsAt(root)) if (!(await makePage(project, say))) return false;
  return true;
}

async function makePage(project: Project, say: (line: string) => void): Promise<boolean> {
  const { document } = project.paths;
  let text: string;
  try {
    text = readFileSync(join(project.root, document), 'utf8');
  } catch {
    say(`${document} is missing: \`npm run gen\` makes it.`);
    return false;
  }
  if (isCurrent(project, text)) return true;
  const { rebuild } = await import('./rebuild.ts');
  return rebuild(project, text, say);
}
