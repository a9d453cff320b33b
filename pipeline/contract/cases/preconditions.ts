import { randomUUID } from 'node:crypto';
import type { Operation, Parameter } from '../document/document.ts';
import { read } from '../state/instances.ts';
import { keyOf } from '../wire/request.ts';
import { settledBase } from './accepted.ts';
import { type Case, NotRun } from './case.ts';
import { exchanged } from './exchange.ts';
import { either, oneOf, successes } from './expectation.ts';

const headerOf = ({ parameters }: Operation, name: string): Parameter | undefined =>
  parameters.find((one) => one.in === 'header' && one.name.toLowerCase() === name);

/** Conditional requests (RFC 9110, 13), where the document has both the header and the status. */
export function preconditionCases(operation: Operation): Case[] {
  return [...notModified(operation), ...preconditionFailed(operation)];
}

function notModified(operation: Operation): Case[] {
  const header = headerOf(operation, 'if-none-match');
  if (header === undefined || operation.method !== 'GET' || !('304' in operation.responses)) return [];
  return [
    {
      operation: operation.id,
      title: 'answers 304 to who has it already',
      run: async (context) => {
        const expected = () => either(successes(operation), oneOf([304, 404]));
        const { answer, prepared } = await exchanged(context, operation, { body: undefined, expected });
        const { etag } = answer.headers;
        if (answer.status !== 200 || etag === undefined) throw new NotRun('it answered no ETag');
        const { found } = await exchanged(context, operation, {
          body: undefined,
          parameters: () => prepared.parameters,
          values: { [keyOf(header)]: etag },
          expected: () => oneOf([304]),
        });
        return found.map((one) => (one.rule === 'status' ? { ...one, rule: 'precondition' } : one));
      },
    },
  ];
}

function preconditionFailed(operation: Operation): Case[] {
  const header = headerOf(operation, 'if-match');
  if (header === undefined || !('412' in operation.responses)) return [];
  return [
    {
      operation: operation.id,
      title: 'answers 412 where another version is meant',
      run: async (context) => {
        await settledBase(context, operation);
        const outcome = context.bases.outcomes.get(operation);
        if (outcome?.accepted !== true) throw new NotRun('it accepted no ordinary request');
        const { found } = await exchanged(context, operation, {
          body: outcome.body,
          values: { [keyOf(header)]: `"${randomUUID()}"` },
          expected: () => oneOf([412]),
        });
        return found.map((one) => (one.rule === 'status' ? { ...one, rule: 'precondition' } : one));
      },
    },
    {
      operation: operation.id,
      title: 'accepts the version that it was read in',
      run: async (context) => {
        await settledBase(context, operation);
        const outcome = context.bases.outcomes.get(operation);
        if (outcome?.accepted !== true) throw new NotRun('it accepted no ordinary request');
        const prepared = await context.state.prepare(operation, outcome.body);
        const { instance } = prepared;
        const etag = instance && (await read(context, instance))?.headers.etag;
        if (etag === undefined) throw new NotRun('there is no ETag to send');
        const { found } = await exchanged(context, operation, {
          body: outcome.body,
          parameters: () => prepared.parameters,
          values: { [keyOf(header)]: etag },
          expected: () => successes(operation),
        });
        return found.map((one) => (one.rule === 'status' ? { ...one, rule: 'precondition' } : one));
      },
    },
  ];
}
