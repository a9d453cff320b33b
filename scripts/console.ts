import { join } from 'node:path';
import { isBuilt } from './console/mark.ts';

// npm run console [-- --missing]: builds the console, the pages at /console; with --missing only where what is there is
// not built of the code at hand. That runs before every start, so Vite is loaded only when there is something to build.
const root = join(import.meta.dirname, '..');
const [flag, ...more] = process.argv.slice(2);

if ((flag !== undefined && flag !== '--missing') || more.length > 0) {
  console.error('console takes --missing or nothing.');
  process.exitCode = 2;
} else if (flag === undefined || !isBuilt(root)) {
  const { buildConsole } = await import('./console/build.ts');
  const began = performance.now();
  await buildConsole(root);
  console.log(`Built the console (${((performance.now() - began) / 1000).toFixed(1)} s).`);
}
