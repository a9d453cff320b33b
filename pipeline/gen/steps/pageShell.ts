import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Project } from '../config.ts';
import { redocly } from '../redocly.ts';
import { StepFailed } from '../step.ts';
import { tempFolder } from '../temp.ts';
import { withLook } from './pageLook.ts';
import { selfContained } from './selfContained.ts';

/** Puts a title, as HTML, and a document, as JSON, into a page. */
export type Shell = (title: string, definition: string) => string;

const TITLE = 'shell-of-the-reference-page';
const DEFINITION = '"shell-of-the-definition"';
const shells = new Map<string, Promise<Shell>>();

/**
 * Redoc's page without a document. Redocly's command takes seconds to start and to render; what it makes depends on its
 * version and its options alone, so it is made once and kept. Redoc renders the document when the page is opened.
 */
export function shellOf({ root, redocly: config }: Project): Promise<Shell> {
  const options = config === undefined ? USUAL : readFileSync(config, 'utf8');
  const version = createRequire(import.meta.url)('@redocly/cli/package.json').version as string;
  const key = createHash('sha256').update(`2 ${version}\n${options}`).digest('hex').slice(0, 16);
  const shell = shells.get(key) ?? find(key, root, config);
  shells.set(key, shell);
  shell.catch(() => shells.delete(key));
  return shell;
}

const USUAL = 'telemetry: off\nopenapi:\n  schemaDefinitionsTagName: Schemas\n';

async function find(key: string, root: string, config: string | undefined): Promise<Shell> {
  const modules = join(root, 'node_modules');
  const folder = existsSync(modules) ? join(modules, '.cache/openapi-strict') : join(tmpdir(), 'openapi-strict');
  const file = join(folder, `redoc-${key}.html`);
  let html: string;
  if (existsSync(file)) html = readFileSync(file, 'utf8');
  else {
    html = await make(config);
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${file}.${process.pid}`, html);
    renameSync(`${file}.${process.pid}`, file);
  }
  const [head = '', middle = '', tail = ''] = withLook(html).split(new RegExp(`${TITLE}|${DEFINITION}`));
  return (title, definition) => [head, title, middle, definition, tail].join('');
}

async function make(config: string | undefined): Promise<string> {
  using temp = tempFolder();
  const [source, target, usual] = ['openapi.json', 'index.html', 'redocly.yaml'].map((name) =>
    join(temp.path, name),
  ) as [string, string, string];
  writeFileSync(source, JSON.stringify({ openapi: '3.1.0', info: { title: TITLE, version: '1' }, paths: {} }));
  writeFileSync(usual, USUAL);
  const args = ['build-docs', source, `--config=${config ?? usual}`, '--inlineBundle', `--output=${target}`];
  const { code, stderr } = await redocly(args, { cwd: config === undefined ? temp.path : dirname(config) });
  if (code !== 0) {
    // Its output holds a box about its new version, and a place in a temporary file.
    const words = stderr.replaceAll(/^.*[╔║╚].*$| in "[^"]*" \(\d+:\d+\)/gm, '').trim();
    throw new StepFailed(words || `redocly build-docs ended with ${code}.`);
  }
  return hollow(readFileSync(target, 'utf8'));
}

/** Takes what was rendered for no document out, and marks where a document goes. */
function hollow(html: string): string {
  const root = html.indexOf('<div id="redoc">');
  const script = html.indexOf('<script type="module">', root);
  const definition = /const __redoc_definition = \{.*?\};(?=\s*const __redoc_options)/s;
  const found = root >= 0 && script >= 0 && definition.test(html);
  if (!found)
    throw new StepFailed('The page of this version of Redocly is put together in a way that gen does not know.');
  const page = `${html.slice(0, root)}<div id="redoc"></div>\n${html.slice(script)}`
    .replace(/<style data-styled="true".*?<\/style>/s, '')
    .replace(definition, () => `const __redoc_definition = ${DEFINITION};`)
    .replace(/<title>.*?<\/title>/s, `<title>${TITLE}</title>`);
  return selfContained(page);
}
