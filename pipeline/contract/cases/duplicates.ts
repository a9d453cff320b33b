import type { Operation } from '../document/document.ts';
import { isObject } from '../document/json.ts';
import { NotRun } from '../notRun.ts';
import type { Resources } from '../state/resources.ts';
import { absentValue, fresh } from '../state/values.ts';
import { keyOf } from '../wire/request.ts';
import { settledBase } from './accepted.ts';
import type { Case, Context } from './case.ts';
import { exchanged, isSuccess } from './exchange.ts';
import { either, oneOf, successes } from './expectation.ts';

/** The second of two equal creations is the conflict that the document describes. */
export function duplicateCases(resources: Resources, operation: Operation): Case[] {
  const { responses, method, body } = operation;
  // An operation that only checks whether a name is free creates nothing, so a second call is no conflict.
  if (!('201' in responses) && resources.madeBy(operation) === undefined) return [];
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
        const values = namesOf(context, operation);
        const first = await exchanged(context, operation, { body: sent, values, expected });
        if (!isSuccess(first.answer.status)) return [];
        const second = await exchanged(context, operation, {
          body: first.prepared.body,
          prepared: first.prepared,
          values,
          expected: () => oneOf([409]),
        });
        return second.found.map((one) => (one.rule === 'status' ? { ...one, rule: 'conflict' } : one));
      },
    },
  ];
}

/** Names that the query may give the new one: where they differ, two are not the same. */
function namesOf({ document }: Context, { parameters }: Operation): Record<string, unknown> {
  const naming = parameters.filter(({ in: place, name }) => place === 'query' && /(id|name|key|slug)$/i.test(name));
  return Object.fromEntries(naming.map((one) => [keyOf(one), absentValue(document, one)]));
}
