import { existsSync, globSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Options } from '../options.ts';
import { CONTENDERS, ROOT, run } from '../processes.ts';
import { figure, type Table } from '../table.ts';

interface Tool {
  readonly name: string;
  readonly command: (spec: string, out: string) => string[];
  /** Marks an operation in what it makes. */
  readonly operation: RegExp;
}

const peer = (path: string): string => join(CONTENDERS, 'node_modules', path);
const node = (...args: string[]): string[] => [process.execPath, ...args];
const REPORT = 'report.json';

const tools: readonly Tool[] = [
  {
    name: 'ours',
    command: (spec, out) => [
      ...node('pipeline/command/main.ts', 'gen', '--lenient', '--report', join(out, REPORT)),
      ...['--spec', spec, '--out', out],
    ],
    operation: /^ {4}method: '[^']+',$/gm,
  },
  {
    name: 'openapi-typescript',
    command: (spec, out) => node(peer('openapi-typescript/bin/cli.js'), spec, '--output', join(out, 'schema.ts')),
    operation: /^ {8}(?:get|put|post|delete|options|head|patch|trace): (?!never)/gm,
  },
  {
    name: 'hey-api',
    command: (spec, out) => node(peer('@hey-api/openapi-ts/bin/run.js'), '-i', spec, '-o', out),
    operation: /^export const \S+ = <ThrowOnError/gm,
  },
  {
    name: 'orval',
    command: (spec, out) =>
      node(peer('orval/dist/bin/orval.mjs'), '--input', spec, '--output', join(out, 'client.ts'), '--client', 'fetch'),
    operation: /^export const get\S+Url = /gm,
  },
];

/** A tool that takes longer than this for a document is given up. */
const LONGEST = 180_000; // ms
/** Compiling a validator for each of hundreds of operations takes its time. */
const LONGEST_CALLS = 600_000; // ms

interface Made {
  readonly seconds: number;
  /** At most, of the largest of its processes. */
  readonly megabytes: number;
  /** The operations that what was made has. */
  readonly operations: number;
  readonly typeErrors: number;
}

/** Documents of well-known APIs, in the folder that the variable CORPUS names: what each tool makes of them. */
export async function documents(
  { only }: Options,
  say: (line: string) => void,
  sofar: (tables: Table[]) => void,
): Promise<Table[]> {
  const { CORPUS } = process.env;
  if (CORPUS === undefined || !existsSync(CORPUS)) {
    say('CORPUS names no folder of documents: nothing to measure here.');
    return [];
  }
  const wanted = tools.filter(
    ({ name }) => name === 'ours' || only.length === 0 || only.some((part) => name.includes(part)),
  );
  const found: Found = { rows: [], notes: [], data: [], served: [] };
  for (const spec of documentsIn(CORPUS)) {
    for (const tool of wanted) await measured(tool, spec, found, say);
    sofar(tablesOf(found));
  }
  return tablesOf(found);
}

interface Found {
  readonly rows: string[][];
  readonly notes: string[];
  readonly data: object[];
  readonly served: string[][];
}

async function measured(tool: Tool, spec: string, found: Found, say: (line: string) => void): Promise<void> {
  const title = titleOf(spec);
  const out = join(ROOT, 'node_modules/.cache', `bench-${tool.name}`);
  rmSync(out, { recursive: true, force: true });
  try {
    const made = await make(tool, spec, out);
    say(`${title}, ${tool.name}: ${JSON.stringify(made)}`);
    found.rows.push(row(title, tool.name, made));
    found.data.push({ title, tool: tool.name, ...made });
  } catch (error) {
    const line = wordsOf((error as Error).message);
    say(`${title}, ${tool.name}: ${line}`);
    found.rows.push([title, tool.name, '–', '–', '–', '–']);
    found.notes.push(`${tool.name} makes nothing of ${title}: ${line}`);
  }
  if (tool.name === 'ours') {
    const cells = await called(out).catch((error: Error) => {
      found.notes.push(`${title} was not called to the end: ${wordsOf(error.message)}`);
      return ['–', '–', '–', '–', '–', '–'];
    });
    say(`${title}, called: ${cells.join(', ')}`);
    found.served.push([title, ...cells]);
  }
  rmSync(out, { recursive: true, force: true });
}

