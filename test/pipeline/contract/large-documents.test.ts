import { describe, expect, it } from 'vitest';
import { runContract } from '../../../pipeline/contract/run.ts';
import type { Resolve, Schema } from '../../../pipeline/contract/schema/schema.ts';
import { validate, validator } from '../../../pipeline/contract/schema/validate.ts';
import { listening } from '../../helpers/shelf.ts';

const wide: Schema = {
  type: 'object',
  properties: Object.fromEntries(
    Array.from({ length: 60 }, (_, index) => [
      `m${index}`,
      { type: 'object', required: ['a'], properties: { a: { type: 'string', minLength: 2 }, b: { type: 'integer' } } },
    ]),
  ),
};
const operations = Array.from({ length: 150 }, (_, index) => `op${index}`);
const large = {
  openapi: '3.1.0',
  info: { title: 'Large', version: '1' },
  paths: Object.fromEntries(
    operations.map((operationId) => [
      `/${operationId}`,
      {
        post: {
          operationId,
          requestBody: { content: { 'application/json': { schema: wide } } },
          responses: { 200: { description: 'ok' }, 400: { description: 'refused' } },
        },
      },
    ]),
  ),
};

it('a run is interrupted while it makes the cases of a large document', async () => {
  const server = await listening((_request, response) => response.end());
  const interrupt = new AbortController();
  const made = new Set<string>();
  const filter = ({ operation }: { operation: string }) => {
    if (made.size === 0) setTimeout(() => interrupt.abort(), 1);
    made.add(operation);
    return false;
  };
  const { signal } = interrupt;
  const report = await runContract({ url: server.url, spec: large, stateless: true, filter, signal });
  await server.close();
  expect(report.stopped).toBe('it was interrupted');
  const reasons = report.notRun.filter(({ reason }) => reason === 'it was interrupted');
  expect(reasons.length).toBeGreaterThan(operations.length / 2);
});

it('tells that the rest of an operation was not run, when time is up', async () => {
  const interrupt = new AbortController();
  const server = await listening((request, response) => {
    if (request.url === '/op0') interrupt.abort();
    response.end();
  });
  const { signal } = interrupt;
  const report = await runContract({ url: server.url, spec: large, stateless: true, only: ['op0'], signal });
  await server.close();
  expect(report.coverage.skipped).toEqual({ 'the rest of an operation: it was interrupted': 1 });
});

describe('values that share parts', () => {
  const level = (flag: boolean): Schema => ({
    type: 'object',
    properties: { flag: { const: flag }, inner: { $ref: 'Level' } },
  });
  const nested = (depth: number): unknown => (depth === 0 ? {} : { flag: true, inner: nested(depth - 1) });

  it('are looked at once for each schema, however many alternatives lead to them', () => {
    const levels = { anyOf: [level(true), level(false)] };
    let count = 0;
    const resolve: Resolve = (schema) => {
      count += 1;
      if (count > 5000) throw new Error('looked at too often');
      return schema.$ref === undefined ? schema : levels;
    };
    expect(validate(resolve, { $ref: 'Level' }, nested(40), 'request')).toEqual([]);
  });

  it('have the faults of their own places', () => {
    const item: Schema = { type: 'object', required: ['a'], properties: { a: { minLength: 2 } } };
    const schema: Schema = { type: 'array', items: item };
    const faultsOf = validator((one) => one, 'request');
    const shared = { a: 'x' };
    expect(faultsOf(schema, [shared, {}, shared]).map(({ place }) => place)).toEqual(['/0/a', '/1/a', '/2/a']);
    expect(faultsOf(schema, [{ a: 'xy' }, shared]).map(({ place }) => place)).toEqual(['/1/a']);
  });
});
