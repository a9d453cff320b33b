const int64 = { type: 'integer', format: 'int64' };
const at = { type: 'string', format: 'date-time' };
const json = (schema: object) => ({ 'application/json': { schema } });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const answersWith = (schema: object) => ({ 200: { description: 'It.', content: json(schema) } });

/** A document with integers of 64 bits and date-times in every place. */
export const accounts = {
  openapi: '3.1.0',
  info: { title: 'Accounts', version: '1' },
  components: {
    schemas: {
      Account: {
        type: 'object',
        required: ['id'],
        properties: {
          id: int64,
          small: { type: 'integer' },
          opened: at,
          day: { type: 'string', format: 'date' },
          closed: { type: ['string', 'null'], format: 'date-time' },
          limit: { type: ['integer', 'null'], format: 'int64' },
          digits: { type: 'string' },
          parent: ref('Account'),
          children: { type: 'array', items: ref('Account') },
          pair: { type: 'array', prefixItems: [{ type: 'string' }, int64] },
          byName: { type: 'object', additionalProperties: int64 },
          either: { oneOf: [ref('Dated'), ref('Counted')], discriminator: { propertyName: 'kind' } },
        },
      },
      Dated: { type: 'object', required: ['kind', 'value'], properties: { kind: { type: 'string' }, value: at } },
      Counted: {
        type: 'object',
        required: ['kind', 'value'],
        properties: { kind: { const: 'Counted' }, value: { type: 'string' }, count: int64 },
      },
      Fault: { type: 'object', properties: { at, code: int64, title: { type: 'string' } } },
    },
  },
  paths: {
    '/accounts/{id}': {
      put: {
        operationId: 'putAccount',
        parameters: [
          { name: 'id', in: 'path', required: true, schema: int64 },
          { name: 'since', in: 'query', schema: at },
          { name: 'ids', in: 'query', schema: { type: 'array', items: int64 } },
          { name: 'filter', in: 'query', content: json({ type: 'object', properties: { over: int64, from: at } }) },
          { name: 'X-At', in: 'header', schema: at },
        ],
        requestBody: { required: true, content: json({ ...ref('Account') }) },
        responses: {
          200: {
            ...answersWith(ref('Account'))[200],
            headers: { 'X-Left': { schema: int64 }, 'X-Until': { schema: at } },
          },
          404: { description: 'No.', content: json(ref('Fault')) },
        },
      },
    },
    '/form': {
      post: {
        operationId: 'sendForm',
        requestBody: {
          required: true,
          content: {
            'application/x-www-form-urlencoded': { schema: { type: 'object', properties: { n: int64, at } } },
            'multipart/form-data': {
              schema: { type: 'object', properties: { n: int64, at, account: ref('Account') } },
            },
          },
        },
        responses: answersWith({}),
      },
    },
    '/watch': {
      get: {
        operationId: 'watch',
        responses: { 200: { description: 'It.', content: { 'text/event-stream': { schema: ref('Account') } } } },
      },
    },
    '/lines': {
      post: {
        operationId: 'lines',
        requestBody: { required: true, content: { 'application/jsonl': { schema: ref('Account') } } },
        responses: { 200: { description: 'It.', content: { 'application/jsonl': { schema: ref('Account') } } } },
      },
    },
    '/list': {
      get: {
        operationId: 'list',
        'x-pagination': { items: '', cursor: { input: 'after', item: 'id' } },
        parameters: [{ name: 'after', in: 'query', schema: int64 }],
        responses: answersWith({ type: 'array', items: ref('Account') }),
      },
    },
  },
};
