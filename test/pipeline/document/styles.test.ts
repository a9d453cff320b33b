import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeForm, encodeForm } from '../../../pipeline/document/formBody.ts';
import { type Parameter, parameterOf } from '../../../pipeline/document/operations.ts';
import { decode, encode } from '../../../pipeline/document/styles.ts';
import type { Document, Place, Schema, Style } from '../../../pipeline/document/types.ts';

const document: Document = {
  openapi: '3.1.0',
  info: { title: 'T', version: '1' },
  components: {
    schemas: { Color: { type: 'object', properties: { R: { type: 'integer' }, G: { type: 'integer' } } } },
  },
};

const parameter = (
  place: Place,
  style: Style | undefined,
  explode: boolean | undefined,
  schema: Schema,
  name = 'color',
) =>
  parameterOf(document, {
    name,
    in: place,
    ...(style && { style }),
    ...(explode !== undefined && { explode }),
    schema,
  });

const strings: Schema = { type: 'array', items: { type: 'string' } };
const color = { $ref: '#/components/schemas/Color' };

describe('a value in the table of styles of OpenAPI', () => {
  const table: [Place, Style, boolean, Schema, unknown, string][] = [
    ['path', 'matrix', false, { type: 'string' }, '', ';color'],
    ['path', 'matrix', false, { type: 'string' }, 'blue', ';color=blue'],
    ['path', 'matrix', false, strings, ['blue', 'black'], ';color=blue,black'],
    ['path', 'matrix', false, color, { R: 100, G: 200 }, ';color=R,100,G,200'],
    ['path', 'matrix', true, strings, ['blue', 'black'], ';color=blue;color=black'],
    ['path', 'matrix', true, color, { R: 100, G: 200 }, ';R=100;G=200'],
    ['path', 'label', false, { type: 'string' }, 'blue', '.blue'],
    ['path', 'label', false, strings, ['blue', 'black'], '.blue,black'],
    ['path', 'label', false, color, { R: 100, G: 200 }, '.R,100,G,200'],
    ['path', 'label', true, strings, ['blue', 'black'], '.blue.black'],
    ['path', 'label', true, color, { R: 100, G: 200 }, '.R=100.G=200'],
    ['path', 'simple', false, { type: 'string' }, 'blue', 'blue'],
    ['path', 'simple', false, strings, ['blue', 'black'], 'blue,black'],
    ['path', 'simple', false, color, { R: 100, G: 200 }, 'R,100,G,200'],
    ['path', 'simple', true, color, { R: 100, G: 200 }, 'R=100,G=200'],
    ['header', 'simple', false, strings, ['blue', 'black'], 'blue,black'],
    ['header', 'simple', true, color, { R: 100, G: 200 }, 'R=100,G=200'],
    ['query', 'form', false, { type: 'string' }, '', 'color='],
    ['query', 'form', false, strings, ['blue', 'black'], 'color=blue,black'],
    ['query', 'form', false, color, { R: 100, G: 200 }, 'color=R,100,G,200'],
    ['query', 'form', true, strings, ['blue', 'black'], 'color=blue&color=black'],
    ['query', 'form', true, color, { R: 100, G: 200 }, 'R=100&G=200'],
    ['query', 'spaceDelimited', false, strings, ['blue', 'black'], 'color=blue%20black'],
    ['query', 'pipeDelimited', false, strings, ['blue', 'black'], 'color=blue%7Cblack'],
    ['query', 'pipeDelimited', false, color, { R: 100, G: 200 }, 'color=R%7C100%7CG%7C200'],
    ['query', 'deepObject', true, color, { R: 100, G: 200 }, 'color%5BR%5D=100&color%5BG%5D=200'],
    ['cookie', 'form', true, { type: 'string' }, 'a b', 'color=a%20b'],
    ['cookie', 'form', false, strings, ['blue', 'black'], 'color=blue,black'],
    ['cookie', 'cookie', true, strings, ['blue', 'black'], 'color=blue; color=black'],
  ];
  it.each(table)(
    '%s, %s, explode %s is written and read as RFC 6570 says',
    (place, style, explode, schema, value, text) => {
      const one = parameter(place, style, explode, schema);
      expect(encode(one, value)).toBe(text);
      expect(decode(document, one, text)).toEqual(value);
    },
  );
});

