import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Versions = Readonly<Record<string, string>>;

/** The manifest of a workspace: private, with entries that are sources. */
export interface SourceManifest {
  readonly name: string;
  readonly private?: true;
  readonly exports: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly dependencies?: Versions;
  readonly peerDependencies?: Versions;
  readonly peerDependenciesMeta?: object;
  readonly [field: string]: unknown;
}

export const readManifest = (folder: string): SourceManifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as SourceManifest;

/** The package that a specifier names: `@a/b` of `@a/b/c.js`. */
export const bare = (id: string): string => /^(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? id;
