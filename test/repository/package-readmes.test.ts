import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { packages } from '../../scripts/packages/packages.ts';
import { root } from '../helpers/guides.ts';

interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, string | { readonly default?: string; readonly import?: string }>>;
}

const folders = packages.map(({ folder }) => folder).filter((folder) => existsSync(join(root, folder, 'README.md')));
const manifests = packages.map(({ folder }) => {
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;
  return { folder, ...manifest };
});

/** The file behind `openapi-strict/contract`; undefined where the package has no such entry. */
function entryOf(specifier: string): string | undefined {
  const owner = manifests.find(({ name }) => specifier === name || specifier.startsWith(`${name}/`));
  const entry = owner?.exports?.[`.${specifier.slice(owner.name.length)}`];
  const file = typeof entry === 'string' ? entry : (entry?.import ?? entry?.default);
  return owner && file && join(root, owner.folder, file);
}

const names = manifests.map(({ name }) => name.replaceAll('/', '\\/')).join('|');

describe.each(folders)('the README of %s', (folder) => {
  const text = readFileSync(join(root, folder, 'README.md'), 'utf8');

  test('names entries that the packages have', () => {
    const quoted = [...text.matchAll(new RegExp(`['"\`]((?:${names})(?:/[\\w/-]+)?)['"\`]`, 'g'))];
    const specifiers = quoted.flatMap(([, one]) => one ?? []).filter((one) => one.includes('/'));
    const isPackage = (one: string) => manifests.some(({ name }) => name === one);
    expect(specifiers.filter((one) => !isPackage(one) && entryOf(one) === undefined)).toEqual([]);
  });

  test('imports what the packages export', async () => {
    const imports = [...text.matchAll(/^import \{([^}]*)\} from '([^'.][^']*)';$/gm)];
    const missing: string[] = [];
    for (const [, list = '', specifier = ''] of imports) {
      if (specifier.startsWith('node:') || !manifests.some(({ name }) => specifier.startsWith(name))) continue;
      const entry = entryOf(specifier) ?? expect.fail(`There is no ${specifier}.`);
      const exported = (await import(pathToFileURL(entry).href)) as object;
      for (const name of list.split(',').map((one) => one.trim())) {
        const isType = name.startsWith('type ');
        const has = isType
          ? new RegExp(`\\b${name.slice(5)}\\b`).test(readFileSync(entry, 'utf8'))
          : name.replace(/ as .*/, '') in exported;
        if (!has) missing.push(`${name} of ${specifier}`);
      }
    }
    expect(missing).toEqual([]);
  });
});
