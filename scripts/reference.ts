import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandsPage } from './reference/commands.ts';
import { configurationModules, configurationPage } from './reference/configuration.ts';
import { Declarations } from './reference/declarations.ts';
import { entriesOf, packagesPage } from './reference/packages.ts';

// npm run reference [-- --check]: the pages of docs/ that are made of the code. --check writes nothing, and fails where
// one is out of date.
const root = join(import.meta.dirname, '..');
const isCheck = process.argv[2] === '--check';

const entries = entriesOf(root);
const declarations = new Declarations(root, [...entries.map(({ module }) => module), ...configurationModules]);
const pages = {
  'docs/commands.md': await commandsPage(),
  'docs/configuration.md': configurationPage(declarations),
  'docs/packages.md': packagesPage(entries, declarations),
};

for (const [path, page] of Object.entries(pages)) {
  const file = join(root, path);
  const text = `${page}\n`;
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  if (isCheck) {
    console.error(`${path} is out of date. \`npm run reference\` writes it.`);
    process.exitCode = 1;
  } else {
    writeFileSync(file, text);
    console.log(`Wrote ${path}.`);
  }
}
