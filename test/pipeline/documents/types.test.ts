import { afterAll, beforeAll, expect, test } from 'vitest';
import { Workshop } from '../../helpers/workshop.ts';

const info = { title: 'T', version: '1' };
const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const ok = { 200: { description: 'Done.' } };
const string = { type: 'string' };
const integer = { type: 'integer' };
const object = (properties: object, required: string[] = []) => ({
  type: 'object',
  properties,
  ...(required.length > 0 && { required }),
});
/** A document with a POST for each schema of a body, named like it; each answers with the same schema. */
const posts = (openapi: string, bodies: Record<string, object>, schemas: object = {}) => ({
  openapi,
  info,
  paths: Object.fromEntries(
    Object.entries(bodies).map(([operationId, schema]) => [
      `/${operationId}`,
      {
        post: {
          operationId,
          requestBody: { required: true, ...json(schema) },
          responses: { 200: { description: 'Done.', ...json(schema) } },
        },
      },
    ]),
  ),
  components: { schemas },
});

const sides = posts(
  '3.0.3',
  { addThing: ref('Thing'), addBox: ref('Box'), addList: { type: 'array', items: ref('Thing') } },
  {
    Thing: object({ id: { ...integer, readOnly: true }, name: string, pin: { ...string, writeOnly: true } }, [
      'id',
      'name',
      'pin',
    ]),
    Box: { allOf: [ref('Thing'), object({ lid: string }, ['lid'])] },
  },
);
const defaults = {
  ...posts(
    '3.1.0',
    { setConfig: ref('Config'), setDeep: object({ inner: ref('Config'), size: ref('Size') }) },
    {
      Config: object({ retries: { ...integer, default: 3 }, name: string }, ['name']),
      Size: { type: 'string', enum: ['s', 'm'], default: 'm' },
    },
  ),
};
Object.assign(defaults.paths, {
  '/search': {
    get: {
      operationId: 'search',
      parameters: [
        { name: 'limit', in: 'query', schema: { ...integer, default: 10 } },
        { name: 'after', in: 'query', schema: string },
        { name: 'Authorization', in: 'header', required: true, schema: string },
      ],
      responses: ok,
    },
  },
  '/part': { put: { operationId: 'optional', requestBody: json(object({ x: string }, ['x'])), responses: ok } },
});
const shapes = posts(
  '3.0.3',
  {
    free: object(
      { text: string, any: {}, meta: { type: 'object' }, rows: { type: 'array', items: { type: 'object' } } },
      ['text'],
    ),
    mapped: object({ known: integer }, ['known']),
    choose: {
      oneOf: [ref('Cat'), ref('Dog')],
      discriminator: { propertyName: 'kind', mapping: { cat: 'Cat', dog: 'Dog' } },
    },
    own: { oneOf: [ref('Text'), ref('Quote')], discriminator: { propertyName: 'kind' } },
    strict: ref('Strict'),
    part: object({
      tag: { $ref: '#/components/schemas/Tag/allOf/0' },
      line: { $ref: '#/components/schemas/Order/properties/line' },
    }),
    nullable: object({ color: { type: 'string', enum: ['red'], nullable: true } }, ['color']),
    extra: { ...object({ a: string }, ['a']), additionalProperties: integer },
  },
  {
    Cat: object({ kind: string, lives: integer }, ['kind']),
    Dog: object({ kind: string, bark: { type: 'boolean' } }, ['kind', 'bark']),
    Text: object({ kind: { type: 'string', enum: ['text'] }, text: string }, ['kind']),
    Quote: object({ kind: { type: 'string', enum: ['quote'] } }, ['kind']),
    Base: { ...object({ from: string }), nullable: true },
    Strict: { allOf: [ref('Base'), { type: 'object' }], required: ['from'] },
    Tag: { allOf: [object({ id: string })] },
    Order: object({ line: object({ n: integer }, ['n']) }),
  },
);
const siblings = {
  old: posts('3.0.3', { op: object({ a: { ...ref('A'), nullable: true } }, ['a']) }, { A: string }),
  new: posts(
    '3.1.0',
    { op: object({ a: { ...ref('A'), properties: { b: integer }, required: ['b'] } }, ['a']) },
    { A: object({ c: string }) },
  ),
};
const answers = {
  openapi: '3.2.0',
  info,
  paths: {
    '/orders': {
      post: {
        operationId: 'addOrder',
        responses: {
          201: {
            description: 'Made.',
            headers: { Location: { required: true, schema: string } },
            ...json(object({ id: integer }, ['id'])),
          },
          202: { description: 'Later.' },
          303: { description: 'There.', headers: { Location: { schema: string } } },
          '4XX': {
            description: 'No.',
            content: { 'application/problem+json': { schema: object({ title: string }, ['title']) } },
          },
        },
      },
      query: {
        operationId: 'queryOrders',
        responses: { 200: { description: 'Found.', ...json({ type: 'array', items: integer }) } },
      },
      additionalOperations: { COPY: { operationId: 'copyOrders', responses: { 204: { description: 'Copied.' } } } },
    },
    '/events': {
      get: {
        operationId: 'events',
        responses: {
          200: { description: 'All.', content: { 'text/event-stream': { itemSchema: object({ n: integer }, ['n']) } } },
        },
      },
    },
    '/seat': {
      get: {
        operationId: 'getSeat',
        responses: {
          200: {
            description: 'The seat.',
            headers: { ETag: { required: true, schema: string } },
            ...json(object({ id: integer }, ['id'])),
          },
        },
      },
    },
    '/row': {
      get: {
        operationId: 'getRow',
        responses: {
          200: {
            description: 'The row.',
            headers: {
              'Content-Length': { required: true, schema: integer },
              'X-Request-ID': { required: true, schema: string },
              'X-Left': { schema: integer },
            },
            ...json(object({ id: integer }, ['id'])),
          },
        },
      },
    },
    '/same': {
      put: {
        operationId: 'sameNames',
        parameters: [{ name: 'body', in: 'query', required: true, schema: integer }],
        requestBody: { required: true, ...json({ type: 'array', items: string }) },
        responses: { 200: { description: 'Done.' } },
      },
    },
    '/files': {
      post: {
        operationId: 'upload',
        requestBody: {
          required: true,
          content: {
            'multipart/form-data': {
              schema: object({ title: string, file: { ...string, format: 'binary' } }, ['file']),
            },
          },
        },
        responses: { 200: { description: 'Read.', content: { 'text/plain': { schema: string } } } },
      },
    },
  },
};

