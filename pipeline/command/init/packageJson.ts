import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { UsageError } from '../program.ts';

interface Manifest {
  type?: string;
  scripts?: Record<string, string>;
  [member: string]: unknown;
}

const SCRIPTS: Readonly<Record<string, string>> = {
  gen: 'openapi-strict gen',
  start: 'node server/main.ts',
  docs: 'openapi-strict docs',
  mock: 'openapi-strict mock',
};

/** Works out what package.json lacks. Throws a `UsageError`; `write` writes it, and returns a line that says so. */
export async function prepare(root: string): Promise<{ write(): Promise<string> }> {
  const file = join(root, 'package.json');
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new UsageError(`package.json can't be read: ${error.message}.`);
  });
  const manifest = text === undefined ? newManifest(root) : parsed(text);
  const added = Object.entries(SCRIPTS).filter(([name]) => manifest.scripts?.[name] === undefined);
  const changes = added.map(([name]) => name);
  // Handlers import each other as ES modules. `npm init` says "commonjs" of its own accord.
  if (manifest.type !== 'module') changes.push('"type": "module"');
  const wanted = { ...manifest, type: 'module', scripts: { ...manifest.scripts, ...Object.fromEntries(added) } };
  const indent = /^([ \t]+)"/m.exec(text ?? '')?.[1] ?? '  ';
  return {
    async write() {
      if (changes.length === 0) return 'Kept package.json.';
      await writeFile(file, `${JSON.stringify(wanted, null, indent)}\n`);
      return text === undefined ? 'Wrote package.json.' : `Added to package.json: ${changes.join(', ')}.`;
    },
  };
}

const newManifest = (root: string): Manifest => ({
  name:
    basename(root)
      .toLowerCase()
      .replaceAll(/[^a-z0-9-]+/g, '-')
      .replaceAll(/^-+|-+$/g, '') || 'server',
  version: '0.0.0',
  private: true,
  type: 'module',
});

function parsed(text: string): Manifest {
  try {
    const manifest: unknown = JSON.parse(text);
    if (typeof manifest === 'object' && manifest !== null && !Array.isArray(manifest)) return manifest as Manifest;
  } catch {}
  throw new UsageError('package.json is not a JSON object. Correct it, and run openapi-strict init again.');
}
