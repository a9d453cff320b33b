import { createHash, type Hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { list, write } from './outputs.ts';
import type { Project } from './project.ts';

const tools = ['@redocly/cli', 'openapi-typescript', 'typescript', 'yaml'];

/** Everything that decides what gen writes. A rule of lint keeps a document within its folder. */
export function inputsOf({ root, spec, config, foreign }: Project): string {
  const hash = createHash('sha256').update(root);
  addFolder(hash, root, dirname(spec), foreign);
  addFolder(hash, root, 'pipeline/lint');
  add(hash, join(root, config));
  return hash.update(toolsOf()).digest('hex');
}

/** gen itself, and what it works with. */
export function toolsOf(): string {
  const hash = createHash('sha256').update(process.version);
  addFolder(hash, import.meta.dirname, '.');
  const require = createRequire(import.meta.url);
  for (const tool of tools) add(hash, require.resolve(`${tool}/package.json`));
  return hash.digest('hex');
}

/** Whether the last run that ended well saw the same inputs, and all it left is as it left it. */
export function isUnchanged(project: Project, inputs: string): boolean {
  try {
    return readFileSync(join(project.root, fileOf(project)), 'utf8') === `${inputs} ${outputsOf(project)}`;
  } catch {
    return false;
  }
}

export function remember(project: Project, inputs: string): void {
  write(project.root, fileOf(project), `${inputs} ${outputsOf(project)}`);
}

/** Each document has one of its own. */
const fileOf = ({ spec }: Project): string => `node_modules/.cache/gen-${basename(spec, '.yaml')}`;

/** What gen writes as it is now; of the handlers, which are a person's, only which there are. */
function outputsOf({ root, paths }: Project): string {
  const hash = createHash('sha256');
  for (const path of Object.values(paths)) add(hash, join(root, path));
  hash.update(list(join(root, dirname(paths.handlers))).join('\n'));
  hash.update(list(join(root, 'generated')).join('\n'));
  return hash.digest('hex');
}

function addFolder(hash: Hash, root: string, folder: string, except?: RegExp): void {
  for (const file of list(join(root, folder))) {
    const path = `${folder}/${file}`;
    if (!except?.test(path)) add(hash.update(`\n${path}\n`), join(root, path));
  }
}

function add(hash: Hash, path: string): void {
  const content = readFileSync(path);
  hash.update(`${content.length}\n`).update(content);
}
