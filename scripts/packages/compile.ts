import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { build } from 'tsdown';
import type { Package } from './packages.ts';
import { bare, type SourceManifest } from './source.ts';

/** An entry by its name in `lib`, without the ending. */
export type Entries = ReadonlyMap<string, string>;

export interface Compiled {
  /** Packages that the JavaScript loads. */
  readonly loaded: ReadonlySet<string>;
  /** Packages whose types the declarations use; `node` for those of Node itself. */
  readonly typed: ReadonlySet<string>;
}

/** Where the sources of a package begin: files keep their place below it. */
const topOf = (root: string, { folder, unbundled }: Package): string =>
  unbundled ? join(root, dirname(folder)) : join(root, folder);

/** The entries of a package: what its manifest exports, its commands, and what its code starts. */
export function entriesOf(root: string, one: Package, { exports, bin = {} }: SourceManifest): Entries {
  const top = topOf(root, one);
  const own = [...Object.values(exports), ...Object.values(bin)].map((path) => join(root, one.folder, path));
  const more = (one.more ?? []).map((path) => join(root, path));
  return new Map([...own, ...more].map((file) => [nameOf(relative(top, file)), file]));
}

/** `core.ts` becomes `core`, and `http/index.ts` becomes `http`. */
export const nameOf = (path: string): string => path.replaceAll('\\', '/').replace(/(?<=.)\/index\.ts$|\.[jt]s$/, '');

/** The name of an entry in `lib` by its path in the manifest. */
export const entryName = (one: Package, path: string): string =>
  nameOf(join(one.unbundled ? (one.folder.split('/').at(-1) ?? '') : '', path));

/** Compiles a package into `lib`, with the pipeline's own parts built in, and tells which packages are left outside. */
export async function compile(root: string, one: Package, entries: Entries, lib: string): Promise<Compiled> {
  const { builtIn = [] } = one;
  await build({
    cwd: join(root, one.folder),
    config: false,
    entry: Object.fromEntries(entries),
    outDir: lib,
    root: topOf(root, one),
    unbundle: one.unbundled ?? false,
    format: 'esm',
    platform: one.platform,
    target: one.target,
    tsconfig: join(root, 'tsconfig.json'),
    // Without it, declarations of what lies outside the package's folder are not found.
    dts: { eager: true },
    sourcemap: true,
    deps: {
      neverBundle: (id) => isBuiltin(id) || (isOutside(id) && !builtIn.includes(bare(id))),
      alwaysBundle: [/^openapi-strict/, ...builtIn.map((name) => new RegExp(`^${name}(/|$)`))],
    },
    fixedExtension: false,
    logLevel: 'warn',
    // How long its plugins take is no news.
    checks: { pluginTimings: false },
  });
  return outsideOf(lib);
}

// The compiler's own helpers are built in, too.
const isOutside = (id: string): boolean =>
  /^[@a-z]/i.test(id) && !/^[a-z]:|^openapi-strict|^@oxc-project\/runtime/i.test(id);

// In `import … from 'a'`, `import('a')`, `import 'a'`; in `require('a')`, which the compiler may call `require$1`, and
// `.resolve('a')`, as of createRequire.
const specifier = /(?:\bfrom\s*|\bimport\s*\(?\s*)(["'])([^"'\n]+)\1/g;
const required = /(?:\brequire[\w$]*|\.resolve|\)\s*)\(\s*(["'])([^"'\n]+)\1\s*\)/g;

// Examples in the comments of what was built in name packages, too.
const inComment = /^\s*\*.*$/gm;

/** The modules that compiled code, or a declaration, names. */
export function modulesIn(compiled: string, isTypes: boolean): string[] {
  const code = compiled.replaceAll(inComment, '');
  return [...code.matchAll(specifier), ...(isTypes ? [] : code.matchAll(required))].map(([, , id = '']) => id);
}

/** Reads what was compiled, instead of trusting a list: a dependency that nothing needs is not published. */
function outsideOf(lib: string): Compiled {
  const loaded = new Set<string>();
  const typed = new Set<string>();
  const files = readdirSync(lib, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((file) => /\.js$|\.d\.ts$/.test(file))) {
    const code = readFileSync(join(lib, file), 'utf8');
    const isTypes = file.endsWith('.d.ts');
    for (const id of modulesIn(code, isTypes)) {
      if (isBuiltin(id)) {
        if (isTypes) typed.add('node');
      } else if (isOutside(id) && existsSync(join(lib, file))) (isTypes ? typed : loaded).add(bare(id));
    }
    if (isTypes && /<reference types="node"|\bNodeJS\.|\bBuffer\b/.test(code)) typed.add('node');
  }
  return { loaded, typed };
}
