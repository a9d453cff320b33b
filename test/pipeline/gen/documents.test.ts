import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Served, Workshop } from '../../helpers/workshop.ts';

// gen and the compiler take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

const repository = join(import.meta.dirname, '../../..');
const fixtures = join(import.meta.dirname, '../../fixtures/documents');
const documents = readdirSync(fixtures).filter((file) => /\.(yaml|json)$/.test(file));
const nameOf = (file: string) => file.replace(/\..*/, '');

describe('documents that others wrote', () => {
  const shop = new Workshop();
  const results = new Map<string, Awaited<ReturnType<Workshop['gen']>>>();
  const notes = (name: string) => results.get(name)?.said.filter((line) => !/^\w+ +\d|^Wrote /.test(line)) ?? [];
  const options = (name: string) => ({
    page: true,
    ...(name === 'hostile-ids' && { report: join(shop.root, `${name}.json`) }),
  });
  beforeAll(async () => {
    for (const file of documents)
      results.set(nameOf(file), await shop.gen(join(fixtures, file), nameOf(file), options(nameOf(file))));
  });
  afterAll(() => shop[Symbol.dispose]());

  test.each(documents.map(nameOf))('%s: everything is generated', (name) => {
    expect(results.get(name)).toMatchObject({ code: 0, complaints: [] });
    const files = ['openapi.json', 'schema.ts', 'enums.ts', 'operations.ts', 'docs/index.html'];
    expect(shop.files(name)).toEqual(expect.arrayContaining(files.map((file) => `${name}/generated/${file}`)));
  });

  test.each(documents.map(nameOf))('%s: the client imports nothing that it does not use', (name) => {
    const code = shop.read(`${name}/client/index.ts`).replaceAll(/^export (?:type )?\{[^}]*\}.*$/gm, '');
    const imports = [...code.matchAll(/^import (?:type )?\{([^}]*)\} from .*$/gm)].flatMap(([, names = '']) =>
      names.split(',').flatMap((one) => /(\w+)\s*$/.exec(one)?.[1] ?? []),
    );
    const rest = code.replaceAll(/^import [^;]*;$/gm, '');
    expect(imports).toContain('createApiClient');
    expect(imports.filter((one) => !new RegExp(`\\b${one}\\b`).test(rest))).toEqual([]);
  });

  test('nothing is written outside of the folder', () => {
    const folders = new Set(shop.files().map((file) => file.split('/')[0]));
    expect([...folders].sort()).toEqual([...documents.map(nameOf), 'hostile-ids.json', 'package.json'].sort());
  });

  test('an operation whose id can be no name has another, which is said', () => {
    expect(notes('hostile-ids').at(-1)).toBe('… and 14 more names that TypeScript does not take; --report lists them.');
    const { remarks } = JSON.parse(shop.read('hostile-ids.json')) as { remarks: { message: string }[] };
    expect(remarks.map(({ message }) => message)).toEqual([
      'GET /a: the operation "../../x" is called x.',
      'PUT /a: the operation "a/b" is called aB2.',
      'POST /a: the operation "delete" is called delete2.',
      'PATCH /a: the operation "AB" is called AB3.',
      'GET /b: the operation "aB" is called aB4.',
      'PUT /b: the operation "then" is called then2.',
      'POST /b: the operation "raw" is called raw2.',
      'DELETE /b: the operation "__proto__" is called __proto__2.',
      'PATCH /b: the operation "index" is called index2.',
      'GET /c/{id}: the operation has no id, and is called getCId.',
      'PUT /c/{id}: the operation has no id, and is called putCId.',
      'POST /c/{id}: the operation "it\'s\\n*/ \\"quoted\\" `${x}`" is called itSQuoted$X.',
      'PATCH /c/{id}: the operation "nul" is called nul2.',
      'GET /c/{id}/{hash}: the operation "Input" is called Input2.',
      'PUT /c/{id}/{hash}: the operation "💥" is called unnamed2.',
      'POST /c/{id}/{hash}: the operation "/etc/passwd" is called etcPasswd.',
      'DELETE /c/{id}/{hash}: the operation "C:\\\\Windows\\\\x" is called CWindowsX.',
    ]);
    const files = shop.files('hostile-ids/server').map((file) => file.toLowerCase());
    expect(new Set(files).size).toBe(files.length);
  });

  test('so has an enum', () => {
    expect(notes('shapes')).toEqual([
      'The values of the schema "odd-values" are called oddValues2.',
      'The values of the schema "default" are called default2.',
    ]);
  });

  test('what is not done is said in one line for each feature', () => {
    expect(notes('extras')).toEqual([
      'OPTIONS /files: the operation "download" is called download2.',
      'Left out: callbacks: not called (upload).',
      'Left out: GET with a body: the body is neither sent nor read (same).',
      'Left out: parameters of one name in two places: the input has the first of them (same).',
      'Left out: webhooks: not sent (1) (#/webhooks).',
      'Left out: servers of a path: served where the document is (1) (#/paths/~1files).',
      'Left out: links: not followed (1) (#/paths).',
    ]);
  });

  test('a second run finds nothing to do', async () => {
    const petstore = join(fixtures, 'petstore.yaml');
    expect((await shop.gen(petstore, 'petstore', { page: true })).said).toEqual([
      expect.stringMatching(/^Nothing changed\. \(/),
    ]);
  });

  test('a handler that a person wrote stays', async () => {
    const stub = 'across/server/operations/getNote.ts';
    shop.write(stub, shop.read(stub).replace('throw', '// Mine.\n  throw'));
    shop.write('across/generated/enums.ts', '');
    expect((await shop.gen(join(fixtures, 'across.yaml'), 'across')).code).toBe(0);
    expect(shop.read(stub)).toContain('// Mine.');
  });

  describe('served and called', () => {
    let served: Served[] = [];
    afterAll(() => {
      for (const { stop } of served) stop();
    });
    const serve = async (name: string) => {
      const one = await shop.serve(name);
      served = [...served, one];
      return one;
    };

    test('every stub that can be called without more answers 501', async () => {
      const { client, operations } = await serve('hostile-ids');
      for (const id of Object.keys(operations)) {
        const method = id.charAt(0).toLowerCase() + id.slice(1);
        await expect(client[method]({ id: '../x', hash: '#' }), id).rejects.toMatchObject({ status: 501 });
      }
    });

    test('a petstore refuses what its document refuses, and takes the rest as far as its stubs', async () => {
      const { client } = await serve('petstore');
      await expect(client.listPets({ limit: 500 })).rejects.toMatchObject({
        status: 400,
        message: '/query/limit must be <= 100',
      });
      await expect(client.createPets({ id: 'one' })).rejects.toMatchObject({
        status: 400,
        message: expect.stringContaining('/body/name is required'),
      });
      await expect(client.createPets({ id: 1, name: 'Rex' })).rejects.toMatchObject({ status: 501 });
    });

    test('references in a circle are followed as deep as the body is', async () => {
      const { client } = await serve('circular');
      const branch = (name: unknown) => ({ name: 'oak', branches: [{ name: 'b', twigs: { a: { name } } }] });
      await expect(client.plant(branch('t'))).rejects.toMatchObject({ status: 501 });
      await expect(client.plant(branch(1))).rejects.toMatchObject({
        status: 400,
        body: { detail: '/body/branches/0/twigs/a/name must be string' },
      });
      await expect(client.again()).rejects.toMatchObject({ status: 501 });
    });

    test('a path that two share is two operations, and a body that may be left out may be', async () => {
      const { client, url } = await serve('across');
      await expect(client.getNote2({ noteId: 1 })).rejects.toMatchObject({
        body: { detail: 'getNote2 is not implemented.' },
      });
      await expect(client.putNote({ noteId: 'x' })).rejects.toMatchObject({ status: 400 });
      await expect(client.putNote({ noteId: 1, replies: [] })).rejects.toMatchObject({ status: 400 });
      await expect(client.putNote({ noteId: 1 })).rejects.toMatchObject({ status: 501 });
      expect((await fetch(`${url}/notes/1`, { method: 'PUT' })).status).toBe(501);
    });

    test('a discriminator chooses what the body must be', async () => {
      const { client } = await serve('shapes');
      await expect(client.addShape({ body: { kind: 'circle', radius: 1 } })).rejects.toMatchObject({ status: 501 });
      await expect(client.addShape({ body: { kind: 'circle', side: 1 } })).rejects.toMatchObject({ status: 400 });
      await expect(client.addShape({ body: { kind: 'star' } })).rejects.toMatchObject({
        status: 400,
        body: { detail: '/body/kind must be one of: circle, square' },
      });
      const maybe = { odd: '`${x}`', nothing: null, either: null, anything: [] };
      await expect(client.maybe(maybe)).rejects.toMatchObject({ status: 501 });
      await expect(client.maybe({ odd: 'even' })).rejects.toMatchObject({ status: 400 });
    });

    test('JSON of another name, null in the manner of 3.0, and a cookie', async () => {
      const { url } = await serve('nullable');
      const send = async (path: string, body?: object, headers: Record<string, string> = { Cookie: 'session=s' }) => {
        const init = body && {
          method: 'PATCH',
          body: JSON.stringify(body),
          headers: { ...headers, 'Content-Type': 'application/merge-patch+json' },
        };
        return (await fetch(`${url}${path}`, init ?? { headers })).status;
      };
      expect(await send('/things', { name: null, any: null })).toBe(501);
      expect(await send('/things', { name: 'b' })).toBe(400);
      expect(await send('/things?limit=50&filter[age]=3')).toBe(501);
      expect(await send('/things?limit=101')).toBe(400);
      expect(await send('/things', undefined, {})).toBe(400);
    });

    test('a scheme that nobody has written a check for refuses everybody', async () => {
      const { url } = await serve('extras');
      expect((await fetch(`${url}/files`, { method: 'PUT', body: 'text' })).status).toBe(401);
    });

    test('a document without operations answers 404', async () => {
      const { url } = await serve('empty');
      expect((await fetch(`${url}/anything`)).status).toBe(404);
    });
  });
});

