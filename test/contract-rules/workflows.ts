import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Case, Failure } from '../../pipeline/contract/cases/case.ts';
import { isObject } from '../../pipeline/contract/document/json.ts';
import { NotRun } from '../../pipeline/contract/notRun.ts';
import type { Sender } from '../../pipeline/contract/wire/sender.ts';
import { Calls } from './calls.ts';

/** The flows of spec/workflows.arazzo.yaml. */
const WORKFLOWS = { update: 'UpdateBackendAuth', import: 'ImportBackendAuth', clone: 'CloneBackend' };
const FILE = fileURLToPath(new URL('../../spec/workflows.arazzo.yaml', import.meta.url));

/** Each flow is run by `redocly respect`, which reads the document by itself and so checks this suite's reading too. */
export const workflowCases = (): Case[] =>
  Object.entries(WORKFLOWS).map(([name, operation]) => ({
    operation: 'workflows',
    title: `the workflow ${name} comes to its end`,
    run: async ({ sender }) => {
      if (sender.addsHeaders) throw new NotRun('redocly respect knows nothing of --header and --sign');
      const appId = `d${randomUUID().replaceAll('-', '').slice(0, 12)}`;
      try {
        return await respect(name, sender, appId, operation);
      } finally {
        await new Calls(sender, 5000).removeApp(appId);
      }
    },
  }));

async function respect(workflow: string, sender: Sender, appId: string, operation: string): Promise<Failure[]> {
  const cli = redocly();
  const folder = await mkdtemp(join(tmpdir(), 'contract-'));
  try {
    const output = join(folder, 'respect.json');
    const args = [FILE, '--workflow', workflow, '--server', `api=${sender.url}`, '--input', `appId=${appId}`];
    const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
    const child = spawn(process.execPath, [cli, 'respect', ...args, '--json-output', output], { env, cwd: folder });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
    }
    const [code] = await once(child, 'close');
    if (code === 0) return [];
    const report = await readFile(output, 'utf8').then(JSON.parse, () => undefined);
    const failed = [...failedChecks(report, operation)];
    const curl = `npx redocly respect ${args.map((arg) => arg.replace(dirname(dirname(FILE)), '.')).join(' ')}`;
    if (failed.length > 0) return failed.map((message) => ({ rule: 'workflow', place: '', message, curl }));
    return [{ rule: 'workflow', place: '', message: `redocly respect: ${text.trim().split('\n').at(-1)}`, curl }];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The messages of the checks that did not pass, wherever the report has them. */
function* failedChecks(node: unknown, step: string): Generator<string> {
  if (Array.isArray(node)) for (const item of node) yield* failedChecks(item, step);
  if (!isObject(node)) return;
  const at = typeof node.stepId === 'string' ? node.stepId : step;
  if (node.passed === false && typeof node.message === 'string')
    yield `${at}: ${node.name}: ${node.condition ?? node.message}`;
  for (const member of Object.values(node)) yield* failedChecks(member, at);
}

function redocly(): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('@redocly/cli/package.json')), 'bin/cli.js');
  } catch {
    throw new NotRun('@redocly/cli is not installed');
  }
}
