import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'tsdown';
import { isBuilt } from './console/mark.ts';

/**
 * Builds client/dist and server/dist: folders that can be packed as they are. In the repository the packages are their
 * .ts files, which Node does not run from within node_modules; their manifests differ in `exports` therefore.
 */
const root = join(import.meta.dirname, '..');

interface Manifest {
  readonly private?: true;
  readonly exports: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

interface Package {
  readonly folder: string;
  readonly platform: 'neutral' | 'node';
  /** Files of the package that are commands, by the command's name. */
  readonly commands: Readonly<Record<string, string>>;
  /** What else it holds, by its place in the repository and in the package. */
  readonly copies: Readonly<Record<string, string>>;
}

const packages: readonly Package[] = [
  { folder: 'client', platform: 'neutral', commands: {}, copies: { LICENSE: 'LICENSE' } },
  {
    folder: 'server',
    platform: 'node',
    commands: { 'amplify-backend-auth': './bin.js' },
    // The server looks for its pages beside the folder of its code.
    copies: {
      LICENSE: 'LICENSE',
      'generated/openapi.json': 'generated/openapi.json',
      'generated/docs': 'generated/docs',
      'generated/admin/docs': 'generated/admin/docs',
      'server/console/dist': 'lib/console/dist',
    },
  },
];

async function make({ folder, platform, commands, copies }: Package): Promise<void> {
  const home = join(root, folder);
  const dist = join(home, 'dist');
  const manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as Manifest;
  rmSync(dist, { recursive: true, force: true });

  const entries = [...Object.values(manifest.exports), ...Object.values(commands)];
  await build({
    cwd: home,
    config: false,
    entry: Object.fromEntries(entries.map((path) => [nameOf(path), path])),
    outDir: join(dist, 'lib'),
    format: 'esm',
    platform,
    target: 'es2024',
    tsconfig: join(root, 'tsconfig.json'),
    dts: true,
    // The pipeline's parts are built in.
    noExternal: [/^openapi-strict/],
    fixedExtension: false,
    logLevel: 'warn',
    // How long its plugins take is no news.
    checks: { pluginTimings: false },
  });

  for (const [from, to] of Object.entries(copies)) {
    if (!existsSync(join(root, from))) throw new Error(`${from} is missing: \`npm run gen\` makes it.`);
    cpSync(join(root, from), join(dist, to), { recursive: true });
  }
  for (const path of Object.values(commands)) makeCommand(join(dist, 'lib', `${nameOf(path)}.js`));
  mkdirSync(dist, { recursive: true });
  writeFileSync(join(dist, 'package.json'), `${JSON.stringify(published(manifest, commands), null, 2)}\n`);
  console.log(`Built ${folder}/dist.`);
}

/** `./http/index.ts` becomes `http`, `./core.ts` becomes `core`. */
const nameOf = (path: string): string => path.replace(/^\.\//, '').replace(/(?<=.)\/index\.ts$|\.[jt]s$/, '');

function published({ private: _private, exports, ...rest }: Manifest, commands: Package['commands']): object {
  const fileOf = (path: string) => `./lib/${nameOf(path)}`;
  return {
    ...rest,
    exports: {
      ...Object.fromEntries(
        Object.entries(exports).map(([name, path]) => [
          name,
          { types: `${fileOf(path)}.d.ts`, default: `${fileOf(path)}.js` },
        ]),
      ),
      './package.json': './package.json',
    },
    ...(Object.keys(commands).length > 0 && {
      bin: Object.fromEntries(Object.entries(commands).map(([name, path]) => [name, `${fileOf(path).slice(2)}.js`])),
    }),
    files: ['lib', 'generated'],
  };
}

function makeCommand(file: string): void {
  writeFileSync(file, `#!/usr/bin/env node\n${readFileSync(file, 'utf8')}`);
  chmodSync(file, 0o755);
}

if (!isBuilt(root)) await (await import('./console/build.ts')).buildConsole(root);
for (const one of packages) await make(one);