/** Compiles only if the types say what the server does. */
const consumer = `import type { components as Sides, operations as SidesOperations } from './sides/generated/schema.ts';
import type { Input as Defaults } from './defaults/server/operations/handler.ts';
import type { Input as Shapes, Result as ShapesResult } from './shapes/server/operations/handler.ts';
import type { Input as Side, Result as SideResult } from './sides/server/operations/handler.ts';
import type { Input as Old } from './old/server/operations/handler.ts';
import type { Input as New } from './new/server/operations/handler.ts';
import { createClient } from './answers/client/index.ts';
import { answer, type Input as Answers, type Result } from './answers/server/operations/handler.ts';

type Is<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const yes = <_T extends true>() => {};
declare const side: Side<'addThing'>;
declare const sent: SidesOperations['addThing']['requestBody']['content']['application/json'];

// readOnly members are answered and never sent, writeOnly ones the other way around; behind allOf too.
yes<Is<keyof typeof side, 'name' | 'pin'>>();
yes<Is<keyof typeof sent, 'name' | 'pin'>>();
yes<Is<keyof Sides['schemas']['Thing'], 'id' | 'name'>>();
yes<Is<keyof Side<'addBox'>, 'name' | 'pin' | 'lid'>>();
yes<Is<keyof Side<'addList'>['body'][number], 'name' | 'pin'>>();
export const thing: SideResult<'addThing'> = { id: 1, name: 'a' };

// Defaults may be left out by callers and are there for handlers, at every depth.
declare const config: Defaults<'setConfig'>;
declare const deep: Defaults<'setDeep'>;
declare const search: Defaults<'search'>;
export const numbers: number[] = [config.retries, deep.inner?.retries ?? 0, search.limit];
export const size: 's' | 'm' = deep.size;
export const after: string | undefined = search.after;
yes<Is<keyof typeof search, 'limit' | 'after'>>();
export const none: Defaults<'optional'> = {};

// Open objects, and members of any type.
declare const free: Shapes<'free'>;
export const lost: unknown[] = [free.meta?.['x'], free.any, free.rows?.[0]?.['y']];
export const rest: Shapes<'extra'> = { a: 'x', b: 1 };

// Discriminators.
declare const chosen: Shapes<'choose'>['body'];
declare const own: Shapes<'own'>['body'];
export const barks = chosen.kind === 'dog' ? chosen.bark : chosen.lives;
export const text = own.kind === 'text' ? own.text : own.kind;

// Nullable bases with required, references into parts, nullable enums, siblings of $ref.
declare const strict: Shapes<'strict'>;
declare const part: Shapes<'part'>;
export const from: string = strict.from;
export const parts: [string | undefined, number | undefined] = [part.tag?.id, part.line?.n];
yes<Is<Shapes<'nullable'>['color'], 'red' | null>>();
yes<Is<Old<'op'>['a'], string>>();
declare const fresh: New<'op'>;
export const both: [number, string | undefined] = [fresh.a.b, fresh.a.c];

// Answers: every status with its headers, and nothing else.
export const made: Result<'addOrder'>[] = [
  answer(201, { id: 1 }, { headers: { Location: '/orders/1' } }),
  answer(202),
  answer(303, undefined, { headers: { Location: '/orders/1' } }),
  answer(409, { title: 'No.' }, { type: 'application/problem+json' }),
];
// @ts-expect-error a required header is missing
export const bare: Result<'addOrder'> = answer(201, { id: 1 });
// @ts-expect-error a status that the document does not give
export const other: Result<'addOrder'> = answer(200, { id: 1 });
// @ts-expect-error a body of the wrong type
export const wrong: Result<'addOrder'> = answer(201, { id: 'x' }, { headers: { Location: '/' } });
// @ts-expect-error a media type that the document does not give
export const vendor: Result<'addOrder'> = answer(409, { title: 'No.' }, { type: 'application/json' });
export const enumerated: ShapesResult<'own'> = answer(200, { kind: 'text', text: 'x' });
export const found: Result<'queryOrders'> = [1];
export const copied: Result<'copyOrders'> = answer(204);
// @ts-expect-error a body without the header that its answer must have
export const bare: Result<'getSeat'> = { id: 1 };
export const whole: Result<'getSeat'> = answer(200, { id: 1 }, { headers: { ETag: '"1"' } });
export const framed: Result<'getRow'> = { id: 1 };
async function* items() {
  yield { n: 1 };
}
export const stream: Result<'events'> = items();

// A whole body beside a parameter named body.
export const same: Answers<'sameNames'> = { body: 1, requestBody: ['x'] };
export const sentSame = createClient({ baseUrl: '' }).sameNames({ body: 1, requestBody: ['x'] });
declare const upload: Answers<'upload'>;
export const file: [string, ReadableStream<Uint8Array>] = [upload.file.name, upload.file.stream()];
export const read: Result<'upload'> = 'text';
`;

const shop = new Workshop();
const documents = { sides, defaults, shapes, answers, old: siblings.old, new: siblings.new };
beforeAll(async () => {
  for (const [name, document] of Object.entries(documents)) {
    const { code, complaints } = await shop.gen(shop.write(`${name}.json`, JSON.stringify(document)), name);
    expect([name, code, complaints]).toEqual([name, 0, []]);
  }
  shop.write('consumer.ts', consumer);
}, 120_000);
afterAll(() => shop[Symbol.dispose]());

test('types say what the server does, and all that is generated compiles under the strictest settings', () => {
  const options = { exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true };
  const errors = shop.typeErrors(
    shop.files().filter((file) => file.endsWith('.ts')),
    options,
  );
  // The packages are here as sources, and are checked by the settings of this repository.
  expect(errors.filter((error) => !error.startsWith('..'))).toEqual([]);
}, 300_000);