describe('a query', () => {
  const query = (schema: Schema, more: object = {}, name = 'p'): Parameter =>
    parameterOf(document, { name, in: 'query', schema, ...more });

  it.each(["it's", 'a!b*c', '(x)', 'a:b', "''", 'a;b'])('may hold %s unescaped', (text) => {
    expect(decode(document, query({ type: 'string' }), `p=${text}`)).toBe(text);
  });

  it('takes a plus for a space, and %2B for a plus', () => {
    expect(decode(document, query({ type: 'string' }), 'p=a+b%2Bc')).toBe('a b+c');
  });

  it('may have brackets in its names, encoded or not', () => {
    const ids = query({ type: 'array', items: { type: 'integer' } }, {}, 'ids[]');
    expect(decode(document, ids, 'ids[]=1&ids%5B%5D=2')).toEqual([1, 2]);
    expect(encode(ids, [1, 2])).toBe('ids%5B%5D=1&ids%5B%5D=2');
  });

  it('reads numbers and booleans where the schema has them, and leaves what is none', () => {
    const choice = query({ oneOf: [{ type: 'integer' }, { type: 'boolean' }, { type: 'string', enum: ['auto'] }] });
    expect(['7', 'true', 'auto', '007'].map((text) => decode(document, choice, `p=${text}`))).toEqual([
      7,
      true,
      'auto',
      '007',
    ]);
    expect(decode(document, query({ type: 'string' }), 'p=7')).toBe('7');
    expect(decode(document, query({ type: 'integer' }), 'p=seven')).toBe('seven');
  });

  it('understands encoded commas between numbers, and keeps them within texts', () => {
    const numbers = query({ type: 'array', items: { type: 'integer' } }, { explode: false });
    expect(decode(document, numbers, 'p=1%2C2')).toEqual([1, 2]);
    expect(decode(document, query(strings, { explode: false }), 'p=a%2Cb')).toEqual(['a,b']);
  });

  it('distinguishes what is absent, empty and null', () => {
    expect(decode(document, query({ type: 'string' }), 'q=1')).toBeUndefined();
    expect(decode(document, query({ type: 'string' }), 'p=')).toBe('');
    expect(decode(document, query({ type: 'string' }), 'p')).toBe('');
    expect(decode(document, query({ type: ['integer', 'null'] }), 'p=')).toBeNull();
    expect(decode(document, query({ type: 'integer', nullable: true }), 'p=null')).toBeNull();
    expect(decode(document, query({ type: 'array', items: { type: 'integer' } }), 'p=')).toEqual([]);
    expect(decode(document, query({ type: 'boolean' }, { allowEmptyValue: true }), 'p')).toBe(true);
  });

  it('takes lists within a deepObject in each of the ways in which they are written', () => {
    const filter = query({ type: 'object', properties: { tags: strings } }, { style: 'deepObject' }, 'f');
    for (const text of ['f[tags]=a&f[tags]=b', 'f[tags][]=a&f[tags][]=b', 'f[tags][0]=a&f[tags][1]=b']) {
      expect(decode(document, filter, text)).toEqual({ tags: ['a', 'b'] });
    }
    expect(decode(document, filter, 'f[tags]=a')).toEqual({ tags: ['a'] });
  });

  it('gives an open object the names that no other parameter has', () => {
    const open = query({ type: 'object', additionalProperties: { type: 'integer' } });
    const page = query({ type: 'string' }, {}, 'page');
    expect(decode(document, open, 'a=1&page=x&b=2', { others: [open, page] })).toEqual({ a: 1, b: 2 });
  });

  it('sets no prototype', () => {
    const filter = query({ type: 'object' }, { style: 'deepObject' }, 'f');
    const value = decode(document, filter, 'f[__proto__][x]=1') as object;
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.keys(value)).toEqual(['__proto__']);
  });

  it.each(['p=%ff', 'p=%', 'p=%zz'])('refuses %s, which is not percent-encoded UTF-8', (text) => {
    expect(() => decode(document, query({ type: 'string' }), text)).toThrow(/not percent-encoded UTF-8/);
  });
});

