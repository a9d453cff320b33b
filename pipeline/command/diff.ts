import { writeFile } from 'node:fs/promises';
import { CanNotCompare, type Comparison, compare, saysMajor } from './diff/compare.ts';
import { type AddCommand, UsageError } from './program.ts';

interface Given {
  readonly released: string;
  readonly document: string;
  readonly markdown?: string;
}

const AFTER = `
A breaking change fails unless info.version says so: 1.2.0 → 2.0.0, or 0.1.0 → 0.2.0.

Exit codes: 0 nothing breaks, 1 something does, 2 could not compare.

Example: openapi-strict diff --released openapi-1.0.0.yaml --document openapi.yaml`;

export const addDiff: AddCommand = (program, done) => {
  program
    .command('diff')
    .summary('rate every change of the document since it was released')
    .description('Rates every change of the document since it was last released: major, minor or patch.')
    .option('--released <file>', 'the released document', 'spec/released/openapi.json')
    .option('--document <file>', 'the document as it is now', 'generated/openapi.json')
    .option('--markdown <file>', 'write a table for a pull request, too')
    .addHelpText('after', AFTER)
    .allowExcessArguments(false)
    .action(async (given: Given) => done(await diff(given)));
};

async function diff({ released, document, markdown }: Given): Promise<number> {
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
