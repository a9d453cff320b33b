import { join } from 'node:path';
import { makeMissing } from '../pipeline/gen/missing.ts';
import { type Built, isBuilt } from './built.ts';
import { CONSOLE } from './console/console.ts';
import { TRY_PAGE } from './tryPage/tryPage.ts';

// node scripts/missing.ts [tryPage]: makes the pages that git does not hold where they are missing, or not built of the
// code at hand: all of them, or those that gen copies. It runs before every start, so Vite is loaded only when needed.
const root = join(import.meta.dirname, '..');

await make(TRY_PAGE, 'the page for trying operations', async () =>
  (await import('./tryPage/build.ts')).buildTryPage(root),
);
if (process.argv[2] !== 'tryPage') {
  if (!(await makeMissing(root, (line) => console.error(line)))) process.exit(1);
  await make(CONSOLE, 'the console', async () => (await import('./console/build.ts')).buildConsole(root));
}

async function make(built: Built, name: string, build: () => Promise<void>): Promise<void> {
  if (isBuilt(root, built)) return;
  const began = performance.now();
  await build();
  console.log(`Built ${name} (${((performance.now() - began) / 1000).toFixed(1)} s).`);
}
