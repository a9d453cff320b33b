import { createHash, type Hash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Project } from './config.ts';
import { list, write } from './outputs.ts';
import { hashNow, type Snapshot } from './source/snapshot.ts';

const tools = ['@redocly/cli', '@redocly/openapi-core', 'openapi-typescript', 'typescript'];

interface Stamp {
  /** Marks of what decides what is written. */
  readonly tools: string;
  readonly project: string;
  readonly sources: readonly string[];
  readonly inputs: string;
  /** A mark of the files that were written. */
  readonly files: readonly string[];
  readonly outputs: string;
}

/** Whether the last run that ended well saw the same sources, and everything it left is as it left it. */
export function isUnchanged(project: Project): boolean {
  try {
    const stamp = JSON.parse(readFileSync(join(project.root, stampFile(project)), 'utf8')) as Stamp;
    return (
      stamp.project === projectMark(project) &&
      stamp.tools === toolsMark() &&
      stamp.inputs === hashNow(stamp.sources) &&
      stamp.outputs === outputsMark(project, stamp.files)
    );
  } catch {
    return false;
  }
}

export function remember(project: Project, snapshot: Snapshot, files: readonly string[]): void {
  const stamp: Stamp = {
    tools: toolsMark(),
    project: projectMark(project),
    sources: snapshot.sources,
    inputs: snapshot.hash,
    files,
    outputs: outputsMark(project, files),
  };
  write(project.root, stampFile(project), `${JSON.stringify(stamp, null, 2)}\n`);
}

/** The file that a run leaves for the next one to see that nothing changed. In a folder that no one commits, where there is one. */
export function stampFile({ root, generated }: Pick<Project, 'root' | 'generated'>): string {
  const mark = createHash('sha256').update(generated).digest('hex').slice(0, 8);
  return existsSync(join(root, 'node_modules'))
    ? `node_modules/.cache/openapi-strict/${mark}.json`
    : `${generated}/.gen.json`;
}

const projectMark = (project: Project): string => {
  const { configFile: _file, ...rest } = project;
  return createHash('sha256').update(JSON.stringify(rest)).digest('hex');
};

/** A mark of gen itself and of its tools. */
function toolsMark(): string {
  const hash = createHash('sha256').update(process.version);
  for (const folder of ['.', '../document', '../lint']) {
    const path = join(import.meta.dirname, folder);
    for (const file of list(path)) if (!file.includes('node_modules/')) add(hash, join(path, file));
  }
  const require = createRequire(import.meta.url);
  for (const tool of tools) add(hash, require.resolve(`${tool}/package.json`));
  return hash.digest('hex');
}

/** The files that gen wrote, as they are now. Of the handlers, which people write, only their names. */
function outputsMark({ root, handlers, generated }: Project, files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of files) add(hash, join(root, path));
  hash.update(list(join(root, handlers)).join('\n'));
  hash.update(
    list(join(root, generated))
      .filter((path) => path !== '.gen.json')
      .join('\n'),
  );
  return hash.digest('hex');
}

function add(hash: Hash, path: string): void {
  const content = readFileSync(path);
  hash.update(`${content.length}\n`).update(content);
}
