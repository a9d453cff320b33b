import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compile, entriesOf, entryName } from './compile.ts';
import { published } from './manifest.ts';
import type { Package } from './packages.ts';
import { readManifest } from './source.ts';

/**
 * Builds `dist` in the folder of a package: a folder that can be packed as it is. In the repository the packages are
 * their .ts files, which Node does not run from within node_modules; so the two manifests differ.
 */
export async function make(root: string, one: Package): Promise<string> {
  const home = join(root, one.folder);
  const dist = join(home, 'dist');
  const source = readManifest(home);
  rmSync(dist, { recursive: true, force: true });
  const lib = join(dist, one.code ?? 'lib');
  const compiled = await compile(root, one, entriesOf(root, one, source), lib);
  for (const [from, to] of Object.entries({ ...one.copies, [`${one.folder}/README.md`]: 'README.md' })) {
    if (!existsSync(join(root, from))) throw new Error(`${from} is missing: \`npm run gen\` writes it.`);
    mkdirSync(dirname(join(dist, to)), { recursive: true });
    cpSync(join(root, from), join(dist, to), { recursive: true });
  }
  for (const path of Object.values(source.bin ?? {})) makeCommand(join(lib, `${entryName(one, path)}.js`));
  const manifest = published(root, one, source, compiled);
  writeFileSync(join(dist, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return dist;
}

function makeCommand(file: string): void {
  const code = readFileSync(file, 'utf8').replace(/^#!.*\n/, '');
  writeFileSync(file, `#!/usr/bin/env node\n${code}`);
  chmodSync(file, 0o755);
}
