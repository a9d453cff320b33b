import { join, relative } from 'node:path';
import { isBuilt } from './console/mark.ts';
import { make } from './packages/make.ts';
import { packages } from './packages/packages.ts';

/** npm run build: builds each published package into `dist` in its folder. */
const root = join(import.meta.dirname, '..');

if (!isBuilt(root)) await (await import('./console/build.ts')).buildConsole(root);
for (const one of packages) console.log(`Built ${relative(root, await make(root, one))}.`);