describe('a document that can not be taken', () => {
  const shop = new Workshop();
  afterAll(() => shop[Symbol.dispose]());
  const info = 'info: { title: x, version: "1" }\n';
  const ok = "responses: { '200': { description: ok } }";

  const cases: [what: string, file: string, text: string, says: string | RegExp][] = [
    [
      'Swagger 2.0',
      'two.yaml',
      `${info}swagger: '2.0'\npaths: {}\n`,
      ':2:1 This is Swagger 2.0; gen takes OpenAPI 3.0, 3.1 and 3.2. swagger2openapi converts it.',
    ],
    [
      'OpenAPI 4.0',
      'new.json',
      '{\n  "openapi": "4.0.0",\n  "paths": {}\n}',
      ':2:3 The version of OpenAPI is "4.0.0"; gen takes 3.0, 3.1 and 3.2.',
    ],
    [
      'a broken reference',
      'broken.yaml',
      `openapi: 3.0.0\n${info}paths:\n  /a:\n    get:\n      responses: { '200': { $ref: '#/components/responses/No' } }\n`,
      /:6:\d+ no-unresolved-refs: Can't resolve \$ref #\/components\/responses\/No$/,
    ],
    [
      'a broken reference to a file',
      'away.yaml',
      `openapi: 3.0.0\n${info}paths:\n  /a: { $ref: gone.yaml }\n`,
      /:4:\d+ no-unresolved-refs: Can't resolve \$ref/,
    ],
    [
      'a reference to another machine',
      'remote.yaml',
      `openapi: 3.0.0\n${info}paths:\n  /a: { $ref: 'http://127.0.0.1:9/a.yaml' }\n`,
      /:4:\d+ no-unresolved-refs: Can't resolve \$ref.*is on another machine/,
    ],
    [
      'a reference to itself',
      'self.yaml',
      `openapi: 3.1.0\n${info}paths:\n  /a: { $ref: '#/paths/~1b' }\n  /b: { $ref: '#/paths/~1a' }\n`,
      /leads back to itself|Can't resolve|self-referenc/i,
    ],
    ['something else', 'other.yaml', 'name: x\n', ':1:1 This is no OpenAPI document: it has no member `openapi`.'],
    ['a list', 'list.json', '[]', ':1:1 This is no OpenAPI document: it is not an object.'],
    ['nothing', 'nothing.yaml', '', ':1:1 This is no OpenAPI document: it is not an object.'],
    [
      'an anchor within itself',
      'anchor.yaml',
      `openapi: 3.0.0\n${info}paths: {}\nx-a: &a [*a]\n`,
      ': An anchor of YAML stands within itself.',
    ],
    [
      'anchors that stand for more than there is room for',
      'bomb.yaml',
      `openapi: 3.0.0\n${info}paths: {}\nx-0: &x0 [1,2,3,4,5,6,7,8,9]\n${Array.from(
        { length: 9 },
        (_, index) => `x-${index + 1}: &x${index + 1} [${Array(9).fill(`*x${index}`)}]\n`,
      ).join('')}`,
      ': It stands for more than 5,000,000 values.',
    ],
    [
      'one that is nested too deep',
      'deep.json',
      `{ "openapi": "3.0.0", "paths": {}, "x-a": ${'['.repeat(20_000)}${']'.repeat(20_000)} }`,
      ': It is nested deeper than 500 levels.',
    ],
    ['what is not YAML', 'bad.yaml', 'openapi: [3.0\ninfo: x\n', /bad\.yaml:\d+:\d+ It is not YAML: .*\.$/],
    [
      'paths that are a list',
      'paths.yaml',
      `openapi: 3.0.0\n${info}paths: []\n`,
      /:3:\d+ struct: Expected type `Paths/,
    ],
    [
      'a parameter of the path that is not declared',
      'undeclared.yaml',
      `openapi: 3.0.0\n${info}paths:\n  /a/{id}:\n    get: { ${ok} }\n`,
      /:5:5 path-parameters-defined: /,
    ],
  ];

  test.each(cases)('%s: one sentence with the place, exit code 2, nothing written', async (_, file, text, says) => {
    const spec = shop.write(file, text);
    const before = shop.files();
    const { code, said, complaints } = await shop.gen(spec, 'out');
    expect([code, said, complaints.length]).toEqual([2, [], 1]);
    if (typeof says === 'string') expect(complaints[0]).toBe(`${spec}${says}`);
    else expect(complaints[0]).toMatch(says);
    expect(shop.files()).toEqual(before);
  });

  test('no file, or a folder', async () => {
    const gone = join(shop.root, 'gone.yaml');
    expect((await shop.gen(gone, 'out')).complaints).toEqual([`${gone}: There is no such file.`]);
    expect((await shop.gen(shop.root, 'out')).complaints).toEqual([`${shop.root}: It is a folder, not a file.`]);
  });

  test('the command says so on standard error, without a stack, and exits with 2', () => {
    const spec = shop.write('swagger.json', '{ "swagger": "2.0" }');
    const run = (...args: string[]) =>
      spawnSync(process.execPath, ['pipeline/command/bin.js', 'gen', ...args], { cwd: repository, encoding: 'utf8' });
    expect(run('--spec', spec, '--out', join(shop.root, 'out'))).toMatchObject({
      status: 2,
      stdout: '',
      stderr: `${spec}:1:3 This is Swagger 2.0; gen takes OpenAPI 3.0, 3.1 and 3.2. swagger2openapi converts it.\n`,
    });
    expect(run('--spec', spec)).toMatchObject({ status: 2, stderr: '--spec FILE and --out FOLDER go together.\n' });
    expect(run('--only', 'pets')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^--only and --exclude go with --spec/),
    });
  });
});
