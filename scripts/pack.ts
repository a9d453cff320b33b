import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { packages } from './packages/packages.ts';

/** npm run pack -- FOLDER: builds every published package, and writes its tarball into a folder. */
const root = join(import.meta.dirname, '..');
const [folder, ...more] = process.argv.slice(2);

if (folder === undefined || folder.startsWith('-') || more.length > 0) {
  console.error('pack takes one folder, such as npm run pack -- /tmp/tarballs.');
  process.exitCode = 2;
} else {
  await import('./build.ts');
  const to = resolve(folder);
  mkdirSync(to, { recursive: true });
  const from = packages.map((one) => join(root, one.folder, 'dist'));
  const { status, stderr } = spawnSync('npm', ['pack', '--silent', '--pack-destination', to, ...from], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm pack failed: ${stderr}`);
  console.log(`The tarballs are in ${to}.`);
}
