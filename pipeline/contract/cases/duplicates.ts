import type { Operation } from '../document/document.ts';
import { isObject } from '../document/json.ts';
import { NotRun } from '../notRun.ts';
import { fresh } from '../state/values.ts';
import { settledBase } from './accepted.ts';
import type { Case } from './case.ts';
import { exchanged, isSuccess } from './exchange.ts';
import { either, oneOf, successes } from './expectation.ts';

/** The second of two equal creations is the conflict that the document describes. */
export function duplicateCases(operation: Operation): Case[] {
  const { responses, method, body } = operation;
  const conflict = responses[409];
  if (method !== 'POST' || body?.kind !== 'json' || conflict === undefined) return [];
  if (!/exist|taken|duplicate|unique|already|in use/i.test(conflict.description)) return [];
  return [
    {
      operation: operation.id,
      title: 'answers 409 to a second creation of the same',
      run: async (context) => {
        await settledBase(context, operation);
        const outcome = context.bases.outcomes.get(operation);
        if (outcome?.accepted !== true || !isObject(outcome.body)) throw new NotRun('it accepted no ordinary request');
        const sent = fresh(context.document, body.schema, outcome.body);
        const expected = () => either(successes(operation), oneOf([409]));
        const first = await exchanged(context, operation, { body: sent, expected });
        if (!isSuccess(first.answer.status)) return [];
        const second = await exchanged(context, operation, {
          body: first.prepared.body,
          prepared: first.prepared,
          expected: () => oneOf([409]),
        });
        return second.found.map((one) => (one.rule === 'status' ? { ...one, rule: 'conflict' } : one));
      },
    },
  ];
}
