import { join, relative } from 'node:path';
import { make } from './packages/make.ts';
import { packages } from './packages/packages.ts';

/** npm run build: builds each published package into `dist` in its folder. */
const root = join(import.meta.dirname, '..');

for (const one of packages) console.log(`Built ${relative(root, await make(root, one))}.`);