describe('decode(encode(value))', () => {
  const text = fc.string({ unit: 'binary', maxLength: 8 }).filter((one) => one.isWellFormed());
  const ascii = fc.stringMatching(/^[!-+\-.-<>-~]{1,8}$/);
  const name = fc.constantFrom('color', 'ids[]', 'a b', 'é', 'x.y', '$p', 'a&b=c');
  const values = (place: Place): [Schema, fc.Arbitrary<unknown>][] => {
    const word = place === 'header' || place === 'cookie' ? ascii : text;
    const key = place === 'header' ? ascii.filter((one) => !one.includes('=')) : ascii;
    return [
      [{ type: 'string' }, word],
      [{ type: 'integer' }, fc.maxSafeInteger()],
      [{ type: 'number' }, fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (Object.is(n, -0) ? 0 : n))],
      [{ type: 'boolean' }, fc.boolean()],
      [strings, fc.array(word, { minLength: 1, maxLength: 4 })],
      [{ type: 'array', items: { type: 'number' } }, fc.array(fc.integer(), { minLength: 1, maxLength: 4 })],
      [color, fc.record({ R: fc.integer(), G: fc.integer() })],
      [
        { type: 'object', additionalProperties: { type: 'string' } },
        fc.dictionary(key, word, { minKeys: 1, maxKeys: 3 }),
      ],
    ];
  };
  const styles: [Place, Style, boolean][] = [
    ...(['matrix', 'label', 'simple'] as const).flatMap(
      (style) =>
        [
          ['path', style, true],
          ['path', style, false],
        ] as [Place, Style, boolean][],
    ),
    ['query', 'form', true],
    ['query', 'form', false],
    ['header', 'simple', true],
    ['header', 'simple', false],
    ['cookie', 'form', false],
  ];
  it.each(styles)('is the value in %s, %s, explode %s', (place, style, explode) => {
    for (const [schema, value] of values(place)) {
      fc.assert(
        fc.property(place === 'path' || place === 'query' ? name : fc.constant('color'), value, (called, given) => {
          const one = parameter(place, style, explode, schema, called);
          expect(decode(document, one, encode(one, given))).toEqual(given);
        }),
        { numRuns: 40 },
      );
    }
  });

  it.each(['spaceDelimited', 'pipeDelimited'] as const)('is the value in style %s, or encode refuses it', (style) => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (given) => {
        const one = parameter('query', style, false, strings);
        const separator = style === 'pipeDelimited' ? '|' : ' ';
        if (given.length > 0 && given.some((item) => item.includes(separator))) {
          expect(() => encode(one, given)).toThrow(/separator/);
        } else expect(decode(document, one, encode(one, given))).toEqual(given);
      }),
    );
  });

  const filter: Schema = {
    type: 'object',
    properties: {
      tags: strings,
      n: { type: 'integer' },
      a: { type: 'object', properties: { b: { type: 'boolean' }, c: { type: 'array', items: { type: 'number' } } } },
      rows: { type: 'array', items: { type: 'object', properties: { x: { type: 'string' } } } },
    },
  };
  const deep = fc.record(
    {
      tags: fc.array(text, { minLength: 1, maxLength: 3 }),
      n: fc.integer(),
      a: fc.record({ b: fc.boolean(), c: fc.array(fc.integer(), { minLength: 1, maxLength: 3 }) }),
      rows: fc.array(fc.record({ x: text }), { minLength: 1, maxLength: 3 }),
    },
    { requiredKeys: ['n'] },
  );

  it('is the value of a deepObject with lists and one more level', () => {
    fc.assert(
      fc.property(deep, (given) => {
        const one = parameter('query', 'deepObject', true, filter, 'filter');
        expect(decode(document, one, encode(one, given))).toEqual(given);
      }),
    );
  });

  it('is the value of a form, with a style for some of its members', () => {
    const schema: Schema = { type: 'object', properties: { ...filter.properties, filter, name: { type: 'string' } } };
    const encoding = {
      filter: { style: 'deepObject', explode: true },
      tags: { style: 'form', explode: false },
    } as const;
    fc.assert(
      fc.property(
        fc.record({
          filter: deep,
          name: text,
          a: fc.record({ b: fc.boolean() }),
          tags: fc.array(text, { minLength: 1 }),
        }),
        (given) => {
          expect(decodeForm(document, { schema, encoding }, encodeForm({ encoding }, given))).toEqual(given);
        },
      ),
    );
  });

  it('is the value of a parameter that is JSON in itself', () => {
    const content = { 'application/json': { schema: {} } };
    for (const place of ['query', 'header', 'path'] as const) {
      const one = parameterOf(document, { name: 'w', in: place, content });
      fc.assert(
        fc.property(fc.jsonValue(), (given) => {
          const same = JSON.parse(JSON.stringify(given));
          expect(decode(document, one, encode(one, same))).toEqual(same);
        }),
        { numRuns: 40 },
      );
    }
  });

  it('is the value of a whole query string', () => {
    const schema: Schema = { type: 'object', properties: { a: { type: 'integer' }, tags: strings } };
    const one = parameterOf(document, {
      name: 'q',
      in: 'querystring',
      content: { 'application/x-www-form-urlencoded': { schema } },
    });
    fc.assert(
      fc.property(fc.record({ a: fc.integer(), tags: fc.array(text, { minLength: 1 }) }), (given) => {
        expect(decode(document, one, encode(one, given))).toEqual(given);
      }),
    );
  });
});
