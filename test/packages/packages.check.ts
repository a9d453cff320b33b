import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { launchBrowser } from '../helpers/browser.ts';
import { testServer } from '../helpers/server.ts';
import { node, repository, Scratch } from './scratch.ts';

const bin = (path: string) => join(repository, 'node_modules', path);
const scratch = new Scratch();
const tarballs = inject('tarballs');
let clientFolder: string;
let serverFolder: string;
let url: string;
let server: ReturnType<typeof spawn> | undefined;

beforeAll(async () => {
  [clientFolder, serverFolder] = await Promise.all([
    scratch.install('uses-client', [tarballs.client, tarballs.fetch]),
    scratch.install('uses-server', [tarballs.server, tarballs.express]),
  ]);
  const command = join(serverFolder, 'node_modules/.bin/amplify-backend-auth');
  server = spawn(command, ['--port', '0', '--database', ':memory:', '--demo'], {
    cwd: serverFolder,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, LOG_LEVEL: 'error', PATH: `${join(process.execPath, '..')}:${process.env.PATH}` },
  });
  let output = '';
  for await (const data of server.stdout ?? []) {
    output += data;
    const found = /API\s+(http:\/\/\S+?)\/prod/.exec(output)?.[1];
    if (found !== undefined) {
      url = found;
      break;
    }
  }
});
afterAll(async () => {
  if (server && server.exitCode === null) {
    server.kill('SIGTERM');
    await once(server, 'exit');
  }
  scratch.remove();
});

describe.each(['command', 'express', 'fetch', 'client', 'server'] as const)('the tarball of the %s', (name) => {
  test('is in order for publint', async () => {
    expect(await node([bin('publint/src/cli.js'), 'run', tarballs[name], '--strict'], scratch.root)).toContain(
      'All good',
    );
  });

  test('has types that are resolved everywhere an ES module is', async () => {
    const cli = join(repository, 'test/packages/tools/node_modules/@arethetypeswrong/cli/dist/index.js');
    if (!existsSync(cli)) throw new Error('attw is not installed: npm ci --prefix test/packages/tools installs it.');
    expect(await node([cli, '--profile', 'esm-only', '--no-emoji', tarballs[name]], scratch.root)).toContain('(ESM)');
  });
});

