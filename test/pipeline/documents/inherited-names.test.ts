import { expect, it } from 'vitest';
import { get, post, serving } from '../../helpers/serving.ts';

const integer = { type: 'integer' };
const at = (place: string, name: string, schema: object = integer) => ({
  name,
  in: place,
  schema,
  ...(place === 'path' && { required: true }),
});
const body = JSON.parse(
  '{ "type": "object", "required": ["constructor"], "properties": { "__proto__": { "type": "integer" }, "constructor": { "type": "integer" }, "toString": { "type": "integer" } } }',
);
const paths = {
  '/path/{__proto__}/{constructor}': get('path', [at('path', '__proto__'), at('path', 'constructor')]),
  '/query': get('query', [
    at('query', '__proto__'),
    at('query', 'constructor', { ...integer, default: 3 }),
    at('query', 'valueOf', { type: 'array', items: integer }),
  ]),
  '/header': get('header', [at('header', 'constructor'), at('cookie', 'toString')]),
  '/body': post('body', body),
  '/key': get('key', [], { security: [{ Key: [] }] }),
};
const components = { securitySchemes: { Key: { type: 'apiKey', in: 'header', name: 'constructor' } } };

it('a parameter or a member may be called what every object inherits, and is there only where it was sent', async () => {
  const { call } = await serving({ paths, components }, {}, { security: { Key: () => ({}) } });
  const parse = (text: string) => JSON.parse(text);
  const rows: [method: string, path: string, options: object, answer: unknown][] = [
    ['GET', '/path/1/2', {}, parse('{ "__proto__": 1, "constructor": 2 }')],
    ['GET', '/path/x/2', {}, '/params/__proto__ must be integer'],
    ['GET', '/query', {}, { constructor: 3 }],
    ['GET', '/query?__proto__=1&valueOf=4', {}, parse('{ "__proto__": 1, "constructor": 3, "valueOf": [4] }')],
    ['GET', '/query?__proto__=x', {}, '/query/__proto__ must be integer'],
    ['GET', '/header', {}, {}],
    ['GET', '/header', { headers: { constructor: '1', cookie: 'toString=2' } }, { constructor: 1, toString: 2 }],
    ['POST', '/body', { body: { toString: 1 } }, '/body/constructor is required'],
    ['POST', '/body', { body: { constructor: 1 } }, { constructor: 1 }],
    ['POST', '/body', { body: parse('{ "constructor": 1, "__proto__": "x" }') }, '/body/__proto__ must be integer'],
    ['GET', '/key', {}, 'The request needs credentials.'],
  ];
  for (const [method, path, options, answer] of rows) {
    const { body } = await call(method, path, options);
    expect(typeof answer === 'string' ? body.detail : body, `${method} ${path}`).toEqual(answer);
  }
});
