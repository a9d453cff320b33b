import { writeFile } from 'node:fs/promises';
import { UsageError } from '../program.ts';
import { CanNotCompare, type Comparison, compare, saysMajor } from './compare.ts';

export interface Given {
  readonly released: string;
  readonly document: string;
  readonly markdown?: string | undefined;
}

/** Prints how two documents differ, and returns the exit code. Throws a `UsageError`. */
export async function diff({ released, document, markdown }: Given): Promise<number> {
  try {
    const comparison = await compare(released, document);
    if (markdown !== undefined) await writeFile(markdown, comparison.markdown);
    return print(comparison);
  } catch (error) {
    if (error instanceof CanNotCompare) throw new UsageError(error.message);
    const { code, message } = error as NodeJS.ErrnoException;
    if (markdown !== undefined && code !== undefined) throw new UsageError(`${markdown} can't be written: ${message}.`);
    throw error;
  }
}

function print({ changes, released, version }: Comparison): number {
  for (const { impact, kind, path, messages } of changes) {
    console.log(`${impact.padEnd(6)} ${kind} ${path}${messages.map((message) => `\n         ${message}`).join('')}`);
  }
  const count = (impact: string) => `${changes.filter((change) => change.impact === impact).length} ${impact}`;
  const summary = `${released} → ${version}: ${['major', 'minor', 'patch'].map(count).join(', ')}`;
  const breaking = changes.some(({ impact }) => impact === 'major');
  if (!breaking || saysMajor(released, version)) {
    console.log(changes.length === 0 ? `Nothing changed since ${released} was released.` : `${summary}. Passed.`);
    return 0;
  }
  console.log(`${summary}. A breaking change needs an info.version that says so.`);
  return 1;
}