function tablesOf({ rows, notes, data, served }: Found): Table[] {
  return [
    {
      title: 'Documents of well-known APIs: what is made of them',
      columns: ['', 'by', 'seconds', 'MB at most', 'operations', 'errors of tsc'],
      rows,
      notes,
      data,
    },
    {
      title: 'Ours, served by its mock: every operation called, and each of its answers asked for',
      columns: ['', 'operations', 'refused', 'answered 500', 'answers', 'that break the document', 'left out and said'],
      rows: served,
      data: served,
    },
  ];
}

const row = (title: string, tool: string, { seconds, megabytes, operations, typeErrors }: Made): string[] => [
  title,
  tool,
  figure(seconds),
  figure(megabytes),
  String(operations),
  String(typeErrors),
];

const titleOf = (spec: string): string =>
  /^openapi\./.test(basename(spec)) ? basename(join(spec, '..').replace(/\/openapi$/, '')) : basename(spec);

/** Files, and folders whose parts are files. */
const documentsIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isFile()) return /\.(json|ya?ml)$/.test(entry.name) ? [path] : [];
    return [join(path, 'openapi.yaml'), join(path, 'openapi/openapi.yaml')].filter((file) => existsSync(file));
  });

async function make({ name, command, operation }: Tool, spec: string, out: string): Promise<Made> {
  const env = { ...process.env, NODE_OPTIONS: `--import=${join(ROOT, 'bench/peak.ts')}` };
  const cwd = name === 'ours' ? ROOT : CONTENDERS;
  const { time, stdout, stderr } = await run(command(spec, out), undefined, { cwd, env, timeout: LONGEST });
  // hey-api says that it failed, and ends as if it had not.
  if (!existsSync(out)) throw new Error(wordsOf(`${stdout}\n${stderr}`));
  const peaks = [...stderr.matchAll(/^peak (\d+) kB$/gm)].map(([, kB]) => Number(kB));
  const files = globSync('**/*.ts', { cwd: out }).map((file) => join(out, file));
  const operations = files.map((file) => [...readFileSync(file, 'utf8').matchAll(operation)].length);
  return {
    seconds: time / 1000,
    megabytes: Math.max(...peaks) / 1024,
    operations: operations.reduce((sum, count) => sum + count, 0),
    typeErrors: await typeErrors(out, files),
  };
}

/** The first lines of an output that say what is wrong, without the stack and the command. */
function wordsOf(output: string): string {
  const lines = stripVTControlCharacters(output)
    .replace(/^.*? … ended with \w+:/s, '')
    .split('\n')
    .map((line) => line.replaceAll(ROOT, '').trim())
    .filter((line) => !/^(at |peak )|node_modules/.test(line));
  const said = lines.filter((line) =>
    /error|not found|needs to|ended with|refused|cannot|can't|allow|^\/.*\.\w+$/i.test(line),
  );
  return [...new Set(said)].slice(0, 3).join(' ').slice(0, 240) || lines.slice(-2).join(' ').slice(0, 240);
}

/** Errors that tsc finds in what was made, under strict settings. */
async function typeErrors(out: string, files: readonly string[]): Promise<number> {
  const compilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: 'esnext',
    module: 'preserve',
    allowImportingTsExtensions: true,
    lib: ['esnext', 'dom', 'dom.iterable'],
    types: ['node'],
  };
  const project = join(out, 'tsconfig.json');
  writeFileSync(project, JSON.stringify({ compilerOptions, files }));
  const tsc = node('--max-old-space-size=4096', join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', project);
  const found = await run(['bash', '-c', '"$@" || true', 'tsc', ...tsc], undefined, { timeout: LONGEST });
  return [...found.stdout.matchAll(/error TS\d+/g)].length;
}

/** Calls each operation of our generated server, and returns the results as cells of a row. */
async function called(out: string): Promise<string[]> {
  const { stdout } = await run(node('bench/called.ts', join(out, 'generated/openapi.json')), undefined, {
    timeout: LONGEST_CALLS,
  });
  const found = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<string, number>;
  const { remarks } = JSON.parse(readFileSync(join(out, REPORT), 'utf8')) as { remarks: { kind: string }[] };
  const leftOut = remarks.filter(({ kind }) => kind === 'left-out').length;
  return [found.operations, found.refused, found[500], found.answers, found.faults, leftOut].map(String);
}
