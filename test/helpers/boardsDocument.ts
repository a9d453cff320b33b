import type { Peculiarity } from './boards.ts';

const json = (schema: object) => ({ 'application/json': { schema } });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const query = (name: string, schema: object) => ({ name, in: 'query', schema });
const path = (name: string, type: string) => ({ name, in: 'path', required: true, schema: { type } });
const said = (description: string) => ({ description, content: json(ref('Error')) });
const INVALID = { 400: said('Not as documented.') };
const ABSENT = { 404: said('There is no such thing.') };

const input = {
  title: { type: 'string', minLength: 1, maxLength: 80 },
  colour: { type: 'string', enum: ['red', 'green', 'blue'] },
  rating: { type: 'integer', minimum: 1, maximum: 5 },
  position: { type: 'integer', minimum: 1, maximum: 1000 },
  pinned: { type: 'boolean' },
  isDefault: { type: 'boolean' },
  owner: { type: 'string', format: 'email' },
  dueAt: { type: 'string', format: 'date-time' },
};

/** The documents of the board servers, as far as OpenAPI can describe them. */
export function boardsDocument(peculiarity: Peculiarity): Readonly<Record<string, unknown>> {
  const is = (one: Peculiarity) => one === peculiarity;
  const writable = is('lists drafts only if it is asked for them')
    ? { ...input, status: { type: 'string', enum: ['draft', 'open'] } }
    : input;
  return {
    openapi: '3.1.0',
    info: { title: 'Boards', version: '1.0.0' },
    paths: {
      '/boards': { get: list(is), post: create(is) },
      '/boards/{boardId}': {
        parameters: [path('boardId', 'string')],
        get: read(),
        patch: change(is),
        delete: remove(is),
      },
      ...cardPaths(),
    },
    components: {
      schemas: {
        Error: { type: 'object', required: ['code'], properties: { code: { type: 'string' } } },
        BoardInput: { type: 'object', required: ['title'], properties: writable },
        BoardChange: { type: 'object', minProperties: 1, properties: writable },
        Board: {
          type: 'object',
          required: ['id', 'title', 'createdAt', 'updatedAt'],
          properties: {
            status: { type: 'string', enum: ['draft', 'open', 'archived'] },
            ...writable,
            id: { type: 'string' },
            createdAt: { type: 'string', format: 'date-time' },
            updatedAt: { type: 'string', format: 'date-time' },
          },
        },
        CardInput: { type: 'object', required: ['text'], properties: { text: { type: 'string' } } },
        Card: {
          type: 'object',
          required: ['text', 'number'],
          properties: { text: { type: 'string' }, number: { type: 'integer' } },
        },
      },
    },
  };
}

type Is = (one: Peculiarity) => boolean;

function list(is: Is): object {
  const page = is('numbers its pages from 0')
    ? query('page', { type: 'integer' })
    : query('offset', { type: 'integer', minimum: 0 });
  const flag = is('takes a flag that is false for none') ? { default: false } : {};
  const body = {
    type: 'object',
    required: ['items'],
    properties: {
      items: { type: 'array', items: ref('Board') },
      total: { type: 'integer' },
      filtered: { type: 'integer' },
    },
  };
  return {
    operationId: 'listBoards',
    parameters: [
      query('limit', { type: 'integer', minimum: 1, maximum: 100 }),
      page,
      query('colour', { type: 'string', enum: ['red', 'green', 'blue'] }),
      query('rating', { type: 'integer', minimum: 1, maximum: 5 }),
      query('isDefault', { type: 'boolean', ...flag }),
      query('status', { type: 'string', enum: ['draft', 'open', 'archived', 'all'], default: 'open' }),
      query('sort', { type: 'string', enum: ['createdAt', '-createdAt', 'rating', '-rating'] }),
    ],
    responses: { 200: { description: 'The boards.', content: json(body) }, ...INVALID },
  };
}

function create(is: Is): object {
  const made = { description: 'The board.', content: json(ref('Board')) };
  return {
    operationId: 'createBoard',
    requestBody: { required: true, content: json(ref('BoardInput')) },
    responses: { 201: made, ...(is('answers the same board for the same title') && { 200: made }), ...INVALID },
  };
}

const etag = { ETag: { schema: { type: 'string' } } };

const read = (): object => ({
  operationId: 'getBoard',
  parameters: [{ name: 'If-None-Match', in: 'header', schema: { type: 'string' } }],
  responses: {
    200: { description: 'The board.', headers: etag, content: json(ref('Board')) },
    304: { description: 'You have it.' },
    ...ABSENT,
  },
});

const versioned = (is: Is): object => {
  const required = is('needs to be told the version');
  return {
    parameters: [{ name: 'If-Match', in: 'header', required, schema: { type: 'string' } }],
  };
};

const refusals = (is: Is): object => ({
  ...(is('needs to be told the version') && { 428: said('If-Match, please.') }),
  412: said('It was changed meanwhile.'),
  ...ABSENT,
});

const change = (is: Is): object => ({
  operationId: 'changeBoard',
  ...versioned(is),
  requestBody: { required: true, content: json(ref('BoardChange')) },
  responses: {
    200: { description: 'The board.', headers: etag, content: json(ref('Board')) },
    ...INVALID,
    ...refusals(is),
  },
});

const remove = (is: Is): object => ({
  operationId: 'removeBoard',
  ...versioned(is),
  responses: {
    [is('removes a moment later') ? 202 : 204]: { description: 'It is gone, or will be.' },
    ...(is('refuses to remove what has parts') && { 409: said('It still has cards.') }),
    ...INVALID,
    ...refusals(is),
  },
});

function cardPaths(): object {
  const card = { description: 'The card.', content: json(ref('Card')) };
  const cards = { description: 'The cards.', content: json({ type: 'array', items: ref('Card') }) };
  return {
    '/boards/{boardId}/cards': {
      parameters: [path('boardId', 'string')],
      get: { operationId: 'listCards', responses: { 200: cards, ...ABSENT } },
      post: {
        operationId: 'addCard',
        requestBody: { required: true, content: json(ref('CardInput')) },
        responses: { 201: card, ...INVALID, ...ABSENT },
      },
    },
    '/boards/{boardId}/cards/{number}': {
      parameters: [path('boardId', 'string'), path('number', 'integer')],
      get: { operationId: 'getCard', responses: { 200: card, ...INVALID, ...ABSENT } },
      delete: { operationId: 'removeCard', responses: { 204: { description: 'It is gone.' }, ...INVALID, ...ABSENT } },
    },
  };
}
