import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { make } from '../scripts/packages/make.ts';
import { packages } from '../scripts/packages/packages.ts';
import { ROOT, TEMP } from './processes.ts';

const NEEDED = ['pipeline/express', 'pipeline/fetch', 'client', 'server'];

/** A folder in which the packages are as their users have them: compiled, beside what they depend on. */
export async function installed(): Promise<string> {
  const folder = join(TEMP, 'installed');
  const modules = join(folder, 'node_modules');
  mkdirSync(modules, { recursive: true });
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    if (!name.startsWith('.')) symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  }
  for (const one of packages.filter((known) => NEEDED.includes(known.folder))) {
    const dist = await make(ROOT, one);
    const { name } = JSON.parse(readFileSync(join(dist, 'package.json'), 'utf8')) as { name: string };
    // In place of the link to its sources.
    rmSync(join(modules, name));
    cpSync(dist, join(modules, name), { recursive: true });
    rmSync(dist, { recursive: true });
  }
  return folder;
}
