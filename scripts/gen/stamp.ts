import { createHash, type Hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { list, write } from './outputs.ts';
import { type Project, projectsAt } from './project.ts';

const file = 'node_modules/.cache/gen';
const tools = ['@redocly/cli', 'openapi-typescript', 'typescript', 'yaml'];

/** Everything that decides what gen writes. A rule of lint keeps a document within its folder. */
export function inputsOf(projects: readonly Project[]): string {
  const hash = createHash('sha256');
  const folders = new Set(projects.map(({ root, spec }) => join(root, dirname(spec))));
  const configs = new Set(projects.map(({ root, config }) => join(root, config)));
  for (const root of new Set(projects.map((project) => project.root))) {
    addFolder(hash.update(root), join(root, 'scripts/lint'));
  }
  for (const folder of folders) addFolder(hash, folder);
  for (const config of configs) add(hash, config);
  return hash.update(toolsOf()).digest('hex');
}

/** gen itself, and what it works with. */
export function toolsOf(): string {
  const hash = createHash('sha256').update(process.version);
  addFolder(hash, import.meta.dirname);
  const require = createRequire(import.meta.url);
  for (const tool of tools) add(hash, require.resolve(`${tool}/package.json`));
  return hash.digest('hex');
}

/** Whether the last run that ended well saw the same inputs, and all it left is as it left it. */
export function isUnchanged(root: string, inputs: string): boolean {
  try {
    return readFileSync(join(root, file), 'utf8') === `${inputs} ${outputsOf(root)}`;
  } catch {
    return false;
  }
}

export function remember(root: string, inputs: string): void {
  write(root, file, `${inputs} ${outputsOf(root)}`);
}

/** What gen writes as it is now; of the handlers, which are a person's, only which there are. */
function outputsOf(root: string): string {
  const hash = createHash('sha256');
  addFolder(hash, join(root, 'generated'));
  for (const { paths } of projectsAt(root)) {
    for (const path of [paths.handlers, paths.client]) add(hash, join(root, path));
    hash.update(list(join(root, dirname(paths.handlers))).join('\n'));
  }
  return hash.digest('hex');
}

function addFolder(hash: Hash, folder: string): void {
  for (const path of list(folder)) add(hash.update(`\n${path}\n`), join(folder, path));
}

function add(hash: Hash, path: string): void {
  const content = readFileSync(path);
  hash.update(`${content.length}\n`).update(content);
}
