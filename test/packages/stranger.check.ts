import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { freePort } from '../helpers/freePort.ts';
import { environment, run, Scratch } from './scratch.ts';

// The first five minutes of somebody who has an OpenAPI document and has never seen this repository.
const scratch = new Scratch();
const tarballs = inject('tarballs');
const quietly = ['--prefer-offline', '--no-audit', '--no-fund'];
const folder = join(scratch.root, 'petstore');
const document = `openapi: 3.1.0
info: { title: Petstore, version: 1.0.0 }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
  schemas:
    Pet:
      type: object
      required: [id, name]
      properties:
        id: { type: integer, readOnly: true }
        name: { type: string, minLength: 1 }
        tag: { type: string, default: none }
    Problem:
      type: object
      required: [message]
      properties: { message: { type: string } }
paths:
  /pets:
    post:
      operationId: AddPet
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } }
      responses:
        '201': { description: Added, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
        '409': { description: Taken, content: { application/json: { schema: { $ref: '#/components/schemas/Problem' } } } }
  /pets/{petId}:
    get:
      operationId: get-pet
      parameters: [{ name: petId, in: path, required: true, schema: { type: integer } }]
      responses:
        '200': { description: One, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
        '404': { description: None, content: { application/json: { schema: { $ref: '#/components/schemas/Problem' } } } }
    delete:
      operationId: removePet
      security: [{ key: [] }]
      parameters: [{ name: petId, in: path, required: true, schema: { type: integer } }]
      responses:
        '204': { description: Removed }
        '401': { description: Who are you?, content: { application/json: { schema: { $ref: '#/components/schemas/Problem' } } } }
`;
// The Node that runs these tests comes first, as it does for somebody who has installed it.
const PATH = `${dirname(process.execPath)}:${process.env.PATH}`;
const npm = (args: readonly string[], cwd = folder) => run('npm', args, cwd, { PATH });
const npx = (args: readonly string[], cwd = folder) => run('npx', ['--no', ...args], cwd, { PATH });

beforeAll(async () => {
  mkdirSync(folder);
  writeFileSync(join(folder, 'openapi.yaml'), document);
  await npm(['init', '-y']);
  await npm(['install', '-D', ...quietly, tarballs.command]);
  await npm(['install', ...quietly, tarballs.express, tarballs.fetch]);
  await npx(['openapi-strict', 'init', 'openapi.yaml']);
  await npm(['run', 'gen']);
});
afterAll(() => scratch.remove());

