import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CanNotCompare, type Comparison, compare, saysMajor } from './diff-compare.ts';

const ROOT = join(import.meta.dirname, '../..');
const HELP = `Rates every change of the document since it was last released.

Usage: npm run diff -- [options]

  --markdown FILE   write the table for a pull request too
  --document FILE   the document (default generated/openapi.json)
  --released FILE   the released one (default spec/released/openapi.json)
  --help            show this

A breaking change fails unless info.version says so: 1.2.0 → 2.0.0, and 0.1.0 → 0.2.0.
Exit codes: 0 nothing breaks, 1 something does, 2 could not compare.`;

process.exitCode = await main();

async function main(): Promise<number> {
  try {
    const { markdown, document, released, help } = options();
    if (help) {
      console.log(HELP);
      return 0;
    }
    const comparison = await compare(
      released ?? join(ROOT, 'spec/released/openapi.json'),
      document ?? join(ROOT, 'generated/openapi.json'),
    );
    if (markdown !== undefined) await writeFile(markdown, comparison.markdown);
    return tell(comparison);
  } catch (error) {
    if (!(error instanceof CanNotCompare)) throw error;
    console.error(error.message);
    return 2;
  }
}

function options() {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      options: { markdown: text, document: text, released: text, help: { type: 'boolean' } },
      strict: true,
    }).values;
  } catch (error) {
    throw new CanNotCompare(`${(error as Error).message.split(/\.\s|\n/)[0]}. Run with --help to see what there is.`);
  }
}

function tell({ changes, released, version }: Comparison): number {
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
