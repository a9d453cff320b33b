import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { CanNotCompare, compare, isLater, saysMajor, versionOf } from '../pipeline/command/diff/compare.ts';

/** Makes the document as it is now the released one, which later changes are rated against. */
const ROOT = join(import.meta.dirname, '..');
const DOCUMENT = join(ROOT, 'generated/openapi.json');
const RELEASED = join(ROOT, 'spec/released/openapi.json');

process.exitCode = await main();

async function main(): Promise<number> {
  try {
    const refusal = await reasonNotTo();
    if (refusal !== undefined) {
      console.error(refusal);
      return 1;
    }
    await mkdir(dirname(RELEASED), { recursive: true });
    await copyFile(DOCUMENT, RELEASED);
    console.log(`${relative(ROOT, RELEASED)} is ${await versionOf(DOCUMENT)} now.`);
    return 0;
  } catch (error) {
    if (!(error instanceof CanNotCompare)) throw error;
    console.error(error.message);
    return 2;
  }
}

async function reasonNotTo(): Promise<string | undefined> {
  const before = await versionOf(RELEASED).catch(() => undefined);
  if (before === undefined) return undefined; // the first one
  const { changes, released, version } = await compare(RELEASED, DOCUMENT);
  if (changes.length === 0) return `Nothing changed since ${released} was released.`;
  if (changes.some(({ impact }) => impact === 'major') && !saysMajor(released, version)) {
    return `Something breaks, and ${released} → ${version} does not say so; npm run diff shows what.`;
  }
  return isLater(released, version) ? undefined : `Raise info.version in spec/openapi.yaml above ${released} first.`;
}