/** `npm start` of a project, once it listens. It ends with the test. */
async function started(cwd: string): Promise<string> {
  const port = String(await freePort());
  const child: ChildProcess = spawn('npm', ['start'], {
    cwd,
    env: { ...environment(), PATH, PORT: port },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // npm passes no signal on; its group gets it.
  });
  onTestFinished(async () => {
    if (child.exitCode !== null) return;
    process.kill(-(child.pid ?? 0), 'SIGKILL');
    await once(child, 'close');
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (output += text));
  for (;;) {
    if (output.includes(port)) return `http://127.0.0.1:${port}`;
    if (child.exitCode !== null) throw new Error(`It ended: ${output}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const filesIn = (root: string, skip: RegExp = /^$/): string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => !skip.test(path))
    .filter((path) => lstatSync(join(root, path)).isFile());

const SIZE_OF_UPLOAD = `import type { UploadedFile } from 'openapi-strict-express';

export async function sizeOf(file: UploadedFile): Promise<number> {
  let size = 0;
  for await (const piece of file.stream()) size += piece.length;
  return size;
}
`;

describe('a project of one’s own', () => {
  test('has what init writes, and what gen makes', () => {
    const files = filesIn(folder, /^node_modules/);
    const expected = ['openapi-strict.config.ts', 'tsconfig.json', 'server/main.ts', 'server/security.ts'];
    const stubs = ['AddPet', 'getPet', 'removePet', 'index', 'handler'].map((name) => `server/operations/${name}.ts`);
    expect(files).toEqual(expect.arrayContaining([...expected, ...stubs, 'client/index.ts', 'generated/openapi.json']));
    const { type, scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    expect({ type, scripts }).toMatchObject({
      type: 'module',
      scripts: { gen: 'openapi-strict gen', start: 'node server/main.ts' },
    });
  });

  test('type-checks, also a handler that reads an upload piece by piece', async () => {
    const file = join(folder, 'server/size.ts');
    writeFileSync(file, SIZE_OF_UPLOAD);
    await npx(['tsc']);
    rmSync(file);
  });

  test('stays as it is when init and gen run again', async () => {
    const before = filesIn(folder, /^node_modules/).map((path) => [path, readFileSync(join(folder, path), 'utf8')]);
    const said = await npx(['openapi-strict', 'init']);
    expect(said.match(/^Kept /gm)?.length).toBeGreaterThan(4);
    expect(said).not.toMatch(/^(Wrote|Added)/m);
    expect(await npm(['run', 'gen'])).toContain('Nothing changed.');
    await npm(['run', 'gen', '--', '--check']);
    const after = filesIn(folder, /^node_modules/).map((path) => [path, readFileSync(join(folder, path), 'utf8')]);
    expect(after).toEqual(before);
  });

  test('serves on PORT, validates, and answers 501 until a handler is written', async () => {
    const url = await started(folder);
    const post = (body: unknown) =>
      fetch(`${url}/pets`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      });
    expect((await post({ name: 'Rex' })).status).toBe(501);
    expect((await post({ name: '' })).status).toBe(400);
    expect((await fetch(`${url}/pets/1`)).status).toBe(501);
    expect((await fetch(`${url}/nowhere`)).status).toBe(404);
    expect((await fetch(`${url}/pets/1`, { method: 'DELETE' })).status).toBe(401);
    const key = { headers: { 'X-Key': 'secret' } };
    expect((await fetch(`${url}/pets/1`, { method: 'DELETE', ...key })).status).toBe(401);
  });

  test.each(['/docs', '/docs/try', '/openapi.json', '/healthz'])('serves %s', async (path) => {
    const url = await started(folder);
    expect((await fetch(url + path)).status).toBe(200);
  });

  test('answers by its handlers, which the generated client calls', async () => {
    const copy = join(scratch.root, 'written');
    cpSync(folder, copy, { recursive: true, verbatimSymlinks: true });
    writeFileSync(
      join(copy, 'server/operations/AddPet.ts'),
      `import { answer, type Input, type Result, type Services } from './handler.ts';

const names = new Set<string>();

export async function AddPet({ name, tag }: Input<'AddPet'>, _services: Services): Promise<Result<'AddPet'>> {
  if (names.has(name)) return answer(409, { message: \`There is a pet named \${name}.\` });
  names.add(name);
  return { id: names.size, name, tag };
}
`,
    );
    writeFileSync(
      join(copy, 'server/call.ts'),
      `import { ApiException } from 'openapi-strict-fetch';
import { createClient } from '../client/index.ts';

const client = createClient({ baseUrl: process.argv[2] ?? '' });
const { id, tag } = await client.addPet({ name: 'Rex' });
const { status } = await client.addPet.withResponse({ name: 'Bello', tag: 'dog' });
const refused = await client.addPet({ name: 'Rex' }).catch((error: unknown) => error);
console.log(id, tag, status, refused instanceof ApiException ? refused.status : refused);
// @ts-expect-error a pet has a name
await client.addPet({ tag: 'dog' }).catch(() => {});
`,
    );
    await npx(['tsc'], copy);
    const url = await started(copy);
    expect(await run(process.execPath, ['server/call.ts', url], copy)).toBe('1 none 201 409\n');

    writeFileSync(
      join(copy, 'server/operations/getPet.ts'),
      `import { answer, type Input, type Result } from './handler.ts';

export async function getPet(_input: Input<'getPet'>): Promise<Result<'getPet'>> {
  return answer(418, { message: 'I am a teapot.' });
}
`,
    );
    await expect(npx(['tsc'], copy)).rejects.toThrow(/getPet\.ts/);
  });

  test('runs in production without the tools: small, and without compilers, linters, databases and clouds', async () => {
    const production = join(scratch.root, 'production');
    cpSync(folder, production, { recursive: true, filter: (path) => !path.includes('node_modules') });
    await npm(['ci', '--omit=dev', ...quietly], production);
    const modules = join(production, 'node_modules');
    const names = readdirSync(modules).flatMap((name) =>
      name.startsWith('@') ? readdirSync(join(modules, name)).map((inner) => `${name}/${inner}`) : [name],
    );
    expect(
      names.filter((name) => /aws|typescript$|redocly|eslint|biome|^pg|sqlite|kysely|knex|^openapi-strict$/.test(name)),
    ).toEqual([]);
    const size = filesIn(modules).reduce((sum, path) => sum + statSync(join(modules, path)).size, 0);
    console.log(`The production install: ${names.length} packages, ${(size / 1e6).toFixed(1)} MB.`);
    expect(size).toBeLessThan(25e6);
    expect((await fetch(`${await started(production)}/pets/1`)).status).toBe(501);
  });

  test('begins at a URL, too', async () => {
    const server = createServer((request, response) => {
      if (request.url !== '/api.json') return void response.writeHead(404).end();
      response.end(JSON.stringify({ openapi: '3.0.3', info: { title: 'Empty', version: '1.0.0' }, paths: {} }));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await npx(['openapi-strict', 'init', `${url}/api.json`, '--out', 'fetched']);
    const made = join(folder, 'fetched');
    onTestFinished(() => run('rm', ['-r', made], folder).then(() => {}));
    expect(readdirSync(made)).toEqual(expect.arrayContaining(['openapi.json', 'openapi-strict.config.ts']));
    expect(JSON.parse(readFileSync(join(made, 'openapi.json'), 'utf8')).info.title).toBe('Empty');
    expect(readFileSync(join(made, 'openapi-strict.config.ts'), 'utf8')).toContain("spec: 'openapi.json'");
    await expect(npx(['openapi-strict', 'init', `${url}/other.json`])).rejects.toThrow(/The server answered 404\./);
  });
});

describe('the command, installed', () => {
  const command = (...args: string[]) => {
    const bin = join(folder, 'node_modules/.bin/openapi-strict');
    const { status, stdout, stderr } = spawnSync(bin, args, {
      cwd: scratch.root,
      env: { ...environment(), PATH },
      encoding: 'utf8',
    });
    return { status, stdout, stderr: stripVTControlCharacters(stderr) };
  };

  test.each(['init', 'gen', 'docs', 'diff', 'mock', 'contract'])('%s has help with an example', (name) => {
    const { status, stdout } = command(name, '--help');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Examples?:/m);
    expect(command('help', name).stdout).toBe(stdout);
  });

  test('tells its version', () => {
    expect(command('--version')).toEqual({ status: 0, stdout: '0.1.0\n', stderr: '' });
  });

  test.each([
    [['init'], /^There is no openapi\.yaml, .*\n$/],
    [['init', 'nowhere.yaml'], /^The document nowhere\.yaml does not exist\.\n$/],
    [['gen'], /^There is no openapi-strict\.config\.ts in .*\n$/],
    [['gen', '--spec', 'a.yaml'], /^--spec FILE and --out FOLDER go together\.\n$/],
    [['gen', '--chek'], /^Unknown option '--chek'\. Did you mean --check\?\n$/],
    [['genn'], /^Unknown command 'genn'\. Did you mean gen\?\n$/],
    [['docs', '--port', 'many'], /^--port must be a whole number from 0 to 65535, not "many"\.\n$/],
    [['diff'], /^spec\/released\/openapi\.json does not exist\.\n$/],
    [['contract'], /^--url is required.*\n$/],
  ])('refuses %j in one sentence, with 2', (args, sentence) => {
    const { status, stdout, stderr } = command(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(sentence);
  });
});

describe('no word of the API of this repository', () => {
  const words = /amplify|cognito|\baws\b|aws[-_]|amazon/i;

  test.each(['openapi-strict', 'openapi-strict-express', 'openapi-strict-fetch'])('is in a file of %s', (name) => {
    const root = join(folder, 'node_modules', name);
    const files = filesIn(root, /^node_modules/);
    expect(files.length).toBeGreaterThan(5);
    expect(files.filter((path) => words.test(readFileSync(join(root, path), 'utf8')) || words.test(path))).toEqual([]);
  });

  test('is in a file of the project', () => {
    const files = filesIn(folder, /^(node_modules|package-lock\.json|generated[\\/]docs)/);
    const spoken = files.filter((path) => words.test(readFileSync(join(folder, path), 'utf8')));
    // The tarballs lie in a folder of this test.
    expect(spoken).toEqual([]);
  });
});
