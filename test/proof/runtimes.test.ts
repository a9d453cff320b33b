import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { delimiter, isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answer, HttpError, ServerSentEvent, type UploadedFile } from '../../pipeline/express/index.ts';
import { accounts } from '../helpers/accounts.ts';
import { consumers } from '../helpers/consumers.ts';
import { root } from '../helpers/guides.ts';
import { type Served, Workshop } from '../helpers/workshop.ts';

const execute = promisify(execFile);
const shop = new Workshop();
let served: Served;
let script: string;

/** A typical program: bodies both ways, forms, uploads, events, JSON lines, pages, a retry, a stop, and an error caught by its class. */
const program = (url: string) => `
import { createClient, isError } from './client/index.ts';
const client = createClient({ baseUrl: '${url}' });
let attempts;
const since = new Date('2024-02-29T12:30:00Z');
const all = async (items) => { const seen = []; for await (const item of items) seen.push(item); return seen; };
const account = await client.putAccount({ id: 7n, since, body: { id: 9007199254740991n, opened: since } });
const form = await client.sendForm({ n: 5n, at: since }, { type: 'multipart/form-data' });
const events = (await all(await client.watch())).map(({ data }) => data.id);
const lines = (await all(await client.lines({ body: [{ id: 1n }, { id: 2n }] }))).map(({ id }) => id);
const pages = (await all(client.list())).map(({ id }) => id);
const error = await client.putAccount({ id: 404n, body: { id: 1n } }).catch((error) => isError(error, 'putAccount', 404) && error.body.title);
const file = await client.upload({ file: new File(['héllo'], 'a.txt', { type: 'text/plain' }) });
const pieces = async function* () { for (const text of ['one ', 'two ', 'three']) yield new TextEncoder().encode(text); };
const streamed = await client.upload({ file: pieces() });
const again = await client.putAccount({ id: 503n, body: { id: 1n } }, { onRequest: ({ number }) => (attempts = number) });
const stopped = await client.watch({}, { signal: AbortSignal.abort(new Error('stopped')) }).catch(({ message }) => message);
console.log(JSON.stringify({ account, form, events, lines, pages, error, file, streamed, again, attempts, stopped }, (_, one) => (typeof one === 'bigint' ? one + 'n' : one)));
`;

const upload = {
  post: {
    operationId: 'upload',
    requestBody: {
      required: true,
      content: {
        'multipart/form-data': {
          schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } },
        },
      },
    },
    responses: { 200: { description: 'It.', content: { 'application/json': { schema: {} } } } },
  },
};

let asked = 0;
/** Refuses every other request. */
function busyAtFirst<Body>(body: Body): Body {
  asked += 1;
  if (asked % 2 === 1) throw new HttpError(503, 'Busy.');
  return body;
}

beforeAll(async () => {
  const paths = { ...accounts.paths, '/files': upload };
  const spec = shop.write('accounts.json', JSON.stringify({ ...accounts, paths }));
  const made = await shop.gen(spec, 'made', { clientOptions: { int64: 'bigint', dates: 'Date' } });
  expect(made).toMatchObject({ code: 0, complaints: [] });
  served = await shop.serve('made', {
    putAccount: async ({ id, body }: { id: number; body: object }) =>
      id === 404 ? answer(404, { title: 'No' } as never) : id === 503 ? busyAtFirst(body) : body,
    upload: async ({ file }: { file: UploadedFile }) => ({
      name: file.name,
      type: file.type,
      text: new TextDecoder().decode(await file.bytes()),
    }),
    sendForm: async (input: object) => input,
    watch: async () =>
      answer(
        200,
        (async function* () {
          for (const id of [1, 2]) yield new ServerSentEvent({ id });
        })() as never,
        { type: 'text/event-stream' } as never,
      ),
    lines: async ({ body }: { body: object }) => answer(200, body as never, { type: 'application/jsonl' } as never),
    list: async ({ after = 0 }: { after?: number }) => (after < 4 ? [{ id: after + 1 }, { id: after + 2 }] : []),
  });
  const input = shop.write('made/program.ts', program(served.url));
  const { rolldown } = await import(createRequire(join(root, 'node_modules/tsdown/package.json')).resolve('rolldown'));
  const bundle = await rolldown({ input, platform: 'neutral', resolve: { mainFields: ['module', 'main'] } });
  const { output } = await bundle.generate({ format: 'esm' });
  script = shop.write('program.mjs', output[0].code);
});
afterAll(() => {
  served?.stop();
  shop[Symbol.dispose]();
});

const tools = join(consumers, 'node_modules');
const platform = `${process.platform}-${process.arch}`;
const BINARIES: Readonly<Record<string, string>> = {
  deno: join(tools, '@deno', process.platform === 'linux' ? `${platform}-glibc` : platform),
  bun: join(tools, '@oven', `bun-${platform.replace('arm64', 'aarch64')}/bin`),
};

/** The file of a runtime of this version: among the consumers' tools, whose packages need no script to install, or in PATH. */
async function found(command: string, version: RegExp): Promise<string | undefined> {
  const folders = [BINARIES[command] ?? tools, ...(process.env.PATH ?? '').split(delimiter)];
  for (const file of isAbsolute(command) ? [command] : folders.map((folder) => join(folder, command))) {
    const { stdout } = await execute(file, ['--version']).catch(() => ({ stdout: '' }));
    if (version.test(stdout)) return file;
  }
  return undefined;
}

test.for([
  ['Node 20', 'node', /^v20\./, []],
  ['this Node', process.execPath, /^v/, []],
  ['Deno', 'deno', /^deno /, ['run', '--allow-net']],
  ['Bun', 'bun', /^\d/, []],
] as const)('the generated client runs on %s', async ([name, command, version, args], { skip }) => {
  const file = await found(command, version);
  if (file === undefined)
    return skip(
      `there is no ${name} for ${platform}: neither in PATH nor in test/consumers (npm ci --prefix test/consumers)`,
    );
  const { stdout } = await execute(file, [...args, script]);
  expect(JSON.parse(stdout)).toEqual({
    account: { id: '9007199254740991n', opened: '2024-02-29T12:30:00.000Z' },
    form: { n: 5, at: '2024-02-29T12:30:00.000Z' },
    events: ['1n', '2n'],
    lines: ['1n', '2n'],
    pages: ['1n', '2n', '3n', '4n'],
    error: 'No',
    file: { name: 'a.txt', type: 'text/plain', text: 'héllo' },
    streamed: { name: 'file', type: 'application/octet-stream', text: 'one two three' },
    again: { id: '1n' },
    attempts: 2,
    stopped: 'stopped',
  });
});
