import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Document } from './document.ts';
import type { Project } from './project.ts';
import { redocly } from './redocly.ts';
import { type Problem, StepFailed } from './step.ts';

export interface Bundle {
  readonly document: Document;
  /** The document as it is written, the same for the same content. */
  readonly text: string;
}

/** One document of the many files. Two components of one name and different content are an error, not renamed. */
export async function bundle({ root, spec, config }: Project, temp: string, signal: AbortSignal): Promise<Bundle> {
  const file = join(temp, 'openapi.json');
  const args = [
    'bundle',
    spec,
    `--config=${config}`,
    '--component-renaming-conflicts-severity=error',
    // Meant for the reference page.
    '--skip-decorator=house/operation-titles',
    `--output=${file}`,
  ];
  const { code, stderr } = await redocly(args, { cwd: root, signal });
  const problems = problemsIn(stderr);
  if (problems.length > 0) throw new StepFailed(problems);
  if (code !== 0) throw new StepFailed(stderr.trim() || `redocly bundle ended with ${code}.`);
  const document = JSON.parse(await readFile(file, 'utf8')) as Document;
  return { document, text: `${JSON.stringify(document, null, 2)}\n` };
}

/** Bundling reports in prose alone: `[1] file:line:col at #/pointer`, an empty line, the message. */
function problemsIn(stderr: string): Problem[] {
  const matches = stderr.matchAll(/^\[\d+\] (\S.*?:\d+:\d+)(?: at .*| )?\n\n([\s\S]*?)\n\n/gm);
  return [...matches].map(([, place = '', message = '']) => ({ place, rule: 'bundle', message }));
}
