import type { Document } from '../document/document.ts';
import { inFolder, Sources } from './core.ts';
import type { Project } from './project.ts';
import { StepFailed } from './step.ts';

export interface Bundle {
  readonly document: Document;
  /** The document as it is written, the same for the same content. */
  readonly text: string;
}

/** One document of the many files. Two components of one name and different content are an error, not renamed. */
export async function bundle({ root, spec }: Project): Promise<Bundle> {
  const sources = await Sources.open(inFolder(root, spec), root);
  const places = await sources.places();
  const problems = await sources.bundle();
  if (problems.length === 0) problems.push(...sources.renamed(places));
  if (problems.length > 0) throw new StepFailed(problems.map((problem) => ({ ...problem, rule: 'bundle' })));
  return bundleOf(sources.take() as Document);
}

/** In text and back: what files share is then one object for each place. */
export function bundleOf(document: Document): Bundle {
  const text = `${JSON.stringify(document, null, 2)}\n`;
  return { document: JSON.parse(text), text };
}
