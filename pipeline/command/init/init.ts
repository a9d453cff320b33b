import { mkdir } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { projectFor } from '../../gen/config.ts';
import { Report } from '../../gen/report.ts';
import { describe } from '../../gen/step.ts';
import { server } from '../../gen/steps/server.ts';
import { UsageError } from '../program.ts';
import { documentOf, type GivenDocument } from './document.ts';
import { prepare } from './packageJson.ts';
import { configFile, tsconfig } from './templates.ts';
import { writeMissing } from './writeMissing.ts';

/** Writes what a project lacks, and returns a line for each file. Throws a `UsageError`, before anything is written. */
export async function init(source: string | undefined, out: string): Promise<string[]> {
  const root = resolve(out);
  const document = await documentOf(source, root);
  const manifest = await prepare(root);
  const starters = await serverFiles(document, root);
  await mkdir(root, { recursive: true });
  const files = new Map([
    ...document.files,
    ['tsconfig.json', tsconfig],
    ['openapi-strict.config.ts', configFile(document.path)],
    ...starters,
  ]);
  const lines = [await manifest.write(), ...(await writeMissing(root, files))];
  return [...lines, next(root)];
}

/** The files that gen, too, writes where they are missing: `server/main.ts` and the like. */
async function serverFiles({ path, content }: GivenDocument, root: string): Promise<ReadonlyMap<string, string>> {
  const project = projectFor(join(root, path), root);
  const bundled = { project, document: content, text: '', operations: [], report: new Report() };
  try {
    return (await server.run(bundled)).once ?? new Map();
  } catch (error) {
    throw new UsageError(describe(error).join(' '));
  }
}

function next(root: string): string {
  const folder = relative('.', root);
  return `\nNext: ${folder === '' ? '' : `cd ${folder} && `}npm run gen && npm start`;
}
