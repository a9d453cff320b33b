import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Document } from '../../../pipeline/document/types.ts';
import {
  type AnyHandler,
  type AppOptions,
  createApp,
  type Log,
  NotImplemented,
} from '../../../pipeline/express/index.ts';
import { type Answer, send } from '../../helpers/server.ts';

// A document that has nothing to do with this project's API: pipeline/express serves any.
const text = (name: string, place = 'path') => ({
  name,
  in: place,
  required: place === 'path',
  schema: { type: 'string' },
});
const json = (schema: object) => ({ description: 'It.', content: { 'application/json': { schema } } });
const pet = { type: 'object', required: ['name'], properties: { name: { type: 'string' }, age: { type: 'integer' } } };

const document = {
  openapi: '3.1.0',
  info: { title: 'Pets', version: '1' },
  servers: [{ url: 'https://pets.example/v2' }],
  paths: {
    '/pets/{petId}': {
      parameters: [text('petId')],
      get: {
        operationId: 'getPet',
        parameters: [{ ...text('limit', 'query'), schema: { type: 'integer' } }, text('x-tenant', 'header')],
        responses: { 200: json(pet) },
      },
      put: { operationId: 'putPet', requestBody: { required: true, ...json(pet) }, responses: { 200: json(pet) } },
    },
    '/pets/mine': { get: { operationId: 'getMine', responses: { 200: json(pet) } } },
    '/files/{name}.{extension}': {
      get: { operationId: 'getFile', parameters: [text('name'), text('extension')], responses: { 200: json({}) } },
    },
    '/tags': {
      post: {
        operationId: 'addTags',
        requestBody: { ...json({ type: 'array', items: { type: 'string' } }) },
        responses: { 201: json({}) },
      },
    },
  },
};
async function serve(handlers: Record<string, unknown>, options: Partial<Omit<AppOptions<object>, 'handlers'>> = {}) {
  const logged: string[] = [];
  const line = (fields: object, message: string) =>
    logged.push(
      JSON.stringify({ ...fields, message }, (_key, value) => (value instanceof Error ? value.message : value)),
    );
  const log: Log = { info: line, warn: line, error: line };
  const app = createApp<object>({
    document: document as unknown as Document,
    handlers: handlers as Record<string, AnyHandler<object>>,
    log,
    newId: () => 'id',
    pages: {},
    ...options,
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, logged };
}

const get = (url: string, headers = {}): Promise<Answer> => send(url, undefined, { method: 'GET', headers });

describe('an app made of any document', () => {
  it('answers a request that takes longer than it may as a 504, and nothing after that', async () => {
    const late = Promise.withResolvers<object>();
    const { url, logged } = await serve({ getMine: () => late.promise }, { requestTimeout: 50 });
    const { status, body } = await get(`${url}/pets/mine`);
    expect([status, body.detail]).toEqual([504, 'The request took too long. Try again later.']);
    late.resolve({ name: 'Rex' });
    expect((await get(`${url}/healthz`)).status).toBe(200);
    expect(logged.join('')).not.toContain('unexpected');
  });

  it('hands parameters and body to the handler as one flat input, numbers as numbers', async () => {
    const given: unknown[] = [];
    const handler = async (input: unknown) => {
      given.push(input);
      return { name: 'Rex' };
    };
    const { url } = await serve({ getPet: handler, putPet: handler });
    await get(`${url}/pets/a%2Fb?limit=7`, { 'x-tenant': 'me' });
    await send(`${url}/v2/pets/1`, { name: 'Rex', petId: 'not this one' }, { method: 'PUT' });
    expect(given).toEqual([
      { petId: 'a/b', limit: 7, 'x-tenant': 'me' },
      { petId: '1', name: 'Rex' },
    ]);
  });

  it('checks every request alike: the first ones, which come at once, the next ones, and those after it got ready', async () => {
    const { url } = await serve({ getPet: async ({ petId }: { petId: string }) => ({ name: petId }) }, { warm: true });
    const ask = async (id: number) => {
      const right = await get(`${url}/pets/${id}?limit=${id}`);
      const wrong = await get(`${url}/pets/${id}?limit=many`);
      expect([right.body, wrong.status]).toEqual([{ name: `${id}` }, 400]);
    };
    await Promise.all([1, 2, 3, 4].map(ask));
    await Promise.all([5, 6, 7, 8].map(ask));
    await new Promise((resolve) => setTimeout(resolve, 500)); // long enough to be idle
    await Promise.all([9, 10].map(ask));
    expect((await send(`${url}/tags`, [1])).status).toBe(400);
  });

  it('hands on the whole query, whatever is in it', async () => {
    const { url } = await serve({});
    expect((await get(`${url}/pets/1?limit=7?8`)).body.detail).toBe('/query/limit must be integer');
  });

  it('prefers a literal path to one with a parameter, and finds parameters within a segment', async () => {
    const { url } = await serve({
      getMine: async () => ({ name: 'mine' }),
      getPet: async ({ petId }: { petId: string }) => ({ name: petId }),
      getFile: async (input: object) => input,
    });
    expect((await get(`${url}/pets/mine`)).body.name).toBe('mine');
    expect((await get(`${url}/pets/mine2`)).body.name).toBe('mine2');
    expect((await get(`${url}/files/report.pdf`)).body).toEqual({ name: 'report', extension: 'pdf' });
    expect((await get(`${url}/files/report`)).status).toBe(404);
  });

  it('takes a body that is not an object, and answers the status that the document says', async () => {
    const { url } = await serve({ addTags: async ({ body }: { body: string[] }) => ({ count: body.length }) });
    const answer = await send(`${url}/tags`, ['a', 'b']);
    expect([answer.status, answer.body]).toEqual([201, { count: 2 }]);
    expect((await send(`${url}/tags`, [1])).body.detail).toBe('/body/0 must be string');
  });

  it('refuses a query parameter that the document does not know, or of a wrong type', async () => {
    const { url } = await serve({});
    expect((await get(`${url}/pets/1?limit=many`)).body.detail).toBe('/query/limit must be integer');
    expect((await get(`${url}/pets/1?colour=red`)).status).toBe(400);
  });

  it('answers 501 for what is not written yet, and 500 for what nobody foresaw', async () => {
    const { url } = await serve({
      getMine: async () => {
        throw new Error('secret');
      },
    });
    const stub = async () => {
      throw new NotImplemented('getPet');
    };
    const notImplemented = {
      type: 'about:blank',
      title: 'Not Implemented',
      status: 501,
      detail: 'getPet is not implemented.',
    };
    for (const one of [url, (await serve({ getPet: stub })).url]) {
      const answer = await get(`${one}/pets/1`);
      expect([answer.status, answer.headers.get('content-type'), answer.body]).toEqual([
        501,
        'application/problem+json',
        notImplemented,
      ]);
    }
    const failed = await get(`${url}/pets/mine`);
    expect(failed.status).toBe(500);
    expect(JSON.stringify(failed.body)).not.toContain('secret');
  });
});

describe('an answer that breaks the contract', () => {
  const wrong = { getMine: async () => ({ age: 'old' }) };

  it('is thrown away where the app is told to', async () => {
    const { url, logged } = await serve(wrong, { onInvalidResponse: 'throw' });
    expect((await get(`${url}/pets/mine`)).status).toBe(500);
    expect(logged.join('')).toContain('breaks the contract: /response/name is required');
  });

  it('is sent, and told to the log, otherwise', async () => {
    const { url, logged } = await serve(wrong);
    const answer = await get(`${url}/pets/mine`);
    expect([answer.status, answer.body]).toEqual([200, { age: 'old' }]);
    expect(logged.join('')).toContain('/response/age must be integer');
  });
});

describe('the pages beside the operations', () => {
  const named = (name: string) => ({ get: { operationId: name, responses: { 200: { description: 'ok' } } } });
  const other = {
    openapi: '3.1.0',
    info: { title: 'Other', version: '1' },
    paths: { '/docs': named('docs'), '/{any}/try': named('any') },
  };

  it("are the document, its health and its reference; a path of the document stays the document's", async () => {
    const handlers = { docs: async () => ({ from: 'the document' }), any: async () => ({ from: 'the document' }) };
    const { url } = await serve(handlers, { document: other as unknown as Document });
    expect((await get(`${url}/openapi.json`)).body.info.title).toBe('Other');
    expect((await get(`${url}/healthz`)).body).toEqual({ status: 'ok' });
    expect((await get(`${url}/docs`)).body).toEqual({ from: 'the document' });
    expect((await get(`${url}/docs/try`)).body).toEqual({ from: 'the document' });
  });

  it.each(['/docs', '/docs/try'])('%s says that there is none where the server has no such page', async (path) => {
    const { url } = await serve({});
    const { status, body } = await get(url + path);
    expect([status, body.detail]).toEqual([404, expect.stringMatching(/^This server has no .*page/)]);
  });
});
