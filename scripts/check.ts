import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

// npm run check: each check is a process of its own, and all of them run even if one fails.
const require = createRequire(import.meta.url);
const root = join(import.meta.dirname, '..');
const bin = (packageName: string, path: string) => join(dirname(require.resolve(`${packageName}/package.json`)), path);

const COMMAND = join(root, 'pipeline/command/main.ts');

const checks: [name: string, ...command: string[]][] = [
  // Lints the document first.
  ['gen --check', COMMAND, 'gen', '--check'],
  // Fails on a breaking change unless the version says so.
  ['diff', COMMAND, 'diff'],
  ['reference', join(root, 'scripts/reference.ts'), '--check'],
  ['types', bin('typescript', 'bin/tsc'), '--noEmit', '--pretty', 'false'],
  // Builds the packages and installs them elsewhere.
  ['packages', bin('vitest', 'vitest.mjs'), 'run', '--config', 'test/packages/vitest.config.ts'],
  ['biome', bin('@biomejs/biome', 'bin/biome'), 'ci', '--colors=off', '.'],
];

interface Outcome {
  readonly code: number | null;
  readonly output: string;
  readonly ms: number;
}

function run(command: string[]): Promise<Outcome> {
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
  const began = performance.now();
  const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  child.on('error', reject).on('close', (code) => resolve({ code, output, ms: performance.now() - began }));
  return promise;
}

// They run side by side, and are reported in order.
for (const { name, outcome } of checks.map(([name, ...command]) => ({ name, outcome: run(command) }))) {
  const { code, output, ms } = await outcome;
  console.log(`${name.padEnd(13)}${(ms / 1000).toFixed(2)} s  ${code === 0 ? 'passed' : 'failed'}`);
  if (code === 0) continue;
  console.log(output.trimEnd().replaceAll(/^/gm, '  '));
  process.exitCode = 1;
}
