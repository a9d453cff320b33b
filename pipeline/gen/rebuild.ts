import { docs } from './docs.ts';
import { write } from './outputs.ts';
import { selfContained } from './page.ts';
import { markOf } from './page-mark.ts';
import type { Project } from './project.ts';
import { describe, seconds, start } from './step.ts';
import { tempFolder } from './temp.ts';

/** Makes the reference page of a document that is bundled already. */
export async function rebuild(project: Project, text: string, say: (line: string) => void): Promise<boolean> {
  using temp = tempFolder();
  const { paths } = project;
  try {
    const { value, ms } = await start('docs', () => docs(project, paths.document, temp.path)).result;
    write(project.root, paths.docs, selfContained(value, text, markOf(project, text)));
    say(`Made ${paths.docs}. (${seconds(ms)})`);
    return true;
  } catch (error) {
    for (const line of describe(error)) say(`${paths.docs}: ${line}`);
    return false;
  }
}