describe('the client, installed', () => {
  const program = `import { createClient, NotFoundException, waitForJob } from 'amplify-backend-auth-client';
import { createApiClient } from 'openapi-strict-fetch';
import { createClient as createSigned, type Credentials } from 'amplify-backend-auth-client/sigv4';

export async function driveSigned(baseUrl: string, credentials: Credentials): Promise<string> {
  const client = createSigned({ baseUrl, credentials, region: 'eu-west-1', retry: { attempts: 2 } });
  const started = await client.createBackend({ appId: 'd-' + Date.now(), appName: 'a', backendEnvironmentName: 'e' });
  return String((await waitForJob(client, started)).status);
}

export async function drive(baseUrl: string): Promise<string[]> {
  const client = createClient({ baseUrl });
  const said: string[] = [typeof createApiClient];
  const started = await client.createBackend({ appId: 'd-' + Date.now(), appName: 'a', backendEnvironmentName: 'e' });
  const job = await waitForJob(client, started);
  const status: 'RUNNING' | 'COMPLETED' | 'FAILED' | undefined = job.status;
  said.push(String(status));
  try {
    await client.getBackend({ appId: 'nowhere' });
  } catch (error) {
    if (error instanceof NotFoundException) said.push(error.name, String(error.resourceType), String(error.status));
  }
  // @ts-expect-error it takes no such member
  await client.getBackend({ appId: 'x', colour: 'red' }).catch(() => {});
  return said;
}
`;
  const key = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
  const credentials = new Map([[key.accessKeyId, { ...key, appIds: undefined }]]) as never;
  const driven = ['function', 'COMPLETED', 'NotFoundException', 'App', '404'];

  test('depends on openapi-fetch and nothing else', () => {
    const manifest = JSON.parse(
      readFileSync(join(clientFolder, 'node_modules/amplify-backend-auth-client/package.json'), 'utf8'),
    );
    expect(Object.keys(manifest.dependencies)).toEqual(['openapi-fetch']);
    const installed = readdirSync(join(clientFolder, 'node_modules')).filter((name) => !name.startsWith('.'));
    expect(installed.sort()).toEqual([
      'amplify-backend-auth-client',
      'openapi-fetch',
      'openapi-strict-fetch',
      'openapi-typescript-helpers',
    ]);
  });

  test('type-checks, its own declarations included, and runs in Node', async () => {
    scratch.write('uses-client/drive.ts', program);
    const options = ['--strict', '--module', 'nodenext', '--target', 'es2024', '--lib', 'es2024,dom,dom.iterable'];
    await node([bin('typescript/bin/tsc'), ...options, '--outDir', 'out', 'drive.ts'], clientFolder);
    scratch.write(
      'uses-client/run.mjs',
      `import { drive } from './out/drive.js';\nconsole.log(JSON.stringify(await drive('${url}')));\n`,
    );
    expect(JSON.parse(await node(['run.mjs'], clientFolder))).toEqual(driven);
    const { url: signedUrl } = await testServer({ credentials });
    scratch.write(
      'uses-client/signed.mjs',
      `import { driveSigned } from './out/drive.js';\nconsole.log(await driveSigned('${signedUrl}', ${JSON.stringify(key)}));\n`,
    );
    expect(await node(['signed.mjs'], clientFolder)).toBe('COMPLETED\n');
  });

  test('runs in Chromium, from another origin', async ({ skip }) => {
    const browser: Browser | undefined = await launchBrowser();
    if (browser === undefined) return skip('no Chromium runs here');
    // The files as they are, and a map that says where packages are.
    const imports = {
      'amplify-backend-auth-client': '/node_modules/amplify-backend-auth-client/lib/index.js',
      'openapi-strict-fetch': '/node_modules/openapi-strict-fetch/lib/index.js',
      'amplify-backend-auth-client/sigv4': '/node_modules/amplify-backend-auth-client/lib/sigv4.js',
      'openapi-fetch': '/node_modules/openapi-fetch/dist/index.mjs',
    };
    const html = `<!doctype html><script type="importmap">${JSON.stringify({ imports })}</script>`;
    const files = createServer((request, response) => {
      const path = join(clientFolder, request.url ?? '');
      const isFile = request.url !== '/' && existsSync(path);
      response.setHeader('Content-Type', isFile ? 'text/javascript' : 'text/html');
      response.end(isFile ? readFileSync(path) : html);
    }).listen(0, '127.0.0.1');
    await once(files, 'listening');
    try {
      const page = await browser.newPage();
      const origin = `http://127.0.0.1:${(files.address() as AddressInfo).port}`;
      await page.goto(origin);
      const { url: open } = await testServer({ allowOrigin: [origin] });
      const work = `import('/out/drive.js').then(({ drive }) => drive(${JSON.stringify(open)}))`;
      expect(await page.evaluate(work)).toEqual(driven);
      const { url: signedUrl } = await testServer({ credentials });
      const args = [signedUrl, key].map((value) => JSON.stringify(value)).join();
      const signed = `import('/out/drive.js').then(({ driveSigned }) => driveSigned(${args}))`;
      expect(await page.evaluate(signed)).toBe('COMPLETED');
    } finally {
      await browser.close();
      files.close();
    }
  });
});

describe('the client, in a bundle, minified and compressed', () => {
  /** In bytes. */
  async function sizeOf(code: string): Promise<number> {
    scratch.write('uses-client/page.js', code);
    // The bundler of the build.
    const { rolldown } = await import(createRequire(bin('tsdown/package.json')).resolve('rolldown'));
    const bundle = await rolldown({ input: join(clientFolder, 'page.js'), platform: 'browser' });
    const { output } = await bundle.generate({ format: 'esm', minify: true });
    expect(output).toHaveLength(1);
    return gzipSync(output[0].code, { level: 9 }).length;
  }
  const update = 'async (input, options) => waitForJob(client, await client.updateBackendAuth(input), options)';

  test('is 4.0 kB with one operation and the waiter', async () => {
    const size = await sizeOf(`import { createClient, waitForJob } from 'amplify-backend-auth-client';
const client = createClient({ baseUrl: location.origin });
export const update = ${update};
`);
    expect(size).toBeLessThanOrEqual(4000);
    console.log(`The client with one operation and the waiter: ${size} bytes.`);
  });

  test('is 6.5 kB with signing, retries and the waiter', async () => {
    const size = await sizeOf(`import { waitForJob } from 'amplify-backend-auth-client';
import { createClient } from 'amplify-backend-auth-client/sigv4';
const client = createClient({ baseUrl: location.origin, region: 'eu-west-1', credentials: () => globalThis.key });
export const update = ${update};
`);
    expect(size).toBeLessThanOrEqual(6500);
    console.log(`The client with signing, retries and the waiter: ${size} bytes.`);
  });
});

