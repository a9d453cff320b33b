import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DOCUMENT } from './contenders.ts';
import { CONTENDERS, ROOT, run } from './processes.ts';

/** A client of one operation: a module with `caller(url)`, which answers what calls GetBackendJob. */
interface Client {
  readonly name: string;
  readonly code: string;
  /** Writes what the module imports from `./made`. */
  readonly make?: (folder: string) => string[];
}

const JOB = "{ appId: 'app0', backendEnvironmentName: 'env0', jobId: '01890a5d-ac96-774b-bcce-b302099a8057' }";
const PATH = '/backend/{appId}/job/{backendEnvironmentName}/{jobId}';

export const clients: readonly Client[] = [
  {
    name: 'ours',
    code: `import { createApiClient } from 'openapi-strict-fetch';
import { GetBackendJob } from '${ROOT}/client/api.ts';
export function caller(baseUrl) {
  const client = createApiClient({ GetBackendJob }, { baseUrl });
  return () => client.getBackendJob(${JOB});
}`,
  },
  {
    name: 'fetch',
    code: `export function caller(url) {
  const job = ${JOB};
  return async () => {
    const answer = await fetch(\`\${url}/backend/\${job.appId}/job/\${job.backendEnvironmentName}/\${job.jobId}\`);
    if (!answer.ok) throw new Error(\`It answered \${answer.status}.\`);
    return answer.json();
  };
}`,
  },
  {
    name: 'openapi-fetch',
    code: `import createClient from 'openapi-fetch';
export function caller(baseUrl) {
  const client = createClient({ baseUrl });
  return async () => {
    const { data, error } = await client.GET('${PATH}', { params: { path: ${JOB} } });
    if (error) throw error;
    return data;
  };
}`,
  },
  {
    name: 'hey-api',
    make: (folder) => [
      process.execPath,
      join(CONTENDERS, 'node_modules/@hey-api/openapi-ts/bin/run.js'),
      ...['-i', DOCUMENT, '-o', join(folder, 'made'), '-c', '@hey-api/client-fetch'],
    ],
    code: `import { client } from './made/client.gen.ts';
import { getBackendJob } from './made/sdk.gen.ts';
export function caller(baseUrl) {
  client.setConfig({ baseUrl });
  return async () => (await getBackendJob({ path: ${JOB}, throwOnError: true })).data;
}`,
  },
  {
    name: 'redocly generate-client',
    make: (folder) => [
      process.execPath,
      join(ROOT, 'node_modules/@redocly/cli/bin/cli.js'),
      ...['generate-client', DOCUMENT, '--output', join(folder, 'made/client.ts')],
    ],
    code: `import { client, configure } from './made/client.ts';
export function caller(serverUrl) {
  configure({ serverUrl });
  return () => client.GetBackendJob({ path: ${JOB} });
}`,
  },
  {
    name: 'AWS SDK',
    code: `import { AmplifyBackendClient, GetBackendJobCommand } from '@aws-sdk/client-amplifybackend';
export function caller(endpoint) {
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
  const client = new AmplifyBackendClient({ endpoint, region: 'us-east-1', credentials });
  const { appId, ...job } = ${JOB};
  const input = { AppId: appId, BackendEnvironmentName: job.backendEnvironmentName, JobId: job.jobId };
  return () => client.send(new GetBackendJobCommand(input));
}`,
  },
];

export interface Built {
  readonly name: string;
  /** A module for Node. */
  readonly module: string;
  /** For browsers, minified and compressed, in bytes. */
  readonly size: number;
}

/** Generates and bundles clients, within the repository, where their packages are. */
export async function build(wanted: readonly Client[]): Promise<Built[]> {
  const folder = mkdtempSync(join(ROOT, 'node_modules/.bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const { rolldown } = await import(createRequire(join(ROOT, 'node_modules/tsdown/package.json')).resolve('rolldown'));
  const built: Built[] = [];
  for (const { name, code, make } of wanted) {
    const at = join(folder, name.replaceAll(/\W/g, '-'));
    mkdirSync(at);
    const input = join(at, 'entry.js');
    writeFileSync(input, code);
    if (make) await run(make(at), undefined, { cwd: at });
    const bundled = async (platform: 'node' | 'browser', minify: boolean): Promise<string> => {
      const bundle = await rolldown({ input, platform, logLevel: 'silent' });
      const { output } = await bundle.generate({ format: 'esm', minify, codeSplitting: false });
      return output[0].code;
    };
    const module = join(at, 'client.mjs');
    writeFileSync(module, await bundled('node', false));
    built.push({ name, module, size: gzipSync(await bundled('browser', true), { level: 9 }).length });
  }
  return built;
}
