import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Compiled, entryName } from './compile.ts';
import type { Package } from './packages.ts';
import { readManifest, type SourceManifest, type Versions } from './source.ts';

/** The manifest that is published: entries in `lib`, and the dependencies that the compiled code really has. */
export function published(root: string, one: Package, source: SourceManifest, compiled: Compiled): object {
  const { private: _private, exports, bin, dependencies: _, peerDependencies = {}, ...rest } = source;
  const fileOf = (path: string) => `./${one.code ?? 'lib'}/${entryName(one, path)}`;
  const { repository } = readManifest(root) as unknown as { repository: object };
  return {
    ...rest,
    repository: { ...repository, directory: one.folder },
    exports: {
      ...Object.fromEntries(
        Object.entries(exports).map(([name, path]) => [
          name,
          { types: `${fileOf(path)}.d.ts`, default: `${fileOf(path)}.js` },
        ]),
      ),
      './package.json': './package.json',
    },
    ...(bin && {
      bin: Object.fromEntries(Object.entries(bin).map(([name, path]) => [name, `${fileOf(path).slice(2)}.js`])),
    }),
    files: ['lib', ...(Object.values(one.copies).some((to) => to.startsWith('generated')) ? ['generated'] : [])],
    dependencies: dependenciesOf(root, source, compiled),
    ...(Object.keys(peerDependencies).length > 0 && { peerDependencies }),
  };
}

function dependenciesOf(root: string, source: SourceManifest, { loaded, typed }: Compiled): Versions {
  const known = versionsOf(root);
  const peers = source.peerDependencies ?? {};
  const found: Record<string, string> = {};
  const add = (name: string): void => {
    const version = known.get(name);
    if (version === undefined) throw new Error(`${source.name} needs ${name}, which no workspace's manifest has.`);
    found[name] = version;
  };
  for (const name of loaded) if (!(name in peers) && name !== source.name) add(name);
  for (const name of typed) {
    if (name in peers || name === source.name) continue;
    const types = `@types/${name.replace('@', '').replace('/', '__')}`;
    // Any version does: the user's own is to be the only one.
    if (existsSync(join(root, 'node_modules', types))) found[types] = '*';
    else if (!(name in found)) add(name);
  }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => a.localeCompare(b, 'en')));
}

/** The one version of each dependency that the workspaces have. */
function versionsOf(root: string): ReadonlyMap<string, string> {
  const pipeline = readdirSync(join(root, 'pipeline')).map((name) => `pipeline/${name}`);
  const folders = [...pipeline, 'client', 'server'].filter((folder) => existsSync(join(root, folder, 'package.json')));
  const versions = new Map<string, string>();
  for (const folder of folders) {
    for (const [name, version] of Object.entries(readManifest(join(root, folder)).dependencies ?? {})) {
      const other = versions.get(name);
      if (other !== undefined && other !== version)
        throw new Error(`${folder} has ${name} ${version}, and another workspace has ${other}: use one version.`);
      versions.set(name, version);
    }
  }
  return versions;
}