describe('the server, installed', () => {
  test('runs by its command, from its tarball alone, and shows its document and its pages', async () => {
    const document = await (await fetch(`${url}/openapi.json`)).json();
    expect(document).toEqual(JSON.parse(readFileSync(join(repository, 'generated/openapi.json'), 'utf8')));
    const page = await fetch(`${url}/docs`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('UpdateBackendAuth');
    const console = await fetch(`${url}/console/`);
    expect(console.status).toBe(200);
    const [script = ''] = /\/console\/assets\/[^"]+\.js/.exec(await console.text()) ?? [];
    expect((await fetch(url + script)).headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(existsSync(join(serverFolder, 'node_modules/amplify-backend-auth-server/generated/openapi.json'))).toBe(
      true,
    );
  });

  test('says in one sentence on an older Node that it needs a newer one', async ({ skip }) => {
    const older = olderNode();
    if (older === undefined) return skip('no older Node is here');
    const command = join(serverFolder, 'node_modules/.bin/amplify-backend-auth');
    const { status, stdout, stderr } = spawnSync(older, [command, '--help'], { cwd: serverFolder, encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^amplify-backend-auth needs Node 24 or newer, and found v\d+\.\d+\.\d+ at [^\n]+\.\n$/);
  });

  test('is called by its own command', async () => {
    const command = join(serverFolder, 'node_modules/amplify-backend-auth-server/lib/server/bin.js');
    const input = JSON.stringify({ appId: 'd1', appName: 'shop', backendEnvironmentName: 'staging' });
    const output = await node(
      [command, 'call', 'CreateBackend', '--wait', '--url', url, '--json', input],
      serverFolder,
    );
    expect(JSON.parse(output)).toMatchObject({ appId: 'd1', status: 'COMPLETED' });
  });

  test('starts in the process of a test, which type-checks, with its admin surface', async () => {
    scratch.write(
      'uses-server/start.ts',
      `import { type Server, type StartOptions, startServer } from 'amplify-backend-auth-server';

const options: StartOptions = { admin: true, credentials: undefined };
{
  await using server: Server = await startServer({ admin: options.admin, jobTime: 1 });
  const answer = await fetch(\`\${server.url}/admin/state/reset\`, { method: 'POST' });
  console.log(answer.status, await answer.text(), (await fetch(\`\${server.url}/admin/docs\`)).status);
  await server.reset();
  // @ts-expect-error it takes no such option
  await startServer({ colour: 'red' }).then((other) => other.stop());
}
`,
    );
    const options = ['--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2024', '--types', 'node'];
    const roots = ['--typeRoots', bin('@types'), '--outDir', 'out', '--lib', 'es2024,esnext.disposable,dom'];
    await node([bin('typescript/bin/tsc'), ...options, ...roots, 'start.ts'], serverFolder);
    const empty = '{"apps":0,"environments":0,"authResources":0,"jobs":0}';
    expect(await node(['out/start.js'], serverFolder)).toBe(`200 ${empty} 200\n`);
  });

  test('says what it takes, and stops when it is told to', async () => {
    const main = join(serverFolder, 'node_modules/amplify-backend-auth-server/lib/server/bin.js');
    expect(await node([main, 'serve', '--help'], serverFolder)).toContain('--provisioner');
  });

  test('serves any document, and type-checks where it is used for that', async () => {
    scratch.write(
      'uses-server/serve.ts',
      `import { createServer } from 'node:http';
import { type AppOptions, createApp, HttpError } from 'openapi-strict-express';

const document: AppOptions<object>['document'] = {
  openapi: '3.1.0',
  info: { title: 'Echo', version: '1' },
  paths: {
    '/echo/{word}': {
      get: {
        operationId: 'echo',
        parameters: [{ name: 'word', in: 'path', required: true, schema: { type: 'string', maxLength: 3 } }],
        responses: { 200: { description: 'It.', content: { 'application/json': { schema: { type: 'string' } } } } },
      },
    },
  },
};
const handlers = {
  echo: async (input: object) => {
    const { word } = input as { word: string };
    if (word === 'no') throw new HttpError(404, 'No.');
    return word;
  },
};
const server = createServer(createApp({ document, handlers, services: {} })).listen(0, '127.0.0.1', async () => {
  const { port } = server.address() as { port: number };
  const get = async (word: string) => (await fetch(\`http://127.0.0.1:\${port}/echo/\${word}\`)).status;
  console.log([await get('abc'), await get('abcd'), await get('no')].join());
  server.close();
});
`,
    );
    const options = ['--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2024', '--types', 'node'];
    const roots = ['--typeRoots', bin('@types'), '--outDir', 'out'];
    await node([bin('typescript/bin/tsc'), ...options, ...roots, 'serve.ts'], serverFolder);
    expect(await node(['out/serve.js'], serverFolder)).toBe('200,400,404\n');
  });
});

/** A Node of the machine's own that is too old, if there is one: the project's is in node_modules. */
function olderNode(): string | undefined {
  const paths = (process.env.PATH ?? '').split(delimiter).filter((path) => !path.includes('node_modules'));
  for (const path of paths) {
    const { stdout } = spawnSync(join(path, 'node'), ['--version'], { encoding: 'utf8' });
    if (/^v(\d+)/.test(stdout ?? '') && Number(/^v(\d+)/.exec(stdout)?.[1]) < 24) return join(path, 'node');
  }
  return undefined;
}
