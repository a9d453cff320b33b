import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Project } from './project.ts';
import { redocly } from './redocly.ts';
import { StepFailed } from './step.ts';

/** Redoc's page of a document, bundled or not, as one HTML file. What it still fetches, page.ts takes out. */
export async function docs(
  { root, config }: Pick<Project, 'root' | 'config'>,
  source: string,
  temp: string,
  signal?: AbortSignal,
): Promise<string> {
  const page = join(temp, 'index.html');
  const args = ['build-docs', source, `--config=${config}`, '--inlineBundle', `--output=${page}`];
  const { code, stderr } = await redocly(args, { cwd: root, ...(signal && { signal }) });
  if (code !== 0) {
    // Among what it says are a box about its new version, and a place in what may be a temporary file.
    const words = stderr.replaceAll(/^.*[╔║╚].*$| in "[^"]*" \(\d+:\d+\)/gm, '').trim();
    throw new StepFailed(words || `redocly build-docs ended with ${code}.`);
  }
  return readFile(page, 'utf8');
}
