import { randomUUID } from 'node:crypto';
import type { Operation, Parameter } from '../document/document.ts';
import { NotRun } from '../notRun.ts';
import { validate } from '../schema/validate.ts';
import { InferredState } from '../state/inferred.ts';
import { nameOf } from '../state/instances.ts';
import { keyOf } from '../wire/request.ts';
import { settledBase } from './accepted.ts';
import type { Case, Context, Failure } from './case.ts';
import { exchanged, isSuccess } from './exchange.ts';
import { anyRefusal, either, oneOf, successes } from './expectation.ts';

/** The header by which a client says that it tries again (draft-ietf-httpapi-idempotency-key-header). */
export const isIdempotencyKey = ({ in: place, name }: Parameter): boolean =>
  place === 'header' && /^(x-)?idempotency-?(key|token)$/i.test(name);

export function idempotencyCases(operation: Operation): Case[] {
  const header = operation.parameters.find(isIdempotencyKey);
  if (header === undefined || operation.method !== 'POST') return [];
  return [
    {
      operation: operation.id,
      title: `makes one for one ${header.name}, however often it is asked`,
      run: (context) => makesOne(context, operation, header),
    },
  ];
}

async function makesOne(context: Context, operation: Operation, header: Parameter): Promise<Failure[]> {
  const { state, bases, document } = context;
  if (!(state instanceof InferredState)) throw new NotRun('there is no state');
  await settledBase(context, operation);
  const outcome = bases.outcomes.get(operation);
  const key = randomUUID();
  if (outcome?.accepted !== true || validate(document.resolve, header.schema, key, 'request').length > 0)
    throw new NotRun('it accepted no ordinary request');
  const expected = () => either(successes(operation), anyRefusal(operation), oneOf([409]));
  const values = { [keyOf(header)]: key };
  const first = await exchanged(context, operation, { body: outcome.body, values, expected });
  const made = state.newest;
  if (!isSuccess(first.answer.status) || made?.answer !== first.answer) throw new NotRun('nothing could be created');
  const second = await exchanged(context, operation, {
    body: outcome.body,
    prepared: first.prepared,
    values,
    expected,
  });
  const again = state.newest;
  if (!isSuccess(second.answer.status) || again?.answer !== second.answer || nameOf(again) === nameOf(made))
    return second.found;
  const message = `made ${nameOf(made)} and ${nameOf(again)} for one ${header.name}`;
  return [...second.found, { rule: 'idempotency', place: header.name, message, curl: second.answer.curl }];
}
