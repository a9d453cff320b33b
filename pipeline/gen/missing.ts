import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { type Project, projectsAt } from './config.ts';
import { write } from './outputs.ts';
import { describe, seconds } from './step.ts';
import { markOf, pageOf, pathOf } from './steps/page.ts';
import { builtPage, hasTryPage, tryPathOf } from './steps/tryPage.ts';

/**
 * Makes what git does not hold from what it holds: the reference page of each bundled document. This runs before every
 * start and every test, so it says nothing and reads little where there is nothing to do.
 */
export async function makeMissing(root: string, say: (line: string) => void): Promise<boolean> {
  try {
    for (const project of await projectsAt(root)) {
      if (project.page && !(await makePage(project, say))) return false;
      if (hasTryPage(project)) copyTryPage(project, say);
    }
    return true;
  } catch (error) {
    for (const line of describe(error)) say(line);
    return false;
  }
}

async function makePage(project: Project, say: (line: string) => void): Promise<boolean> {
  const document = `${project.generated}/openapi.json`;
  let text: string;
  try {
    text = readFileSync(join(project.root, document), 'utf8');
  } catch {
    say(`${document} is missing: \`npm run gen\` makes it.`);
    return false;
  }
  const path = pathOf(project);
  if (isCurrent(join(project.root, path), markOf(project, text))) return true;
  const began = performance.now();
  write(project.root, path, await pageOf(project, text));
  say(`Made ${path}. (${seconds(performance.now() - began)})`);
  return true;
}

function copyTryPage(project: Project, say: (line: string) => void): void {
  const page = builtPage();
  const path = tryPathOf(project);
  const file = join(project.root, path);
  if (page === undefined || (existsSync(file) && readFileSync(file, 'utf8') === page)) return;
  write(project.root, path, page);
  say(`Made ${path}.`);
}

/** Whether the page at hand bears this mark. Reads no more than its first line. */
function isCurrent(path: string, mark: string): boolean {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return false;
  }
  try {
    const head = Buffer.alloc(256);
    readSync(file, head);
    return head.includes(`<!-- ${mark} -->`);
  } finally {
    closeSync(file);
  }
}
